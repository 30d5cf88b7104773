import { experiments } from '../../benchmarks/experiments';
import {
  benchmarks,
  connectNest,
  speedExperiments,
  tegmentaEngine,
  workloads,
} from '../../benchmarks/speed';
import type { CliIO, ExitCode } from './io';
import { runProgram } from './program';

/** The command line with all experiments and benchmarks of this package. */
export function runCommand(argv: readonly string[], io: CliIO): Promise<ExitCode> {
  return runProgram(argv, io, [...experiments, ...speedExperiments], {
    benchmarks,
    ...tegmentaEngine(),
    connectNest: (python, control) => connectNest(python, workloads, control),
  });
}
