/** Numbers at which an axis is labelled, and how many digits after the point they need. */
export interface Ticks {
  readonly values: readonly number[];
  readonly digits: number;
}

/** About `count` ticks at multiples of 1, 2 or 5 times a power of ten, from `min` to `max`. */
export function ticksOf(min: number, max: number, count: number): Ticks {
  const step = niceStep((max - min) / Math.max(1, count));
  const digits = Math.min(20, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  const values: number[] = [];
  const last = Math.floor(max / step + 1e-9);
  for (let i = Math.ceil(min / step - 1e-9); i <= last; i++) values.push(i * step);
  return { values, digits };
}

/** The smallest 1, 2 or 5 times a power of ten that is not below a positive number. */
function niceStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least));
  const factor = [1, 2, 5].find((f) => f * power >= least * (1 - 1e-9)) ?? 10;
  return factor * power;
}

/** The range widened to whole steps of its ticks; a range without width gets one. */
export function niceRange(min: number, max: number, count = 4): [number, number] {
  if (!(min <= max)) return [0, 1];
  if (min === max) {
    const width = Math.abs(min) * 0.1 || 1;
    return [min - width, max + width];
  }
  const step = niceStep((max - min) / count);
  return [Math.floor(min / step + 1e-9) * step, Math.ceil(max / step - 1e-9) * step];
}

/** Formatters by their digits: making one takes longer than drawing with it. */
const formatters = new Map<string, Intl.NumberFormat>();

/** A number above 0 with a number of digits after the point in a range, in thin groups. */
function digitsText(size: number, fewest: number, most: number): string {
  const key = `${fewest} ${most}`;
  let formatter = formatters.get(key);
  if (formatter === undefined) {
    const options = { minimumFractionDigits: fewest, maximumFractionDigits: most };
    formatter = new Intl.NumberFormat('en-US', options);
    formatters.set(key, formatter);
  }
  return formatter.format(size).replaceAll(',', '\u202f');
}

/** Text for a tick: a true minus sign, thin groups of thousands. */
export function tickText(value: number, digits: number): string {
  if (value !== 0 && (Math.abs(value) >= 1e7 || digits > 5)) return numberText(value);
  const text = digitsText(Math.abs(value), digits, digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** Text for any number, with about four digits. */
export function numberText(value: number): string {
  if (Number.isNaN(value)) return '–';
  const size = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  if (size !== 0 && (size >= 1e7 || size < 1e-4)) {
    const [mantissa = '', exponent = ''] = size.toExponential(2).split('e');
    return `${sign}${mantissa}e${exponent.replace('+', '').replace('-', '−')}`;
  }
  const digits = size >= 1000 || Number.isInteger(size) ? 0 : size >= 100 ? 1 : size >= 1 ? 2 : 3;
  return sign + digitsText(size, digits, size < 0.1 ? 4 : digits);
}

/** `label (unit)`, or the label alone. */
export const withUnit = (label: string, unit: string): string =>
  unit === '' ? label : label === '' ? unit : `${label} (${unit})`;
