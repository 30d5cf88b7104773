import os from 'node:os';
import path from 'node:path';
import { Option, type Command } from 'commander';
import type { FigureFormat } from '../plot';
import type { Experiment, OptionValue } from './experiment';
import { formatOption } from './figure-format';
import { addOptions, attributeName, numberOption, seedOption, serveOption } from './options';

// The options of `tegmenta run`, and what follows from them.

/** Folder of the results unless `--out` names another one; each experiment has one below it. */
export const DEFAULT_FOLDER = 'tegmenta-results';

/** Its name in the folder of the results. */
export const STATE_FILE = 'state.tg';

/** What every experiment understands, as parsed. */
export interface RunOptions {
  readonly time: number;
  readonly threads: number;
  readonly seed: number;
  readonly out?: string;
  readonly files: boolean;
  readonly format: FigureFormat;
  readonly json?: boolean;
  /** s */
  readonly saveEvery?: number;
  readonly resume?: boolean;
  /** Port. */
  readonly serve?: number | true;
}

/** Adds all options of a single run of an experiment. */
export function addRunOptions(command: Command, experiment: Experiment): void {
  addCommonOptions(command, experiment);
  addOptions(command, experiment.options);
  if (experiment.live === true) command.addOption(serveOption());
  if (experiment.resumable === true) addSavingOptions(command);
}

function addCommonOptions(
  command: Command,
  { defaultTime, defaultThreads, resolution, name }: Experiment,
): void {
  const declare = { kind: 'number' } as const;
  command
    .addOption(
      numberOption('time', {
        ...declare,
        description: 'biological time to analyse',
        unit: 'ms',
        default: defaultTime,
        min: resolution,
        step: resolution,
      }),
    )
    .addOption(
      numberOption('threads', {
        ...declare,
        description: 'threads to simulate with; the results do not depend on it',
        unit: 'n',
        default: defaultThreads ?? os.availableParallelism(),
        min: 1,
        step: 1,
      }),
    )
    .addOption(seedOption('seed of all random numbers'))
    .option(
      '--out <dir>',
      'folder for figures, numbers (JSON) and spikes (CSV) ' +
        `(default: ${DEFAULT_FOLDER}/${name}, none with --json)`,
    )
    .addOption(formatOption())
    .addOption(new Option('--no-files', 'write no files').conflicts('out'))
    .option('--json', 'print the numbers as JSON, and nothing else, to the standard output');
}

function addSavingOptions(command: Command): void {
  command
    .addOption(
      numberOption('save-every', {
        kind: 'number',
        description: `save the run to ${STATE_FILE} in the folder, and when it is interrupted`,
        unit: 's',
        min: 0,
      }),
    )
    .option('--resume', 'go on with the run that was saved there, with its options');
}

/** Where the results go; undefined where nothing is written. */
export function folderOf(
  experiment: Experiment,
  { files, out, json }: RunOptions,
): string | undefined {
  return files ? (out ?? (json ? undefined : defaultFolder(experiment))) : undefined;
}

const defaultFolder = ({ name }: Experiment): string => path.join(DEFAULT_FOLDER, name);

/** The experiment's own options, without those that every experiment has. */
export function declaredOptions(
  { options }: Experiment,
  values: Record<string, unknown>,
): Record<string, OptionValue> {
  const declared = Object.keys(options).map((name) => [name, values[attributeName(name)]]);
  return Object.fromEntries(declared) as Record<string, OptionValue>;
}
