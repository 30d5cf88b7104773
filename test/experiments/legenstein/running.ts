// Runs of experiments, and what they have found.
import type { Checkpoint } from '../../../lib/cli/checkpoint';
import type { Experiment, ExperimentResult } from '../../../lib/cli/experiment';

export interface Course {
  readonly threads?: number;
  readonly checkpoint?: Checkpoint;
  readonly folder?: string;
  readonly abort?: AbortController;
  /** Called as the user would be told. */
  readonly progress?: (phase: string) => void;
}

/** An experiment with its default options, but for those given. */
export function run(
  experiment: Experiment,
  time: number,
  options: object,
  {
    threads = 1,
    abort = new AbortController(),
    progress = () => undefined,
    checkpoint,
    folder,
  }: Course = {},
): Promise<ExperimentResult> {
  const defaults = Object.entries(experiment.options).map(([name, { default: d }]) => [name, d]);
  return experiment.run({
    ...{ time, threads, seed: 55, signal: abort.signal, checkpoint, folder, progress },
    options: { ...Object.fromEntries(defaults), ...options } as never,
  });
}

export const valuesOf = ({ quantities }: ExperimentResult): Record<string, number> =>
  Object.fromEntries(quantities.map(({ key, value }) => [key, value]));

/** Without what is measured of the clock. */
export const found = ({ tables, spikes, quantities, figures }: ExperimentResult) => ({
  ...{ tables, spikes, figures },
  quantities: quantities.filter(
    ({ key }) => !['wall_time', 'real_time_factor', 'liquid_time'].includes(key),
  ),
});

export const column = ({ tables }: ExperimentResult, table: string, name: string): number[] =>
  Array.from(tables!.find((each) => each.name === table)!.columns[name]!);
