import os from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { CommanderError, Option, type Command } from 'commander';
import { packageVersion } from '../package-root';
import { serve, Streams } from '../server';
import { Checkpoint, descriptionIn } from './checkpoint';
import type { Experiment, ExperimentResult, OptionValue, Quantity } from './experiment';
import { jsonText, makeFolder, writeFigures, writeNumbers } from './files';
import { untilInterrupted } from './interrupt';
import { ExitCode, type CliIO } from './io';
import { addOptions, attributeName, numberOption, seedOption, serveOption } from './options';
import { quantityTable } from './table';

/** Folder of the results unless `--out` names another one; each experiment has one below it. */
export const DEFAULT_FOLDER = 'tegmenta-results';

/** Its name in the folder of the results. */
const STATE_FILE = 'state.tg';
const noFolder = 'error: a run is saved in the folder of its results: give --out <dir>';

const STOPPING = 'Stopping at the end of this slice';

/** What every experiment understands, as parsed. */
interface RunOptions {
  readonly time: number;
  readonly threads: number;
  readonly seed: number;
  readonly out?: string;
  readonly files: boolean;
  readonly json?: boolean;
  /** s */
  readonly saveEvery?: number;
  readonly resume?: boolean;
  /** Port. */
  readonly serve?: number | true;
}

/** `tegmenta run <experiment> [options]`: a subcommand for each experiment. */
export function addRunCommand(
  program: Command,
  io: CliIO,
  experiments: readonly Experiment[],
  done: (code: ExitCode) => void,
): void {
  const run = program
    .command('run')
    .summary('run an experiment')
    .description('Run a network of the literature, plot it and report its numbers.');
  for (const experiment of experiments) {
    const command = run
      .command(experiment.name)
      .summary(experiment.summary)
      .description(`${experiment.summary}.\n${experiment.reference}`);
    addCommonOptions(command, experiment);
    addOptions(command, experiment.options);
    if (experiment.live === true) command.addOption(serveOption());
    if (experiment.resumable === true) addSavingOptions(command);
    command.action(async (values: RunOptions & Record<string, unknown>) => {
      const file = stateFile(experiment, values);
      if (values.resume === true) {
        if (file === undefined) throw new CommanderError(ExitCode.usage, '', noFolder);
        await takeOver(command, values, file, experiment);
      }
      done(await runExperiment(experiment, values, io));
    });
  }
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
      'folder for figures (SVG), numbers (JSON) and spikes (CSV) ' +
        `(default: ${DEFAULT_FOLDER}/${name}, none with --json)`,
    )
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

/** Where a run is saved, and resumed from. */
function stateFile(experiment: Experiment, values: RunOptions): string | undefined {
  if (values.saveEvery === undefined && values.resume !== true) return undefined;
  const folder = folderOf(experiment, values);
  return folder === undefined ? undefined : path.join(folder, STATE_FILE);
}

/**
 * Puts the options of a saved run in the place of those that were not given.
 * @throws CommanderError where one that was given is another.
 */
async function takeOver(
  command: Command,
  values: RunOptions & Record<string, unknown>,
  file: string,
  { name }: Experiment,
): Promise<void> {
  const saved = await descriptionIn(file);
  const refuse = (what: string, was: unknown): never => {
    const text = `error: ${file} was saved with ${what} ${String(was)}`;
    throw new CommanderError(ExitCode.usage, '', text);
  };
  if (saved.experiment !== name) refuse('the experiment', saved.experiment);
  const options = { time: saved.time, seed: saved.seed, ...saved.options };
  for (const [option, was] of Object.entries(options)) {
    const key = attributeName(option);
    const isGiven = command.getOptionValueSource(key) === 'cli';
    if (isGiven && !isDeepStrictEqual(values[key], was)) refuse(`--${option}`, was);
    values[key] = was;
  }
}

function folderOf(experiment: Experiment, { files, out, json }: RunOptions): string | undefined {
  return files ? (out ?? (json ? undefined : defaultFolder(experiment))) : undefined;
}

async function runExperiment(
  experiment: Experiment,
  values: RunOptions & Record<string, unknown>,
  io: CliIO,
): Promise<ExitCode> {
  const { time, threads, seed, json, serve: port, resume, saveEvery } = values;
  const options = declaredOptions(experiment, values);
  const folder = folderOf(experiment, values);
  const file = stateFile(experiment, values);
  if (saveEvery !== undefined && file === undefined) {
    throw new CommanderError(ExitCode.usage, '', noFolder);
  }
  const run = { experiment: experiment.name, time, seed, options };
  const { result, interrupted } = await untilInterrupted(io, STOPPING, (signal, progress) =>
    whileServed(experiment, port, io, async (streams) => {
      // A folder that takes no files must not cost the results of an hour.
      if (folder !== undefined) await makeFolder(folder);
      const every = saveEvery ?? Infinity;
      const checkpoint = new Checkpoint({ file, every, signal, run, resumes: resume === true });
      const found = await experiment.run({
        time,
        threads,
        seed,
        options,
        signal,
        progress: (phase, fraction, standing) => progress.update(phase, fraction, standing),
        checkpoint,
        folder,
        streams,
      });
      if (!signal.aborted) await checkpoint.done();
      return found;
    }),
  );
  const document = resultDocument(
    experiment,
    { time, threads, seed, ...options },
    result,
    interrupted,
  );
  // First of all, what was found: the files may fail.
  io.stdout.write(
    json
      ? jsonText(document)
      : `${titleOf(experiment, result)}\n\n${quantityTable(result.quantities)}`,
  );
  if (folder !== undefined) {
    const paths = await writeNumbers(folder, result, document);
    paths.unshift(...(await writeFigures(folder, result.figures)));
    if (!json) io.stdout.write(fileList(paths));
  }
  if (!interrupted) return ExitCode.done;
  io.stderr.write('Interrupted: these are the results of what was recorded until then.\n');
  if (file !== undefined) io.stderr.write(`Saved to ${file}: --resume goes on with it.\n`);
  return ExitCode.interrupted;
}

/** Does `work` while a page shows what it publishes, where there is a port for it. */
async function whileServed<Result>(
  { summary }: Experiment,
  asked: number | true | undefined,
  io: CliIO,
  work: (streams: Streams | undefined) => Promise<Result>,
): Promise<Result> {
  if (asked === undefined) return work(undefined);
  const streams = new Streams();
  const { url, close } = await serve(streams, {
    title: summary,
    ...(asked !== true && { port: asked }),
  });
  io.stderr.write(`Watch at ${url}\n`);
  try {
    return await work(streams);
  } finally {
    await close();
  }
}

const defaultFolder = ({ name }: Experiment): string => path.join(DEFAULT_FOLDER, name);

/** The experiment's own options, without those that every experiment has. */
function declaredOptions(
  { options }: Experiment,
  values: Record<string, unknown>,
): Record<string, OptionValue> {
  const declared = Object.keys(options).map((name) => [name, values[attributeName(name)]]);
  return Object.fromEntries(declared) as Record<string, OptionValue>;
}

export const fileList = (paths: readonly string[]): string =>
  paths.length === 0 ? '' : `\nWritten:\n${paths.map((file) => `  ${file}\n`).join('')}`;

const titleOf = ({ summary }: Experiment, { title }: ExperimentResult): string => title ?? summary;

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

/** What `--json` prints and `result.json` holds. */
function resultDocument(
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
    results: Object.fromEntries(quantities.map(({ key, value }) => [key, value])),
    ...rangesAndNotes(quantities),
    units: Object.fromEntries(quantities.map(({ key, unit }) => [key, unit])),
    versions: { tegmenta: packageVersion(), node: process.versions.node },
    machine: {
      platform: `${process.platform} ${process.arch}`,
      processor: os.cpus()[0]?.model.trim() ?? 'unknown',
    },
  };
}
