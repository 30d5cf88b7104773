// Parameters with where they come from: an experiment that repeats a paper says of every number
// whose it is. docs/legenstein.md shows them as tables.

/** Where a value can come from, and how a document calls it. */
export const ORIGINS = {
  code: 'code',
  caption: 'caption',
  csim: 'CSIM',
  derived: 'derived',
  ours: 'ours',
} as const;

export type Origin = keyof typeof ORIGINS;

/** What each of them means. */
export const ORIGIN_MEANINGS: Readonly<Record<Origin, string>> = {
  code: 'the programs that the authors published (ModelDB 116837)',
  caption: 'a caption of a figure of the paper',
  csim: "CSIM, the forerunner of the paper's simulator PCSIM, where PCSIM's own sources are missing",
  derived: 'follows from the others',
  ours: 'chosen here; why is said below',
};

/** A number, its unit and its origin. */
export interface Sourced {
  readonly value: number;
  /** Empty for pure numbers. */
  readonly unit: string;
  readonly origin: Origin;
  readonly meaning: string;
}

/** One line of a table of parameters. */
export const sourced = (value: number, unit: string, origin: Origin, meaning: string): Sourced => ({
  value,
  unit,
  origin,
  meaning,
});

/** Parameters by their names. */
export type SourcedTable = Readonly<Record<string, Sourced>>;

/** The numbers alone. */
export function valuesOf<const Parameters extends SourcedTable>(
  table: Parameters,
): { readonly [Name in keyof Parameters]: number } {
  const values = Object.entries(table).map(([name, { value }]) => [name, value] as const);
  return Object.fromEntries(values) as { readonly [Name in keyof Parameters]: number };
}

/** Digits that a document shows. */
const DIGITS = 4;

/** The table as Markdown, for documents. */
export function markdownOf(table: SourcedTable): string {
  const rows = Object.entries(table).map(([name, { value, unit, origin, meaning }]) => {
    const number = String(Number(value.toPrecision(DIGITS))).replace('-', '−');
    return `| \`${name}\` | ${[number, unit].join(' ').trim()} | ${meaning} | ${ORIGINS[origin]} |`;
  });
  return ['| name | value | what it is | from |', '|---|---|---|---|', ...rows].join('\n');
}

/** A value or a form that is not the published one. */
export interface Deviation {
  /** Name in the JSON file. */
  readonly key: string;
  readonly published: string;
  readonly here: string;
  readonly reason: string;
}

/** For the record. */
export const deviationParameters = (deviations: readonly Deviation[]): Record<string, string> =>
  Object.fromEntries(
    deviations.map(({ key, published, here, reason }) => [
      `deviation_${key}`,
      `published: ${published}; here: ${here}; because ${reason}`,
    ]),
  );

/** The list as Markdown, for documents. */
export const deviationsAsMarkdown = (deviations: readonly Deviation[]): string =>
  [
    '| published | here | why |',
    '|---|---|---|',
    ...deviations.map(({ published, here, reason }) => `| ${published} | ${here} | ${reason} |`),
  ].join('\n');
