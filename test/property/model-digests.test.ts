// One digest a model and a workload, so that a change that is to move nothing shows where it did.
// They hold for any processor, as other tests hold that they do for any number of threads. After a change that is meant to move
// results, TEGMENTA_WRITE_DIGESTS=1 writes those of today.
import { createHash, type Hash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { workloads } from '../../benchmarks/speed';
import type { OptionValues } from '../../lib/cli/experiment';
import { Kernel, type KernelSettings, type NodeCollection, random } from '../../lib';
import { native } from '../../lib/native';
import type { AnyInput } from '../../lib/value-types';
import { toFirst } from './receptors';

const FILE = path.join(__dirname, 'model-digests.json');
const STIMULI = ['poisson_generator', 'inhomogeneous_poisson_generator', 'spike_generator'];

type Values = Record<string, AnyInput>;

/** Parameters without which a model does nothing. */
const ACTIVE: Record<string, Values> = {
  ac_generator: { amplitude: 400, offset: 300, frequency: 30 },
  clamped_neuron: {},
  dc_generator: { amplitude: 420 },
  iaf_cond_exp_multisynapse: { g_e0: 12, g_i0: 57, sigma_e: 3, sigma_i: 6.6 },
  inhomogeneous_poisson_generator: { rate_times: [10, 60], rate_values: [2000, 9000] },
  noise_generator: { mean: 350, std: 300 },
  poisson_generator: { rate: 6000 },
  spike_generator: { spike_times: [3, 5.5, 20, 21, 60], spike_multiplicities: [1, 2, 9, 1, 30] },
  step_current_generator: { amplitude_times: [10, 70], amplitude_values: [500, 900] },
};

function makeKernel(settings: KernelSettings): Kernel {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ resolution: 0.1, rng_seed: 8, ...settings });
  return kernel;
}

/** Whole, or in parts where more than one thread does it. */
function simulate(kernel: Kernel, ms: number): void {
  const isSplit = kernel.GetKernelStatus('local_num_threads') > 1;
  for (const part of isSplit ? [0.3 * ms, 0.5 * ms, 0.2 * ms] : [ms]) kernel.SimulateSync(part);
}

function add(hash: Hash, values: unknown): void {
  if (ArrayBuffer.isView(values)) {
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  } else {
    hash.update(JSON.stringify(values));
  }
}

const digestOf = (...values: readonly unknown[]): string => {
  const hash = createHash('sha256');
  for (const value of values) add(hash, value);
  return hash.digest('hex').slice(0, 16);
};

const columnsOf = (recorder: { readonly events: object }): unknown[] =>
  Object.entries(recorder.events)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flat();

/** Weights from what is too weak for any model to what makes any fire. */
const WEIGHTS = Array.from({ length: 12 }, (_, i) => 2 ** i);

function neuronDigest(model: string, settings: KernelSettings): string {
  const kernel = makeKernel(settings);
  const neurons: NodeCollection = kernel.Create(model, WEIGHTS.length, ACTIVE[model] ?? {});
  const recorder = kernel.Create('spike_recorder');
  kernel.Connect(neurons, recorder);
  const { recordables = [] } = kernel.GetDefaults(model) as { recordables?: string[] };
  const meter =
    recordables.length > 0 ? kernel.Create('multimeter', { record_from: recordables }) : undefined;
  if (meter) kernel.Connect(meter, neurons);
  const noise = kernel.Create('poisson_generator', { rate: 3000 });
  for (const sign of [1, -0.5]) {
    const weights = WEIGHTS.map((w) => sign * w);
    kernel.Connect(noise, neurons, 'all_to_all', toFirst(model, weights));
  }
  const other = kernel.Create('iaf_psc_alpha', 5, { I_e: 500 });
  kernel.Connect(other, neurons, 'all_to_all', { ...toFirst(model, 3), delay: 1.5 });
  simulate(kernel, 150);
  const digest = digestOf(...columnsOf(recorder), ...(meter ? columnsOf(meter) : []));
  expect(recorder.n_events > 0 || meter !== undefined || model === 'clamped_neuron').toBe(true);
  kernel.dispose();
  return digest;
}

function stimulatorDigest(model: string, settings: KernelSettings): string {
  const kernel = makeKernel(settings);
  const device: NodeCollection = kernel.Create(model, 1, ACTIVE[model] ?? {});
  const neurons = kernel.Create('iaf_psc_alpha', 20);
  const recorder = kernel.Create('spike_recorder');
  const meter = kernel.Create('multimeter', { record_from: ['V_m'] });
  kernel.Connect(device, neurons, 'all_to_all', {
    weight: STIMULI.includes(model) ? random.uniform(10, 300) : random.uniform(0.8, 1.2),
  });
  kernel.Connect(neurons, recorder);
  kernel.Connect(meter, neurons);
  simulate(kernel, 150);
  expect(recorder.n_events).toBeGreaterThan(0);
  const digest = digestOf(...columnsOf(recorder), ...columnsOf(meter));
  kernel.dispose();
  return digest;
}

function synapseDigest(model: string, settings: KernelSettings): string {
  const kernel = makeKernel(settings);
  const defaults = kernel.GetDefaults(model) as Values;
  const noise = kernel.Create('poisson_generator', { rate: 40 });
  const sources = kernel.Create('parrot_neuron', 10);
  const neurons = kernel.Create('iaf_psc_exp', 10);
  const recorder = kernel.Create('spike_recorder');
  kernel.Connect(noise, sources);
  const values: Values = {
    weight: 400,
    ...('Wmax' in defaults && { Wmax: 2000 }),
    ...('p_transmit' in defaults && { p_transmit: 0.5 }),
  };
  if ('volume_transmitter' in defaults) {
    const transmitter = kernel.Create('volume_transmitter');
    const dopamine = kernel.Create('parrot_neuron', 2);
    kernel.Connect(noise, dopamine);
    kernel.Connect(dopamine, transmitter);
    values.volume_transmitter = transmitter;
  } else if ('reward_transmitter' in defaults) {
    const transmitter = kernel.Create('reward_transmitter', 1, {
      reward_times: [50, 120, 260],
      reward_values: [1, -0.5, 2],
    });
    values.reward_transmitter = transmitter;
    if ('alpha_kernel' in defaults) {
      transmitter.set({ A_1: 0.1, A_2: 0.05, tau_1: 30, tau_2: 60, pulse: 0.5, kappa_plus: 1 });
      [0, 1, 2].forEach((receptor_type) => {
        kernel.Connect(sources.at(receptor_type), transmitter, 'all_to_all', { receptor_type });
      });
    }
  }
  const synapse_model = `${model}_driven`;
  kernel.CopyModel(model, synapse_model, values);
  const delay = random.uniform(0.5, 4);
  kernel.Connect(sources, neurons, 'all_to_all', { synapse_model, delay });
  const drive = kernel.Create('poisson_generator', { rate: 4000 });
  kernel.Connect(drive, neurons, 'all_to_all', { weight: 60 });
  kernel.Connect(neurons, recorder);
  simulate(kernel, 400);
  expect(recorder.n_events).toBeGreaterThan(10);
  const { weight } = kernel.GetConnections({ source: sources });
  const transmits = 'U' in defaults || 'p_transmit' in defaults;
  const learns = !model.startsWith('static_') && (!transmits || 'A_plus' in defaults);
  expect([...weight].some((w) => w !== 400)).toBe(learns);
  const digest = digestOf(...columnsOf(recorder), weight);
  kernel.dispose();
  return digest;
}

/** Part of the full size, and biological time, ms: enough for spikes and changes of weights. */
const SIZES: Record<string, readonly [scale: number, time: number]> = {
  microcircuit: [0.01, 100],
  hpc: [0.005, 60],
};

function workloadDigest(workload: (typeof workloads)[number], settings: KernelSettings): string {
  const kernel = makeKernel({ resolution: workload.resolution, ...settings });
  const [scale, time] = SIZES[workload.name.replace('speed/', '')] ?? [0.04, 60];
  const declared = Object.entries(workload.options).map(([name, { default: value }]) => [
    name,
    name === 'scale' ? scale : value,
  ]);
  const options = Object.fromEntries(declared) as OptionValues<typeof workload.options>;
  const network = workload.build(kernel, options);
  simulate(kernel, time);
  const { times, senders } = workload.spikes(network);
  const { weight } = kernel.GetConnections();
  const digest = digestOf(times, senders, weight);
  kernel.dispose();
  return digest;
}

const declared = native.models();
const namesOf = (wanted: string): string[] =>
  declared.filter(({ kind }) => kind === wanted).map(({ name }) => name);

/** What each digest is of, and how it is made in a kernel of these settings. */
const digests: Record<string, (settings: KernelSettings) => string> = Object.fromEntries([
  ...namesOf('neuron').map((m) => [m, neuronDigest.bind(null, m)] as const),
  // The changes of a reward_transmitter reach synapses, with which it is tried.
  ...namesOf('stimulator')
    .filter((m) => m !== 'reward_transmitter')
    .map((m) => [m, stimulatorDigest.bind(null, m)] as const),
  ...namesOf('synapse').map((m) => [m, synapseDigest.bind(null, m)] as const),
  ...workloads.map((w) => [w.name, workloadDigest.bind(null, w)] as const),
]);

if (process.env.TEGMENTA_WRITE_DIGESTS !== undefined) {
  const now = Object.entries(digests).map(([name, digest]) => [name, digest({})] as const);
  writeFileSync(FILE, `${JSON.stringify(Object.fromEntries(now), null, 2)}\n`);
}

const known = JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, string>;
const isKnown = (name: string): boolean => known[name] !== undefined;
const names = Object.keys(digests);

test.each(names.filter(isKnown))('%s gives what it gave', (name) => {
  expect(digests[name]!({})).toBe(known[name]);
});

test('what has a digest is still there', () => {
  expect(names).toEqual(expect.arrayContaining(Object.keys(known)));
});

const added = names.filter((name) => !isKnown(name));
if (added.length > 0) {
  // So that a model can be added without an edit here; its digest is for whoever changes it later.
  test.each(added)('%s, of which no digest is kept, gives the same everywhere', (name) => {
    const expected = digests[name]!({});
    for (const simd_level of native.simdLevels) {
      expect(digests[name]!({ simd_level, local_num_threads: 2 })).toBe(expected);
    }
  });
}
