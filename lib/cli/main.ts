import { version } from '../generated/version';
import { processIO, type CliIO, ExitCode } from './io';

/** A command line with what it has to run: resolves to its exit code. */
type RunCommand = (argv: readonly string[], io: CliIO) => Promise<ExitCode>;

/** Makes a command line this process's program; `load` gives it, and may throw as the addon does. */
export function runProcess(load: () => RunCommand): void {
  // `tegmenta list | head -1`: nobody reads any more.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  void main(load, process.argv.slice(2), processIO).then((code) => {
    process.exitCode = code;
  });
}

async function main(load: () => RunCommand, argv: readonly string[], io: CliIO): Promise<ExitCode> {
  try {
    return await load()(argv, io);
  } catch (error) {
    return withoutAddon(argv, io, error as Error);
  }
}

/** Help and version are for those too on whose machine nothing else works. */
function withoutAddon(argv: readonly string[], io: CliIO, { message }: Error): ExitCode {
  if (argv.includes('--version') || argv.includes('-V')) {
    io.stdout.write(`${version}\n`);
    return ExitCode.done;
  }
  if (argv.includes('--help') || argv.includes('-h') || argv[0] === 'help') {
    io.stdout.write(
      'Usage: tegmenta [options] [command]\n\n' +
        'Simulator of spiking neural networks whose synapses learn by reward\n\n' +
        'Commands:\n' +
        '  list   list the experiments, with --models the models, or all about a model\n' +
        '  info   version, instruction set, threads and memory\n' +
        '  run    run an experiment\n' +
        '  bench  measure speed and memory\n' +
        '  nestml check models written in NESTML, tell about them, declare their types\n\n' +
        `None of them works at present. ${message}\n`,
    );
    return ExitCode.done;
  }
  io.stderr.write(`error: ${message}\n`);
  return ExitCode.failed;
}
