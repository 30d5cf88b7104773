import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { CommanderError, type Command } from 'commander';
import { serve, Streams } from '../server';
import { Checkpoint, descriptionIn } from './checkpoint';
import type { Experiment } from './experiment';
import { formatFor } from './figure-format';
import { fileList, jsonText, makeFolder, writeFigures, writeNumbers } from './files';
import { untilInterrupted } from './interrupt';
import { ExitCode, type CliIO } from './io';
import { attributeName } from './options';
import { resultDocument, titleOf } from './result-document';
import {
  addRunOptions,
  declaredOptions,
  folderOf,
  STATE_FILE,
  type RunOptions,
} from './run-options';
import { addSweepOption, runSweep, type SweepOptions } from './sweep';
import { quantityTable } from './table';

const noFolder = 'error: a run is saved in the folder of its results: give --out <dir>';

const STOPPING = 'Stopping at the end of this slice';

/**
 * `tegmenta run <experiment> [options]`: a subcommand for each experiment.
 * @param worker The module of threads that run them for sweeps; without one there are no sweeps.
 */
export function addRunCommand(
  program: Command,
  io: CliIO,
  experiments: readonly Experiment[],
  worker: string | undefined,
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
    addRunOptions(command, experiment);
    if (worker !== undefined) addSweepOption(command, experiment);
    command.action(async (values: SweepOptions & Record<string, unknown>) => {
      if (worker !== undefined && values.sweep !== undefined) {
        done(await runSweep(command, experiment, { ...values, sweep: values.sweep }, worker, io));
        return;
      }
      const file = stateFile(experiment, values);
      if (values.resume === true) {
        if (file === undefined) throw new CommanderError(ExitCode.usage, '', noFolder);
        await takeOver(command, values, file, experiment);
      }
      done(await runExperiment(command, experiment, values, io));
    });
  }
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

async function runExperiment(
  command: Command,
  experiment: Experiment,
  values: RunOptions & Record<string, unknown>,
  io: CliIO,
): Promise<ExitCode> {
  const { time, threads, seed, json, serve: port, resume, saveEvery, format } = values;
  const options = declaredOptions(experiment, values);
  const folder = folderOf(experiment, values);
  const file = stateFile(experiment, values);
  if (saveEvery !== undefined && file === undefined) {
    throw new CommanderError(ExitCode.usage, '', noFolder);
  }
  const run = { experiment: experiment.name, time, seed, options };
  const drawnAs = folder === undefined ? undefined : formatFor(command, format, io);
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
    const numbers = await writeNumbers(folder, result, document);
    const title = titleOf(experiment, result);
    const figures = await writeFigures(folder, result.figures, drawnAs, title);
    if (!json) io.stdout.write(fileList([...figures, ...numbers]));
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
