import os from 'node:os';
import { version } from '../generated/version';
import type { Experiment, ExperimentResult, Quantity } from './experiment';

/** What was simulated, in a line. */
export const titleOf = (
  { summary }: Experiment,
  { title }: Pick<ExperimentResult, 'title'>,
): string => title ?? summary;

/**
 * `ranges`: smallest and largest values of the quantities that are medians; `notes`: why others have
 * no value. Each only where there are any.
 */
function rangesAndNotes(quantities: readonly Quantity[]): object {
  const ranges = quantities.flatMap(({ key, range }) => (range ? [[key, range] as const] : []));
  const notes = quantities.flatMap(({ key, value, note }) =>
    Number.isNaN(value) && note !== undefined ? [[key, note] as const] : [],
  );
  return {
    ...(ranges.length > 0 && { ranges: Object.fromEntries(ranges) }),
    ...(notes.length > 0 && { notes: Object.fromEntries(notes) }),
  };
}

/** The values of quantities by their keys, and what more is known of them. */
export const foundIn = (quantities: readonly Quantity[]): object => ({
  results: Object.fromEntries(quantities.map(({ key, value }) => [key, value])),
  ...rangesAndNotes(quantities),
});

/** Units of quantities by their keys. */
export const unitsOf = (quantities: readonly Quantity[]): object =>
  Object.fromEntries(quantities.map(({ key, unit }) => [key, unit]));

/** By what, and on what, it was computed. */
export const provenance = (): object => ({
  versions: { tegmenta: version, node: process.versions.node },
  machine: {
    platform: `${process.platform} ${process.arch}`,
    processor: os.cpus()[0]?.model.trim() ?? 'unknown',
  },
});

/** What `--json` prints and `result.json` holds. */
export function resultDocument(
  experiment: Experiment,
  options: object,
  result: ExperimentResult,
  interrupted: boolean,
): object {
  const { parameters, quantities } = result;
  return {
    experiment: experiment.name,
    title: titleOf(experiment, result),
    reference: experiment.reference,
    interrupted,
    options,
    parameters,
    ...foundIn(quantities),
    units: unitsOf(quantities),
    ...provenance(),
  };
}
