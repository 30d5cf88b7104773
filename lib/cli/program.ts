import { Command, CommanderError } from 'commander';
import { ModelTextError } from '../errors';
import { version } from '../generated/version';
import { addBenchCommand, type BenchSetup } from './bench';
import { addCompletionCommand } from './completion';
import type { Experiment } from './experiment';
import { explain } from './explain';
import { addHelpCommand, exitCodesText } from './help';
import { addInfoCommand } from './info';
import { ExitCode, type CliIO } from './io';
import { addListCommand } from './list';
import { addNestmlCommand } from './nestml';
import { addRunCommand } from './run';

/** What a command line has besides its experiments. */
export interface ProgramSetup {
  /** What `bench` measures; without it there is none. */
  readonly bench?: BenchSetup;
  /**
   * A module for threads that calls `answerRun` with the same experiments; without it there are no
   * sweeps.
   */
  readonly worker?: string;
}

/**
 * The command line for a given list of experiments. Never ends the process: resolves to the exit
 * code, with everything that was to be said written to `io`.
 */
export async function runProgram(
  argv: readonly string[],
  io: CliIO,
  experiments: readonly Experiment[],
  { bench, worker }: ProgramSetup = {},
): Promise<ExitCode> {
  let code: ExitCode = ExitCode.done;
  const program = makeProgram(io);
  addListCommand(program, io, experiments);
  addInfoCommand(program, io);
  addRunCommand(program, io, experiments, worker, (result) => (code = result));
  if (bench) addBenchCommand(program, io, bench, (result) => (code = result));
  addNestmlCommand(program, io, (result) => (code = result));
  addCompletionCommand(program, io);
  addHelpCommand(program);
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    // Commander has written its own messages; help and version end with 0, all else is wrong usage.
    if (error instanceof CommanderError && error.code === '') io.stderr.write(`${error.message}\n`);
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? ExitCode.done : ExitCode.usage;
    // What is wrong with a text says in each line whether it is an error.
    const prefix = error instanceof ModelTextError ? '' : 'error: ';
    io.stderr.write(`${prefix}${explain(error)}\n`);
    return ExitCode.failed;
  }
}

function makeProgram(io: CliIO): Command {
  return new Command('tegmenta')
    .description('Simulator of spiking neural networks whose synapses learn by reward')
    .version(version)
    .addHelpText('after', exitCodesText())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns ?? 100,
      getErrHelpWidth: () => io.stderr.columns ?? 100,
    })
    .showHelpAfterError('(add --help for all options)');
}
