import type { Experiment, Quantity } from './experiment';
import { foundIn, provenance, titleOf, unitsOf } from './result-document';
import type { SweptResult } from './sweep-worker';
import { columns, formatNumber } from './table';

// What a sweep found, as text, as CSV and as JSON.

/** A run of a sweep, and what became of it. */
export type SweptRun = {
  /** What is swept, with this run's values. */
  readonly values: Readonly<Record<string, number | string>>;
} & (
  | { readonly result: SweptResult; readonly failure?: undefined }
  | { readonly failure: string; readonly result?: undefined }
);

/** What a sweep found. */
export interface SweepFinding {
  readonly experiment: Experiment;
  /** Names of the options. */
  readonly swept: readonly string[];
  /** Those that are complete, and those that failed. */
  readonly runs: readonly SweptRun[];
}

/**
 * All quantities that any run found, each once, in their order; values are of no run. One whose
 * label is not the same in all runs, as it tells of values, is labelled with its key.
 */
export function quantitiesOf({ runs }: SweepFinding): Quantity[] {
  const found = new Map<string, Quantity>();
  for (const quantity of runs.flatMap(({ result }) => result?.quantities ?? [])) {
    const { key, label } = quantity;
    const known = found.get(key);
    if (!known) found.set(key, quantity);
    else if (known.label !== label) found.set(key, { ...known, label: key });
  }
  return [...found.values()];
}

/** What a run found for a quantity; undefined where it does not know it. */
export const valueIn = ({ result }: SweptRun, key: string): number | undefined =>
  result?.quantities.find((quantity) => quantity.key === key)?.value;

/** `rate_E (spikes/s)`: as short as columns are to be, and as sweep.csv names it. */
const headOf = ({ key, unit }: Quantity): string => (unit === '' ? key : `${key} (${unit})`);

const gap = 2;

/**
 * A row for each run: swept values, then quantities; as many beside each other as there is room
 * for, the others below, with the swept values again.
 */
export function sweepTable(finding: SweepFinding, width: number): string {
  const { experiment, swept, runs } = finding;
  const column = (head: string, cell: (run: SweptRun) => string): string[] => {
    const cells = [head, ...runs.map(cell)];
    const most = Math.max(...cells.map(({ length }) => length));
    return cells.map((text) => text.padStart(most));
  };
  const first = swept.map((name) => column(name, ({ values }) => String(values[name])));
  const widthOf = (list: readonly string[]): number => list[0]!.length + gap;
  const firstWidth = first.reduce((sum, list) => sum + widthOf(list), 0);
  const blocks: string[][][] = [];
  let left = 0;
  for (const quantity of quantitiesOf(finding)) {
    const list = column(headOf(quantity), (run) => formatNumber(valueIn(run, quantity.key) ?? NaN));
    if (blocks.length === 0 || widthOf(list) > left) {
      blocks.push([...first]);
      left = width - firstWidth;
    }
    blocks.at(-1)!.push(list);
    left -= widthOf(list);
  }
  const rows = (lists: readonly (readonly string[])[]): string =>
    columns([...Array(runs.length + 1).keys()].map((i) => lists.map((list) => list[i]!)));
  return [`${experiment.summary}\n`, ...blocks.map(rows)].join('\n');
}

/**
 * The same as CSV, numbers in full precision; NaN where a run found that there is no value, empty
 * where it does not know the quantity or failed.
 */
export function sweepCsv(finding: SweepFinding): string {
  const keys = quantitiesOf(finding).map(({ key }) => key);
  const rows = finding.runs.map((run) => [
    ...finding.swept.map((name) => run.values[name]),
    ...keys.map((key) => valueIn(run, key)),
  ]);
  return [[...finding.swept, ...keys], ...rows].map((row) => `${row.join(',')}\n`).join('');
}

/** What `--json` prints and `result.json` holds. */
export function sweepDocument(
  finding: SweepFinding,
  options: object,
  interrupted: boolean,
): object {
  const { experiment, swept, runs } = finding;
  return {
    experiment: experiment.name,
    title: experiment.summary,
    reference: experiment.reference,
    interrupted,
    swept,
    options,
    runs: runs.map(({ values, result, failure }) =>
      result
        ? {
            ...{ options: values, title: titleOf(experiment, result) },
            parameters: result.parameters,
            ...foundIn(result.quantities),
          }
        : { options: values, error: failure },
    ),
    units: unitsOf(quantitiesOf(finding)),
    ...provenance(),
  };
}
