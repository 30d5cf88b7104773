#!/usr/bin/env node
import { experiments } from '../../benchmarks/experiments';
import {
  benchmarks,
  connectNest,
  speedExperiments,
  tegmentaEngine,
  workloads,
} from '../../benchmarks/speed';
import { processIO, type CliIO, type ExitCode } from './io';
import { runProgram } from './program';

/** The command `tegmenta`, as a function: resolves to its exit code. */
export function main(argv: readonly string[], io: CliIO = processIO): Promise<ExitCode> {
  return runProgram(argv, io, [...experiments, ...speedExperiments], {
    benchmarks,
    ...tegmentaEngine(),
    connectNest: (python, control) => connectNest(python, workloads, control),
  });
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
