#!/usr/bin/env node
import { createRequire } from 'node:module';
import type * as Command from './command';
import { packageVersion } from '../package-root';
import { processIO, type CliIO, ExitCode } from './io';

/** The command `tegmenta`, as a function: resolves to its exit code. */
export async function main(argv: readonly string[], io: CliIO = processIO): Promise<ExitCode> {
  try {
    // Loads the addon.
    const { runCommand } = createRequire(__filename)('./command') as typeof Command;
    return await runCommand(argv, io);
  } catch (error) {
    return withoutAddon(argv, io, error as Error);
  }
}

/** Help and version are for those too on whose machine nothing else works. */
function withoutAddon(argv: readonly string[], io: CliIO, { message }: Error): ExitCode {
  if (argv.includes('--version') || argv.includes('-V')) {
    io.stdout.write(`${packageVersion()}\n`);
    return ExitCode.done;
  }
  if (argv.includes('--help') || argv.includes('-h') || argv[0] === 'help') {
    io.stdout.write(
      'Usage: tegmenta [options] [command]\n\n' +
        'Simulator of spiking neural networks whose synapses learn by reward\n\n' +
        'Commands:\n' +
        '  list   list the experiments, or with --models the models\n' +
        '  info   version, instruction set, threads and memory\n' +
        '  run    run an experiment\n' +
        '  bench  measure speed and memory\n\n' +
        `None of them works at present. ${message}\n`,
    );
    return ExitCode.done;
  }
  io.stderr.write(`error: ${message}\n`);
  return ExitCode.failed;
}

if (require.main === module) {
  // `tegmenta list | head -1`: nobody reads any more.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  void main(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
}
