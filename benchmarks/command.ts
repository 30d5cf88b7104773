import type { CliIO, ExitCode } from '../lib/cli/io';
import { runProgram } from '../lib/cli/program';
import { experiments } from './experiments';
import { benchmarks, connectNest, speedExperiments, tegmentaEngine } from './measuring';
import { workloads } from './speed';

/** The command line with all experiments and benchmarks of this package. */
export function runCommand(argv: readonly string[], io: CliIO): Promise<ExitCode> {
  return runProgram(argv, io, [...experiments, ...speedExperiments], {
    bench: {
      benchmarks,
      ...tegmentaEngine(),
      connectNest: (python, control) => connectNest(python, workloads, control),
    },
    worker: require.resolve('./worker'),
  });
}
