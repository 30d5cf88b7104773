import os from 'node:os';
import path from 'node:path';
import { InvalidArgumentError, Option, type Argument, type Command } from 'commander';
import { compareWith } from '../bench/comparison';
import type { Benchmark, Control, Engine, MeasureBandwidth } from '../bench/engine';
import { figuresOf } from '../bench/figures';
import {
  measureAll,
  type Listener,
  type Measurements,
  type Plan,
  type PlannedWorkload,
} from '../bench/measure';
import { benchPage } from '../bench/page';
import { benchDocument, type Provenance } from '../bench/report';
import { measurementsText } from '../bench/table';
import type { NumberOption } from './experiment';
import { canDraw } from './figure-format';
import { fileList, jsonText, makeFolder, replaceFile } from './files';
import { installation } from './info';
import { untilInterrupted } from './interrupt';
import { ExitCode, type CliIO } from './io';
import { knownName, NameArgument } from './names';
import { numberOption, numbersOption, parseNumber, seedOption } from './options';
import { DEFAULT_FOLDER } from './run-options';
import { columns } from './table';

/** What the command measures, and on what. */
export interface BenchSetup {
  readonly benchmarks: readonly Benchmark[];
  readonly engine: Engine;
  readonly bandwidth: MeasureBandwidth;
  /** NEST as that Python has it, or a sentence that says why there is none. */
  readonly connectNest: (python: string, control: Control) => Promise<Engine | string>;
}

const FOLDER = path.join(DEFAULT_FOLDER, 'bench');

/** The options as parsed. */
interface BenchOptions {
  readonly list?: boolean;
  readonly scale?: string;
  readonly time?: string;
  readonly threads: readonly number[];
  readonly repeats?: number;
  readonly warmup: number;
  readonly seed: number;
  readonly compare?: 'nest';
  readonly python: string;
  readonly out?: string;
  readonly files: boolean;
  readonly json?: boolean;
}

/** `tegmenta bench [workload...] [options]` */
export function addBenchCommand(
  program: Command,
  io: CliIO,
  setup: BenchSetup,
  done: (code: ExitCode) => void,
): void {
  program
    .command('bench')
    .summary('measure speed and memory')
    .description(
      'Measure speed and memory of workloads, each run in a process of its own, and report medians ' +
        'and spreads as a table, as JSON and as a page with figures.',
    )
    .addArgument(workloadArgument(setup.benchmarks))
    .option('--list', 'list the workloads and what is measured by default')
    .option('--scale <number>', 'size of the networks, instead of the listed ones')
    .option('--time <ms>', 'biological time, instead of the listed ones')
    .addOption(threadsOption())
    .addOption(countOption('repeats', 'runs that count (default: 3, with --compare 5)', 1))
    .addOption(countOption('warmup', 'runs before, whose results are dropped', 0, 1))
    .addOption(seedOption('seed of the first run; each further run has the next'))
    .addOption(
      new Option(
        '--compare <engine>',
        'run the same networks in turn on another simulator, and tell ratios if both do the same',
      ).choices(['nest']),
    )
    .option('--python <command>', 'Python that has NEST', 'python3')
    .option(
      '--out <dir>',
      `folder for the page and the numbers (JSON) (default: ${FOLDER}, none with --json)`,
    )
    .addOption(new Option('--no-files', 'write no files').conflicts('out'))
    .option('--json', 'print the numbers as JSON, and nothing else, to the standard output')
    .action(async (names: string[], options: BenchOptions, command: Command) => {
      if (options.list) {
        io.stdout.write(benchmarkList(setup.benchmarks));
        return;
      }
      const plan = planOf(names, options, setup.benchmarks, (message) => command.error(message));
      done(await bench(plan, options, commandLine(names, command), setup, io));
    });
}

/** Workloads, each as `tegmenta run` knows it, too: with its folder. */
function workloadArgument(benchmarks: readonly Benchmark[]): Argument {
  const known = { names: benchmarks.map(({ name }) => name) };
  return new NameArgument('[workload...]', 'workloads to measure (see --list)', known).argParser(
    (name: string, before: readonly string[] | undefined) => [
      ...(before ?? []),
      knownName(name.replace(/^speed\//, ''), known),
    ],
  );
}

const threadsOption = (): Option =>
  numbersOption('threads', {
    kind: 'numbers',
    description: 'numbers of threads to measure with, in turn',
    default: [os.availableParallelism()],
    ...{ min: 1, max: 4096, step: 1 },
  });

/** A number of runs. */
const countOption = (name: string, description: string, min: number, value?: number): Option =>
  numberOption(name, {
    kind: 'number',
    description,
    unit: 'n',
    ...(value !== undefined && { default: value }),
    min,
    max: 1000,
    step: 1,
  });

function benchmarkList(benchmarks: readonly Benchmark[]): string {
  const rows = benchmarks.map(({ name, byDefault, experiment, time, options }) => [
    name,
    byDefault ? 'default' : '',
    options.scale === undefined ? '' : `scale ${options.scale}`,
    `${time} ms`,
    experiment.summary,
  ]);
  return `Workloads (tegmenta bench [workload...])\n${columns(rows)}`;
}

/** What the options ask for; `refuse` ends the command with a usage error. */
function planOf(
  names: readonly string[],
  { scale, time, threads, repeats, warmup, seed, compare }: BenchOptions,
  benchmarks: readonly Benchmark[],
  refuse: (message: string) => never,
): Plan {
  const rounds = repeats ?? (compare ? 5 : 3);
  if (compare && rounds < 2) {
    refuse(
      "error: option '--compare' needs '--repeats' of at least 2, to know the sampling error.",
    );
  }
  if (seed + rounds - 1 > 2 ** 32 - 1) {
    refuse(`error: option '--seed' must be at most ${2 ** 32 - rounds} for ${rounds} repeats.`);
  }
  const chosen = benchmarks.filter(({ name, byDefault }) =>
    names.length > 0 ? names.includes(name) : byDefault,
  );
  const number = (option: string, text: string, benchmark: Benchmark, allowed: NumberOption) => {
    try {
      return parseNumber(text, allowed);
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error;
      return refuse(
        `error: option '${option}' argument '${text}' is invalid for ${benchmark.name}. ${error.message}`,
      );
    }
  };
  const workloads = chosen.map((benchmark): PlannedWorkload => {
    const { experiment } = benchmark;
    const { resolution: step } = experiment;
    const own = experiment.options.scale;
    const scaled =
      scale !== undefined && own?.kind === 'number'
        ? { scale: number('--scale <number>', scale, benchmark, own) }
        : {};
    const defaults = Object.entries(experiment.options).map(
      ([name, option]) => [name, option.default] as const,
    );
    return {
      benchmark,
      options: { ...Object.fromEntries(defaults), ...benchmark.options, ...scaled },
      time:
        time === undefined
          ? benchmark.time
          : number('--time <ms>', time, benchmark, {
              ...{ kind: 'number', description: '', min: step, step },
            }),
    };
  });
  if (scale !== undefined && !workloads.some(({ options }) => options.scale !== undefined)) {
    refuse("error: option '--scale <number>': none of these workloads has a scale.");
  }
  return { workloads, threads, warmup, repeats: rounds, seed };
}

async function bench(
  plan: Plan,
  { compare, python, out, files, json }: BenchOptions,
  command: string,
  { engine, bandwidth, connectNest }: BenchSetup,
  io: CliIO,
): Promise<ExitCode> {
  const folder = files ? (out ?? (json ? undefined : FOLDER)) : undefined;
  const date = new Date().toISOString();
  const engines = [engine];
  const draws = folder !== undefined && canDraw(io);
  const { result, interrupted } = await untilInterrupted(
    io,
    'Stopping this run',
    async (signal, progress): Promise<Measurements> => {
      // A folder that takes no files must not cost the results of an hour.
      if (folder !== undefined) await makeFolder(folder);
      const control = { signal, progress: () => undefined };
      const peer = compare && (await connectNest(python, control).catch(unless(signal)));
      if (typeof peer === 'string') io.stderr.write(`${peer}\n`);
      else if (peer) engines.push(peer);
      const listener: Listener = {
        signal,
        progress: (what, fraction) => progress.update(what, fraction),
        finished: (what, seconds) => {
          if (io.stderr.isTTY !== true) io.stderr.write(`${what}: ${seconds.toFixed(1)} s\n`);
        },
      };
      return measureAll(plan, engines, bandwidth, listener);
    },
  );
  const comparisons = compareWith(engine.name, result.series);
  const provenance: Provenance = {
    date,
    command,
    installation: Object.fromEntries(installation()),
    engines: Object.fromEntries(engines.map(({ name, version }) => [name, version])),
  };
  const document = jsonText(benchDocument(plan, result, comparisons, provenance));
  // First of all, what was found: the files may fail.
  io.stdout.write(json ? document : measurementsText(result, comparisons));
  if (folder !== undefined) {
    const numbers = path.join(folder, 'result.json');
    await replaceFile(numbers, document);
    const page = path.join(folder, 'index.html');
    const figures = draws ? figuresOf(result, comparisons) : [];
    await replaceFile(page, await benchPage(plan, result, comparisons, figures, provenance));
    if (!json) io.stdout.write(fileList([page, numbers]));
  }
  for (const failure of result.failures) io.stderr.write(`error: ${failure}\n`);
  if (interrupted) {
    io.stderr.write('Interrupted: these are the results of the runs finished until then.\n');
    return ExitCode.interrupted;
  }
  return result.failures.length > 0 ? ExitCode.failed : ExitCode.done;
}

/** Passes errors on unless the user has interrupted. */
const unless =
  (signal: AbortSignal) =>
  (error: unknown): undefined => {
    if (!signal.aborted) throw error;
  };

/** The command with the options that were given, for the record. */
function commandLine(names: readonly string[], command: Command): string {
  const given = command.options.flatMap((option) => {
    const key = option.attributeName();
    if (command.getOptionValueSource(key) !== 'cli') return [];
    const value: unknown = command.getOptionValue(key);
    if (typeof value === 'boolean') return [option.long ?? ''];
    return [option.long ?? '', Array.isArray(value) ? value.join(',') : String(value)];
  });
  return ['tegmenta', 'bench', ...names, ...given].join(' ');
}
