import { speedExperiments } from '../../benchmarks/measuring';
import { runProgram } from '../../lib/cli/program';
import { TestIO } from '../cli/streams';

/** What `tegmenta run speed/… --json` prints. */
export interface Document {
  readonly experiment: string;
  readonly interrupted: boolean;
  readonly options: Readonly<Record<string, number | string | readonly number[]>>;
  readonly parameters: Readonly<Record<string, number>>;
  readonly results: Readonly<Record<string, number>>;
  readonly ranges?: Readonly<Record<string, readonly [number, number]>>;
  readonly notes?: Readonly<Record<string, string>>;
  readonly units: Readonly<Record<string, string>>;
}

/** Runs a workload on one thread unless told otherwise. */
export async function runJson(name: string, ...argv: string[]): Promise<Document> {
  const io = new TestIO();
  const all = ['run', name, '--json', '--threads', '1', ...argv];
  expect(await runProgram(all, io, speedExperiments)).toBe(0);
  return JSON.parse(io.stdout.text) as Document;
}
