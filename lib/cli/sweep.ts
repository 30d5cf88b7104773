import os from 'node:os';
import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Experiment, OptionValue } from './experiment';
import { formatFor } from './figure-format';
import { fileList, jsonText, makeFolder, replaceFile, writeFigures } from './files';
import { untilInterrupted } from './interrupt';
import { ExitCode, type CliIO } from './io';
import { knownName } from './names';
import { attributeName } from './options';
import type { Progress } from './progress';
import { addRunOptions, declaredOptions, folderOf, type RunOptions } from './run-options';
import { sweepFigures } from './sweep-figure';
import { sweepCsv, sweepDocument, sweepTable, type SweptRun } from './sweep-result';
import { doRuns, ENDED, shares, type Outcome } from './sweep-runs';

/** An option with the values that it is to have, as typed. */
export interface Sweep {
  readonly name: string;
  readonly texts: readonly string[];
}

/** What a run or a sweep understands, as parsed. */
export interface SweepOptions extends RunOptions {
  readonly sweep?: readonly Sweep[];
}

const STOPPING = 'Stopping all runs';

/** Adds `--sweep <name=value,…>`. */
export function addSweepOption(command: Command, experiment: Experiment): void {
  const names = sweepable(experiment);
  command.addOption(
    new Option(
      '--sweep <name=value,…>',
      `run once for each value of an option (${names.join(', ')}), many at once, and compare; ` +
        'given again, for each value with each',
    )
      .argParser((text, before: readonly Sweep[] = []) => [...before, sweepIn(text, names, before)])
      .conflicts(['saveEvery', 'resume', 'serve']),
  );
}

/** Options whose values are one number or one word, and decide what a run finds. */
const sweepable = ({ options }: Experiment): string[] => [
  ...Object.keys(options).filter((name) => ['number', 'choice'].includes(options[name]!.kind)),
  'time',
  'seed',
];

/** @throws InvalidArgumentError saying what is expected. */
function sweepIn(text: string, names: readonly string[], before: readonly Sweep[]): Sweep {
  const [, name, values] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (name === undefined || values === undefined) {
    throw new InvalidArgumentError('Expected the name of an option, =, and values between commas.');
  }
  knownName(name, { names });
  if (before.some((other) => other.name === name)) {
    throw new InvalidArgumentError(`The values of ${name} have been given.`);
  }
  return { name, texts: [...new Set(values.split(',').map((value) => value.trim()))] };
}

/** `tegmenta run <experiment> --sweep …` */
export async function runSweep(
  command: Command,
  experiment: Experiment,
  values: SweepOptions & { readonly sweep: readonly Sweep[] },
  worker: string,
  io: CliIO,
): Promise<ExitCode> {
  const { sweep, json, format } = values;
  const planned = plannedRuns(command, experiment, sweep);
  const folder = sweepFolder(experiment, values);
  const drawnAs = folder === undefined ? undefined : formatFor(command, format, io);
  const threads =
    command.getOptionValueSource('threads') === 'cli' ? values.threads : os.availableParallelism();
  const { result: outcomes, interrupted } = await untilInterrupted(
    io,
    STOPPING,
    async (signal, progress) => {
      // A folder that takes no files must not cost the results of an hour.
      if (folder !== undefined) await makeFolder(folder);
      return doRuns(
        planned.map(({ time, seed, options }) => ({
          ...{ experiment: experiment.name, time, seed, options },
        })),
        {
          ...{ worker, signal },
          shares: experiment.timed ? [values.threads] : shares(threads, planned.length),
          progress: standingOf(planned, progress),
        },
      );
    },
  );
  const runs = planned.flatMap(({ swept }, i) => withOutcome(swept, outcomes[i]));
  const finding = { experiment, swept: sweep.map(({ name }) => name), runs };
  const document = jsonText(sweepDocument(finding, commonOptions(experiment, values), interrupted));
  // First of all, what was found: the files may fail.
  io.stdout.write(json ? document : sweepTable(finding, io.stdout.columns ?? 100));
  if (folder !== undefined) {
    const numbers = [path.join(folder, 'result.json'), path.join(folder, 'sweep.csv')] as const;
    await replaceFile(numbers[0], document);
    await replaceFile(numbers[1], sweepCsv(finding));
    const figures = await writeFigures(folder, sweepFigures(finding), drawnAs, experiment.summary);
    if (!json) io.stdout.write(fileList([...figures, ...numbers]));
  }
  return codeOf(planned.length, runs, interrupted, io);
}

/** Says what is missing. */
function codeOf(
  planned: number,
  runs: readonly SweptRun[],
  interrupted: boolean,
  { stderr }: CliIO,
): ExitCode {
  const failed = runs.filter((run) => 'failure' in run);
  for (const { values, failure } of failed) {
    stderr.write(`error: ${valuesText(values)}: ${failure}\n`);
  }
  if (interrupted) {
    const complete = runs.length - failed.length;
    stderr.write(`Interrupted: ${complete} of ${planned} runs were complete by then.\n`);
    return ExitCode.interrupted;
  }
  return failed.length > 0 ? ExitCode.failed : ExitCode.done;
}

const withOutcome = (values: SweptRun['values'], outcome: Outcome): SweptRun[] =>
  outcome === undefined ? [] : [{ values, ...outcome }];

/** `g 3, seed 7` */
const valuesText = (values: SweptRun['values']): string =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');

/** A run of a sweep before it is run. */
interface PlannedRun {
  readonly time: number;
  readonly seed: number;
  readonly options: Readonly<Record<string, OptionValue>>;
  /** What is swept, with this run's values. */
  readonly swept: SweptRun['values'];
}

/**
 * Every value with every value, the last sweep varying fastest. Each run is parsed as if it were
 * typed by itself, so that what would be refused there is refused here, in the same words.
 */
function plannedRuns(
  command: Command,
  experiment: Experiment,
  sweep: readonly Sweep[],
): PlannedRun[] {
  const given = command.options.filter(
    (option) =>
      command.getOptionValueSource(option.attributeName()) === 'cli' && option.long !== '--sweep',
  );
  const twice = given.find((option) => sweep.some(({ name }) => `--${name}` === option.long));
  if (twice) {
    command.error(
      `error: option '--sweep' of '${twice.attributeName()}' cannot be used with option '${twice.flags}'`,
    );
  }
  const product = sweep.reduce<readonly (readonly string[])[]>(
    (rows, { texts }) => rows.flatMap((row) => texts.map((text) => [...row, text])),
    [[]],
  );
  return product.map((texts) => {
    const single = new Command(command.name()).copyInheritedSettings(command);
    addRunOptions(single, experiment);
    for (const option of given) {
      const key = option.attributeName();
      single.setOptionValueWithSource(key, command.getOptionValue(key), 'cli');
    }
    const argv = sweep.map(({ name }, i) => `--${name}=${texts[i]}`);
    const values = single.parse(argv, { from: 'user' }).opts<RunOptions>();
    const all = { ...values } as RunOptions & Record<string, unknown>;
    return {
      ...{ time: all.time, seed: all.seed, options: declaredOptions(experiment, all) },
      swept: Object.fromEntries(
        sweep.map(({ name }) => [name, all[attributeName(name)] as number | string]),
      ),
    };
  });
}

/** Beside the results of a single run, whose files have the same names. */
function sweepFolder(experiment: Experiment, values: RunOptions): string | undefined {
  const folder = folderOf(experiment, values);
  return folder !== undefined && values.out === undefined ? path.join(folder, 'sweep') : folder;
}

/** What all runs have in common. */
function commonOptions(
  experiment: Experiment,
  values: SweepOptions & { readonly sweep: readonly Sweep[] },
): object {
  const { time, seed, sweep } = values;
  const all = { time, seed, ...declaredOptions(experiment, { ...values }) };
  const swept = sweep.map(({ name }) => name);
  return Object.fromEntries(Object.entries(all).filter(([name]) => !swept.includes(name)));
}

/** Runs under way that are told one by one. */
const TOLD = 3;

/** What the user is told: how many runs have ended, and how far the first ones of the others are. */
function standingOf(
  planned: readonly PlannedRun[],
  progress: Progress,
): (i: number, phase: string, fraction: number) => void {
  const underWay = new Map<number, string>();
  let ended = 0;
  return (i, phase, fraction) => {
    if (phase === ENDED) {
      underWay.delete(i);
      ended++;
    } else {
      const percent = Math.floor(100 * fraction);
      underWay.set(i, `${valuesText(planned[i]!.swept)}: ${phase} ${percent} %`);
    }
    const others = [...underWay.values()].slice(0, TOLD);
    const standing = [`${ended} of ${planned.length} runs`, ...others].join('; ');
    progress.update('sweeping', ended / planned.length, standing);
  };
}
