// The driver of PyNEST and what it is told, with a stand-in for NEST: it shows which calls are made
// and that spikes come back, not that NEST takes the calls so.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { benchmarks, connectNest } from '../../benchmarks/measuring';
import { workloads } from '../../benchmarks/speed';
import { microcircuit } from '../../benchmarks/speed/microcircuit';
import { describeNetwork } from '../../benchmarks/measuring/network-description';
import type { Engine } from '../../lib/bench/engine';
import { valueOf } from '../../lib/bench/summary';
import type { Quantity } from '../../lib/cli/experiment';

const control = { signal: new AbortController().signal, progress: () => undefined };
const environment = { ...process.env };
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tegmenta-'));
  process.env.PYTHONPATH = path.join(__dirname, 'fake-nest');
  process.env.PYTHONDONTWRITEBYTECODE = '1';
  process.env.FAKE_NEST_CALLS = path.join(folder, 'calls');
});
afterEach(() => {
  process.env = { ...environment };
  rmSync(folder, { recursive: true });
});

type Call = readonly [name: string, ...args: unknown[]];

async function measure(
  name: string,
  options: Record<string, number | string>,
): Promise<{ engine: Engine; quantities: readonly Quantity[]; calls: Call[] }> {
  const engine = await connectNest('python3', workloads, control);
  if (typeof engine === 'string') throw new Error(engine);
  const benchmark = benchmarks.find((one) => one.name === name)!;
  const job = { benchmark, options, time: 400, threads: 2, seed: 7 };
  const quantities = await engine.measure(job, control);
  const lines = readFileSync(process.env.FAKE_NEST_CALLS!, 'utf8').trim().split('\n');
  return { engine, quantities, calls: lines.map((line) => JSON.parse(line) as Call) };
}

test('builds the network that tegmenta builds, and runs it as long', async () => {
  const { engine, quantities, calls } = await measure('brunel_dopa', { scale: 0.01 });
  expect([engine.name, engine.version]).toEqual(['NEST', '0.0-fake']);
  expect(calls.map(([name]) => name)).toEqual([
    ...['ResetKernel', 'SetKernelStatus'],
    ...['Create', 'Create', 'Create', 'Connect', 'Connect', 'CopyModel'],
    ...['Create', 'Create', 'Create', 'Connect', 'Connect', 'Connect', 'Connect'],
    ...['Create', 'Connect', 'Prepare', 'Run', 'Run', 'Cleanup'],
  ]);
  expect(calls[1]).toEqual([
    'SetKernelStatus',
    { resolution: 0.1, local_num_threads: 2, rng_seed: 7 },
  ]);
  // Drive, dopaminergic neuron and volume transmitter are nodes 1 to 3, then come the neurons.
  expect(calls[7]).toMatchObject([
    'CopyModel',
    'stdp_dopamine_synapse',
    'plastic',
    { volume_transmitter: { nodes: [3, 3] }, A_plus: 1e-4 },
  ]);
  expect(calls[8]).toMatchObject(['Create', 'iaf_psc_delta', 100, { V_th: 20, C_m: 1 }]);
  expect(calls[12]).toEqual([
    'Connect',
    { nodes: [4, 103] },
    { nodes: [4, 103] },
    { rule: 'fixed_indegree', indegree: 10 },
    { weight: 0.1, delay: 1.5, synapse_model: 'plastic' },
  ]);
  expect(calls.slice(-3)).toEqual([['Run', 100], ['Run', 400], ['Cleanup']]);
  // Neurons that fire 20 times a second at equal intervals.
  expect(valueOf(quantities, 'rate_E')).toBeCloseTo(20, 9);
  expect(valueOf(quantities, 'cv_isi_E')).toBeCloseTo(0, 9);
  for (const key of ['correlation_E', 'build_time', 'wall_time', 'peak_memory']) {
    expect(valueOf(quantities, key)).toBeGreaterThan(0);
  }
  expect(valueOf(quantities, 'synapses')).toBe(125 * (10 + 3));
});

test('makes random values of them, infinite bounds included', async () => {
  const { calls } = await measure('microcircuit', { scale: 0.005, input: 'dc' });
  expect(calls[2]).toMatchObject(['Create', 'iaf_psc_exp', 103, { V_m: 'normal(-68.28, 5.36)' }]);
  const recurrent = calls.filter(([, , , conn]) => {
    return (conn as { rule?: string } | undefined)?.rule === 'fixed_total_number';
  });
  expect(recurrent[0]![4]).toEqual({
    weight: 'redraw(normal(87.81, 8.781), 0.0, inf)',
    delay: 'redraw(normal(1.5, 0.75), 0.1, inf)',
    synapse_model: 'static_synapse',
  });
});

test('divides more connections than a synapse model of NEST holds among copies of it', () => {
  const driver = path.join(__dirname, '..', '..', 'benchmarks', 'measuring', 'nest_driver.py');
  const program = `
import importlib.util, types
spec = importlib.util.spec_from_file_location("driver", ${JSON.stringify(driver)})
driver = importlib.util.module_from_spec(spec)
spec.loader.exec_module(driver)
copies = []
nest = types.SimpleNamespace(CopyModel=lambda *names: copies.append(names))
network = driver.Network(nest, 1)
print([network.model_with_room("s", 60_000_000) for _ in range(5)], copies)
`;
  expect(execFileSync('python3', ['-c', program], { encoding: 'utf8' }).trim()).toBe(
    "['s', 's', 's_1', 's_1', 's_2'] [('s', 's_1'), ('s', 's_2')]",
  );
});

test('a failure in NEST is told by its last line', async () => {
  process.env.FAKE_NEST_CALLS = path.join(folder, 'missing', 'calls');
  await expect(measure('brunel', { scale: 0.01 })).rejects.toThrow(/^FileNotFoundError: /);
});

test('without NEST says so', async () => {
  process.env.PYTHONPATH = folder;
  expect(await connectNest('python3', workloads, control)).toBe(
    'NEST is left out: python3 has no module nest.',
  );
  expect(await connectNest('no-such-python', workloads, control)).toMatch(
    /^NEST is left out: no-such-python does not start \(.*ENOENT\)\.$/,
  );
});

test('a description holds every step and the recorder', () => {
  const { steps, recorders } = describeNetwork(microcircuit, { scale: 0.005, input: 'poisson' });
  expect(recorders).toHaveLength(1);
  expect(() => JSON.stringify(steps)).not.toThrow();
  // 8 populations and their generators, the recorder; 56 pairs with synapses.
  expect(steps.filter((step) => step.do === 'Create')).toHaveLength(8 + 8 + 1);
  expect(
    steps.filter((step) => step.do === 'Connect' && step.conn_spec.rule === 'fixed_total_number'),
  ).toHaveLength(55);
});
