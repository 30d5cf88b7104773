import type { Quantity } from './experiment';

/** Rows of text in columns, indented by two blanks; the last column is left as it is. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, i) => (widths[i] = Math.max(widths[i] ?? 0, cell.length)));
  }
  return rows
    .map((row) => {
      const cells = row.map((cell, i) => (i < row.length - 1 ? cell.padEnd(widths[i]!) : cell));
      return `  ${cells.join('  ')}`.trimEnd() + '\n';
    })
    .join('');
}

/** Label, value, unit and range of each quantity, or why it has none; values aligned on the right. */
export function quantityTable(quantities: readonly Quantity[]): string {
  const values = quantities.map(({ value }) => formatNumber(value));
  const width = Math.max(0, ...values.map((value) => value.length));
  return columns(
    quantities.map(({ label, value, unit, range, note = '' }, i) => [
      label,
      values[i]!.padStart(width),
      unit,
      range
        ? `${formatNumber(range[0])} … ${formatNumber(range[1])}`
        : Number.isNaN(value)
          ? note
          : '',
    ]),
  );
}

/** Four significant digits, whole numbers in full with their thousands apart; `–` for NaN. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return '–';
  if (Number.isInteger(value) || Math.abs(value) >= 10_000) {
    return Math.round(value).toLocaleString('en-US');
  }
  return value.toPrecision(4);
}
