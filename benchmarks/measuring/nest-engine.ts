import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { SpikeEvents } from '../../lib/analysis';
import type { Control, Engine, Job } from '../../lib/bench/engine';
import type { OptionDeclarations, OptionValues, Quantity } from '../../lib/cli/experiment';
import { packageRoot } from '../../lib/package-root';
import { describeNetwork, type NetworkDescription } from './network-description';
import type { Workload, WorkloadNetwork } from '../speed/workload';

const driver = (): string =>
  path.join(packageRoot() ?? '', 'benchmarks', 'measuring', 'nest_driver.py');

/** Exit status of the driver where Python has no module `nest`. */
const NO_NEST = 3;

/** NEST as Python finds it, or a sentence that says why there is none. */
export async function connectNest(
  python: string,
  workloads: readonly Workload[],
  control: Control,
): Promise<Engine | string> {
  return inFolder(async (folder) => {
    const file = path.join(folder, 'version.json');
    const { code, problem } = await runPython(python, ['--version', file], control);
    if (problem !== undefined) return `NEST is left out: ${python} does not start (${problem}).`;
    if (code === NO_NEST) return `NEST is left out: ${python} has no module nest.`;
    if (code !== 0) return `NEST is left out: importing nest in ${python} failed.`;
    const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string };
    return nestEngine(python, version, workloads);
  });
}

function nestEngine(python: string, version: string, workloads: readonly Workload[]): Engine {
  const find = (name: string) => workloads.find((workload) => workload.name === name);
  return {
    name: 'NEST',
    version,
    runs: ({ name }) => find(name) !== undefined,
    measure: (job, control) => measure(python, find(job.benchmark.name)!, job, control),
  };
}

async function measure<Options extends OptionDeclarations, Network extends WorkloadNetwork>(
  python: string,
  workload: Workload<Options, Network>,
  { options, time, threads, seed }: Job,
  control: Control,
): Promise<Quantity[]> {
  control.progress('describing', 0);
  const description = describeNetwork(workload, options as OptionValues<Options>);
  const settings = {
    resolution: workload.resolution,
    local_num_threads: threads,
    rng_seed: seed,
  };
  const { presimulation } = workload;
  const { steps, recorders } = description;
  return inFolder(async (folder) => {
    const job = path.join(folder, 'job.json');
    await writeFile(job, JSON.stringify({ settings, presimulation, time, steps, recorders }));
    control.progress('building and simulating', 0);
    const { code, problem, errors } = await runPython(python, [job, folder], control);
    if (problem !== undefined || code !== 0) {
      throw new Error(problem ?? errors.trim().split('\n').at(-1) ?? `Python ended with ${code}`);
    }
    const result = JSON.parse(await readFile(path.join(folder, 'result.json'), 'utf8')) as Result;
    const window = { start: presimulation, stop: presimulation + time };
    const network = await networkIn(folder, description);
    return [
      ...workload.measure(network, window),
      ...timingQuantities(result, time, network.synapses),
    ];
  });
}

/** What the driver writes. */
interface Result {
  readonly build_time: number;
  readonly wall_time: number;
  readonly peak_memory: number;
}

function timingQuantities(
  { build_time, wall_time, peak_memory }: Result,
  time: number,
  synapses: number,
): Quantity[] {
  return [
    { key: 'synapses', label: 'recurrent synapses', value: synapses, unit: '' },
    { key: 'build_time', label: 'time to build the network', value: build_time, unit: 's' },
    { key: 'wall_time', label: 'time to simulate', value: wall_time, unit: 's' },
    {
      key: 'real_time_factor',
      label: 'wall-clock time per biological time',
      value: (1000 * wall_time) / time,
      unit: '',
    },
    {
      key: 'peak_memory',
      label: 'largest resident memory of the process',
      value: peak_memory,
      unit: 'B',
    },
  ];
}

/** The network with the spikes that the driver wrote. */
async function networkIn<Network>(
  folder: string,
  { recorders, network }: NetworkDescription<Network>,
): Promise<Network> {
  const recorded = new Map<number, SpikeEvents>();
  for (const id of recorders) {
    const times = await readFile(path.join(folder, `${id}.times`));
    const senders = await readFile(path.join(folder, `${id}.senders`));
    recorded.set(id, sorted(new Float64Array(bytesOf(times)), new Uint32Array(bytesOf(senders))));
  }
  return network(recorded);
}

const bytesOf = (file: Buffer): ArrayBuffer => new Uint8Array(file).buffer;

/** By time, then sender: NEST gives the spikes thread by thread. */
function sorted(times: Float64Array, senders: Uint32Array): SpikeEvents {
  const order = Uint32Array.from(times.keys()).sort(
    (i, j) => times[i]! - times[j]! || senders[i]! - senders[j]!,
  );
  return {
    times: Float64Array.from(order, (i) => times[i]!),
    senders: Uint32Array.from(order, (i) => senders[i]!),
  };
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'tegmenta-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs the driver to its end; `problem` where Python did not even start. */
function runPython(
  python: string,
  argv: readonly string[],
  { signal }: Control,
): Promise<{ code: number | null; errors: string; problem?: string }> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const child = spawn(python, [driver(), ...argv], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: process.env,
    });
    let errors = '';
    const abort = (): void => void child.kill('SIGKILL');
    signal.addEventListener('abort', abort);
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    child.on('error', ({ message }) => resolve({ code: null, errors, problem: message }));
    child.on('close', (code) => {
      signal.removeEventListener('abort', abort);
      if (signal.aborted) reject(signal.reason as Error);
      else resolve({ code, errors });
    });
  });
}
