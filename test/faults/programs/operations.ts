// Calls of every kind that lead into the addon, and networks to make them on.
import {
  Kernel,
  LIFCell,
  MSTDPETSynapse,
  type NodeCollection,
  random,
  REINFORCESynapse,
  type SynapseCollection,
} from '../../../lib';
import { native } from '../../../lib/native';

/** A kernel with what a call needs. */
export interface Subject {
  kernel: Kernel;
  nodes: Record<string, NodeCollection>;
  synapses?: SynapseCollection;
}

export interface Operation {
  subject: () => Subject;
  call: (subject: Subject) => unknown;
  /** A simulation: it may have come to a later time when it fails. */
  until?: number;
  /** Laying the network out belongs to the call: reading synapses before would do it. */
  laysOut?: boolean;
}

function empty(threads = 1): Subject {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ local_num_threads: threads, rng_seed: 3 });
  return { kernel, nodes: {} };
}

function neurons(): Subject {
  const subject = empty();
  const create = subject.kernel.Create.bind(subject.kernel);
  subject.nodes = {
    E: create('iaf_psc_exp', 20),
    pg: create('poisson_generator', 2),
    rec: create('spike_recorder', 2),
    vt: create('volume_transmitter'),
  };
  return subject;
}

/** Everything at once. */
function network(threads = 1): Subject {
  const subject = empty(threads);
  const k = subject.kernel;
  const one = (model: string, params: Parameters<Kernel['Create']>[2] = {}): NodeCollection =>
    k.Create(model, 1, params);
  const E = k.Create('iaf_psc_exp', 30, { V_m: random.uniform(-70, -55) });
  const C = k.Create('iaf_cond_exp', 5);
  const P = k.Create('parrot_neuron', 6);
  const pg = k.Create('poisson_generator', 2, { rate: 15000 });
  const sg = one('spike_generator', { spike_times: [1, 2, 3, 12, 15] });
  const dc = one('dc_generator', { amplitude: 100 });
  const ng = one('noise_generator', { std: 50 });
  const rec = one('spike_recorder');
  const mm = one('multimeter', { record_from: ['V_m'], interval: 1 });
  const wr = one('weight_recorder');
  const vt = one('volume_transmitter');
  const rt = one('reward_transmitter', { reward: 0.5 });
  const sr = one('synapse_recorder', { interval: 1, record_from: ['weight'] });
  k.CopyModel('stdp_synapse', 'stdp_rec', { weight_recorder: wr });
  k.CopyModel('stdp_dopamine_synapse', 'dopa', { volume_transmitter: vt });
  k.CopyModel('mstdpet_synapse', 'rewarded', { reward_transmitter: rt, Wmax: 100, Wmin: 0 });
  k.Connect(pg, E, 'all_to_all', { weight: 40 });
  k.Connect(pg, P);
  k.Connect(sg, E, 'all_to_all', { weight: 100 });
  k.Connect(dc, E);
  k.Connect(ng, C);
  for (const synapse_model of ['stdp_rec', 'dopa', 'rewarded', 'tsodyks2_synapse']) {
    k.Connect(P, E, { rule: 'fixed_indegree', indegree: 2 }, { synapse_model, weight: 20 });
  }
  k.Connect(P, vt);
  k.Connect(E, E, { rule: 'fixed_indegree', indegree: 9 }, { weight: 5 });
  k.Connect(E, C, 'all_to_all', { weight: random.uniform(0, 1), delay: random.uniform(1, 2) });
  k.Connect(E, rec);
  k.Connect(P, rec);
  k.Connect(mm, E);
  subject.nodes = { E, C, P, pg, sg, dc, ng, rec, mm, wr, vt, rt, sr };
  return subject;
}

function simulated(synapses?: (subject: Subject) => SynapseCollection): Subject {
  const subject = network();
  subject.kernel.SimulateSync(20);
  if (synapses) subject.synapses = synapses(subject);
  return subject;
}

const node = (subject: Subject, name: string): NodeCollection => {
  const found = subject.nodes[name];
  if (!found) throw new Error(`no ${name}`);
  return found;
};
const chosen = (subject: Subject): SynapseCollection => {
  if (!subject.synapses) throw new Error('no synapses');
  return subject.synapses;
};

const indegree = (n: number) => ({ rule: 'fixed_indegree', indegree: n }) as const;
const drawn = random.uniform(1, 3);
const columns = Array.from({ length: 100 }, (_, i) => 10 + i);

export const operations: Readonly<Record<string, Operation>> = {
  'Create neurons': {
    subject: () => empty(),
    call: ({ kernel }) =>
      kernel.Create('iaf_psc_exp', 100, { V_m: random.uniform(-70, -60), tau_m: columns }),
  },
  'Create generators': {
    subject: () => empty(),
    call: ({ kernel }) =>
      kernel.Create('spike_generator', 5, { spike_times: [[1], [2], [3, 4], [], [5]] }),
  },
  'Create recorders': {
    subject: () => empty(),
    call: ({ kernel }) =>
      kernel.Create('multimeter', 2, { record_from: ['V_m'], label: 'x'.repeat(40) }),
  },
  'Create neurons with given spikes': {
    subject: () => empty(),
    call: ({ kernel }) => kernel.Create('clamped_neuron', 3, { spike_times: [[1, 2], [3], []] }),
  },
  'Connect all_to_all': {
    subject: neurons,
    call: (s) => {
      s.kernel.Connect(node(s, 'E'), node(s, 'E'), 'all_to_all', { weight: drawn, delay: drawn });
    },
  },
  'Connect fixed_indegree': {
    subject: neurons,
    call: (s) => {
      const conn = { ...indegree(5), allow_autapses: false, allow_multapses: false };
      s.kernel.Connect(node(s, 'E'), node(s, 'E'), conn, { weight: 3 });
    },
  },
  'Connect fixed_total_number': {
    subject: neurons,
    call: (s) => {
      const syn = { weight: 3, synapse_label: 4 };
      s.kernel.Connect(node(s, 'E'), node(s, 'E'), { rule: 'fixed_total_number', N: 50 }, syn);
    },
  },
  'Connect pairwise_bernoulli': {
    subject: neurons,
    call: (s) => {
      const conn = { rule: 'pairwise_bernoulli', p: random.uniform(0, 0.5) } as const;
      const syn = { synapse_model: 'stdp_synapse', lambda: random.uniform(0, 0.1) } as const;
      s.kernel.Connect(node(s, 'E'), node(s, 'E'), conn, syn);
    },
  },
  'Connect symmetrically': {
    subject: neurons,
    call: (s) => {
      const rule = 'symmetric_pairwise_bernoulli';
      const conn = { rule, p: 0.3, allow_autapses: false, make_symmetric: true } as const;
      s.kernel.Connect(node(s, 'E'), node(s, 'E'), conn);
    },
  },
  'Connect generators': {
    subject: neurons,
    call: (s) => {
      s.kernel.Connect(node(s, 'pg'), node(s, 'E'), 'all_to_all', { weight: drawn, delay: drawn });
    },
  },
  'Connect recorders': {
    subject: neurons,
    call: (s) => {
      s.kernel.Connect(node(s, 'E'), node(s, 'rec'));
    },
  },
  'CopyModel of a synapse': {
    subject: neurons,
    call: (s) => {
      const params = { volume_transmitter: node(s, 'vt'), A_plus: 2 };
      s.kernel.CopyModel('stdp_dopamine_synapse', 'a_long_name_for_a_model_of_synapses', params);
    },
  },
  'CopyModel of a neuron': {
    subject: () => empty(),
    call: ({ kernel }) => {
      kernel.CopyModel('iaf_psc_exp', 'a_long_name_for_a_model_of_neurons', { tau_m: 5 });
    },
  },
  'CopyModel of a generator': {
    subject: () => empty(),
    call: ({ kernel }) => {
      const params = { spike_times: [1, 2, 3] };
      kernel.CopyModel('spike_generator', 'a_long_name_for_a_model_of_devices', params);
    },
  },
  'SetDefaults of a synapse': {
    subject: () => empty(),
    call: ({ kernel }) => {
      kernel.SetDefaults('stdp_synapse', { tau_plus: 30, weight: 3 });
    },
  },
  'SetDefaults of a synapse in use': {
    subject: () => simulated(),
    call: ({ kernel }) => {
      kernel.SetDefaults('dopa', { A_plus: 2, n: 0.5 });
    },
  },
  'SetDefaults of a generator': {
    subject: () => empty(),
    call: ({ kernel }) => {
      kernel.SetDefaults('spike_generator', { spike_times: [1, 2], label: 'x'.repeat(40) });
    },
  },
  GetDefaults: {
    subject: () => empty(),
    call: ({ kernel }) => kernel.GetDefaults('stdp_dopamine_synapse'),
  },
  'set of neurons': {
    subject: () => network(),
    call: (s) => {
      const V_m = random.uniform(-70, -60);
      node(s, 'E').set({ V_m, tau_m: 15, I_e: columns.slice(0, 30), tau_minus: 25 });
    },
  },
  'set of traces that are in use': {
    subject: () => simulated(),
    call: (s) => {
      node(s, 'E').set({ tau_minus: random.uniform(20, 30), V_m: -60 });
    },
  },
  'set of a spike_generator': {
    subject: () => simulated(),
    call: (s) => {
      node(s, 'sg').set({ spike_times: [30, 31, 32], spike_weights: [1, 2, 3] });
    },
  },
  'set of rates': {
    subject: () => simulated(),
    call: (s) => {
      node(s, 'pg').set({ rate: [5, 6] });
    },
  },
  'set of rewards': {
    subject: () => simulated(),
    call: (s) => {
      node(s, 'rt').set({ reward_times: [30, 31], reward_values: [1, 2] });
    },
  },
  'get of nodes': {
    subject: () => simulated(),
    call: (s) => [node(s, 'E').get(), node(s, 'sg').get()],
  },
  GetConnections: {
    subject: () => network(2),
    call: ({ kernel }) => kernel.GetConnections(),
    laysOut: true,
  },
  'GetConnections after a simulation and Create': {
    subject: () => {
      const s = simulated();
      s.kernel.Create('iaf_psc_exp', 100);
      s.kernel.Connect(node(s, 'E'), node(s, 'C'), 'all_to_all', { weight: 2 });
      return s;
    },
    call: (s) => s.kernel.GetConnections({ source: node(s, 'E') }),
    laysOut: true,
  },
  'get of synapses': {
    subject: () => simulated(({ kernel }) => kernel.GetConnections({ synapse_model: 'dopa' })),
    call: (s) => chosen(s).get(),
  },
  'set of some weights': {
    subject: () =>
      simulated((s) =>
        s.kernel.GetConnections({ source: node(s, 'E'), target: node(s, 'E') }).pick([0, 5, 9]),
      ),
    call: (s) => {
      chosen(s).set({ weight: [1, 2.5, 1 / 3] });
    },
  },
  'Disconnect of pairs': {
    subject: () => simulated(),
    call: (s) => {
      s.kernel.Disconnect(node(s, 'E'), node(s, 'C'), 'all_to_all');
    },
  },
  'Disconnect of everything': {
    subject: () => simulated(({ kernel }) => kernel.GetConnections()),
    call: (s) => {
      s.kernel.Disconnect(chosen(s));
    },
  },
  'disconnect of synapses that are recorded': {
    subject: () => {
      const s = simulated(({ kernel }) => kernel.GetConnections({ synapse_model: 'dopa' }));
      node(s, 'sr').set({ connections: chosen(s) });
      s.kernel.SimulateSync(5);
      s.synapses = chosen(s).slice(3, 9);
      return s;
    },
    call: (s) => {
      chosen(s).disconnect();
    },
  },
  'set of plastic synapses': {
    subject: () => simulated(({ kernel }) => kernel.GetConnections({ synapse_model: 'stdp_rec' })),
    call: (s) => {
      chosen(s).set({ weight: drawn, Kplus: 0.5, lambda: random.uniform(0, 0.1) });
    },
  },
  'set of weights and delays': {
    subject: () => simulated((s) => s.kernel.GetConnections({ source: node(s, 'E') })),
    call: (s) => {
      chosen(s).set({ weight: drawn, delay: random.uniform(2, 5) });
    },
  },
  'set of recorded synapses': {
    subject: () => simulated(({ kernel }) => kernel.GetConnections({ synapse_model: 'dopa' })),
    call: (s) => {
      node(s, 'sr').set({ connections: chosen(s) });
    },
  },
  Prepare: {
    subject: () => network(),
    call: ({ kernel }) => {
      kernel.Prepare();
    },
    laysOut: true,
  },
  SimulateSync: {
    subject: () => network(2),
    call: ({ kernel }) => kernel.SimulateSync(rest(kernel, 5)),
    until: 5,
    laysOut: true,
  },
  'SimulateSync again': {
    subject: () => {
      const s = simulated(({ kernel }) => kernel.GetConnections({ synapse_model: 'dopa' }));
      node(s, 'sr').set({ connections: chosen(s) });
      return s;
    },
    call: ({ kernel }) => kernel.SimulateSync(rest(kernel, 40)),
    until: 40,
  },
  'Simulate with progress': {
    subject: () => simulated(),
    call: ({ kernel }) => kernel.Simulate(rest(kernel, 40), { onProgress: () => undefined }),
    until: 40,
  },
  RunSync: {
    subject: () => {
      const s = network(2);
      s.kernel.Prepare();
      s.kernel.RunSync(10);
      return s;
    },
    call: ({ kernel }) => kernel.RunSync(rest(kernel, 20)),
    until: 20,
  },
  events: {
    subject: () => simulated(),
    call: (s) => ['rec', 'mm', 'wr'].map((name) => node(s, name).get('events')),
  },
  SetKernelStatus: {
    subject: () => empty(),
    call: ({ kernel }) => {
      kernel.SetKernelStatus({ resolution: 0.5, rng_seed: 9, weight_precision: 'single' });
    },
  },
  GetKernelStatus: { subject: () => network(), call: ({ kernel }) => kernel.GetKernelStatus() },
  GetValue: {
    subject: () => empty(),
    call: ({ kernel }) => random.normal(0, 1).mul(2).GetValue(kernel),
  },
  ResetKernel: {
    subject: () => network(),
    call: (s) => {
      s.kernel.ResetKernel();
      s.nodes = {};
    },
    laysOut: true,
  },
  'new Kernel': { subject: () => empty(), call: () => new Kernel() },
  models: { subject: () => empty(), call: () => native.models() },
  'dense components': {
    subject: () => empty(),
    call: () => {
      const shape = [4, 2] as const;
      const stdp = new MSTDPETSynapse({ shape, A_plus: 1, A_minus: 1, tau_elg: 20, mu: 1 });
      stdp.inputs = 1;
      stdp.advance();
      stdp.evolve();
      const actor = new REINFORCESynapse({ shape: [3, 2], act_fx: 'softmax' });
      actor.advance();
      actor.rewards = 1;
      actor.evolve();
      const cell = new LIFCell({ n_units: 3, tau_m: 10, one_spike: true });
      cell.advance();
    },
  },
};

/** What is left until a time, ms. */
function rest(kernel: Kernel, until: number): number {
  return Math.round((until - kernel.GetKernelStatus('biological_time')) * 10) / 10;
}
