// States of neurons: read, set, recorded; all of them, of every model.
import { Kernel, random, type NodeCollection } from '../../lib';
import { native } from '../../lib/native';
import { toFirst } from '../property/receptors';

const neurons = native.models().filter(({ kind }) => kind === 'neuron');
const statesOf = (model: string): string[] =>
  neurons
    .find(({ name }) => name === model)!
    .parameters.filter(({ role }) => role === 'state')
    .map(({ name }) => name);
const withStates = neurons.map(({ name }) => name).filter((name) => statesOf(name).length > 1);

type Values = Readonly<Record<string, number>>;
const toGrid = (ms: number): number => Math.round(10 * ms) / 10;
const numbersOf = (nodes: NodeCollection, state: string): number[] =>
  [nodes.get(state)]
    .flat()
    .flatMap((x) => (ArrayBuffer.isView(x) ? [...(x as Float64Array)] : [x as number]));
const hasPotential = (model: string): boolean => statesOf(model).includes('V_m');
/** Constant currents, one a neuron, for a model that takes them. */
const currents = (model: string, I_e: readonly number[]): Values =>
  (hasPotential(model) ? { I_e } : {}) as Values;
/** Names of what is left of the refractory period. */
const REST = /^(t_ref_remaining|refr_t)$/;
/** Models that an adaptive solver advances. */
const solved: ReadonlySet<string> = new Set(['aeif_cond_exp', 'iaf_cond_alpha', 'iaf_cond_exp']);

/** Potentials that the states of a model are compared with stay below threshold. */
const quiet = (kernel: Kernel, model: string, n = 1): NodeCollection =>
  kernel.Create(model, n, { ...(model === 'aeif_cond_exp' ? { V_peak: 1e3 } : {}) });

test('what the models have', () => {
  expect(Object.fromEntries(withStates.map((model) => [model, statesOf(model)]))).toEqual({
    aeif_cond_exp: ['V_m', 'g_ex', 'g_in', 'w', 't_ref_remaining', 'Ca'],
    iaf_cond_alpha: ['V_m', 'g_ex', 'g_in', 't_ref_remaining', 'dg_ex', 'dg_in', 'Ca'],
    iaf_cond_exp: ['V_m', 'g_ex', 'g_in', 't_ref_remaining', 'Ca'],
    iaf_cond_exp_multisynapse: ['V_m', 'g_e', 'g_i', 't_ref_remaining', 'g_1', 'Ca'],
    iaf_psc_alpha: [
      ...['V_m', 'I_syn_ex', 'I_syn_in', 'dI_syn_ex', 'dI_syn_in', 't_ref_remaining', 'Ca'],
    ],
    iaf_psc_delta: ['V_m', 't_ref_remaining', 'kept_input', 'Ca'],
    iaf_psc_delta_neuron: ['V_m', 'refr_t', 'Ca'],
    iaf_psc_exp: ['V_m', 'I_syn_ex', 'I_syn_in', 't_ref_remaining', 'Ca'],
    iaf_psc_exp_neuron: ['V_m', 'I_syn_exc', 'I_syn_inh', 'refr_t', 'Ca'],
    izhikevich: ['V_m', 'U_m', 'Ca'],
    linear_poisson_neuron: ['rate', 'Ca'],
  });
});

describe.each(withStates)('%s', (model) => {
  const states = statesOf(model);

  test('reads what is set: one value, one a node, drawn', () => {
    const kernel = new Kernel();
    const nodes = quiet(kernel, model, 4);
    for (const state of states) {
      nodes.set({ [state]: 1.5 });
      expect([state, ...numbersOf(nodes, state)]).toEqual([state, 1.5, 1.5, 1.5, 1.5]);
      nodes.set({ [state]: [0.5, 1, 2, 3] });
      expect([state, ...numbersOf(nodes, state)]).toEqual([state, 0.5, 1, 2, 3]);
      nodes.slice(1, 3).set({ [state]: 4 });
      expect([state, ...numbersOf(nodes, state)]).toEqual([state, 0.5, 4, 4, 3]);
      nodes.set({ [state]: random.uniform(1, 2) });
      const drawn = numbersOf(nodes, state);
      expect(new Set(drawn).size).toBeGreaterThan(1);
      expect(drawn.every((x) => x >= 1 && x <= 2)).toBe(true);
    }
  });

  test('has defaults of them', () => {
    const kernel = new Kernel();
    for (const state of states) {
      kernel.SetDefaults(model, { [state]: 0.5 });
      expect(kernel.GetDefaults(model, state)).toBe(0.5);
      expect(kernel.Create(model).get(state)).toBe(0.5);
    }
  });

  test('refuses what is no number', () => {
    const kernel = new Kernel();
    const nodes = quiet(kernel, model, 2);
    const before = nodes.get(states);
    for (const state of states) {
      for (const wrong of [NaN, Infinity, '1', [1], [1, NaN]]) {
        expect(() => {
          nodes.set({ [state]: wrong } as object as Values);
        }).toThrow(state);
      }
    }
    expect(nodes.get(states)).toEqual(before);
  });

  test('has them recorded as they are read', () => {
    const kernel = new Kernel();
    const nodes = kernel.Create(model, 2, currents(model, [300, 600]));
    const spikes = { spike_times: Array.from({ length: 60 }, (_, i) => 1.3 * i + 1).map(toGrid) };
    const source = kernel.Create('spike_generator', spikes);
    kernel.Connect(source, nodes, 'all_to_all', toFirst(model, model.includes('cond') ? 5 : 3));
    const record_from = kernel.GetDefaults(model, 'recordables') as string[];
    expect(new Set(record_from)).toEqual(new Set(states));
    const meter = kernel.Create('multimeter', { record_from, interval: 0.5 });
    kernel.Connect(meter, nodes);
    const read: number[][] = record_from.map(() => []);
    for (let i = 0; i < 60; i++) {
      kernel.SimulateSync(0.5);
      record_from.forEach((state, s) => read[s]!.push(...numbersOf(nodes, state)));
    }
    const { events } = meter;
    record_from.forEach((state, s) => {
      expect([state, ...(events[state] as Float64Array)]).toEqual([state, ...read[s]!]);
    });
    // In long slices, too.
    const another = new Kernel();
    const same = another.Create(model, 2, currents(model, [300, 600]));
    const again = another.Create('spike_generator', spikes);
    another.Connect(again, same, 'all_to_all', toFirst(model, model.includes('cond') ? 5 : 3));
    const whole = another.Create('multimeter', { record_from, interval: 0.5 });
    another.Connect(whole, same);
    another.SimulateSync(30);
    for (const state of record_from) expect(whole.events[state]).toEqual(events[state]);
  });
});

// Those that do not draw their spikes.
describe.each(withStates.filter(hasPotential))('%s', (model) => {
  const states = statesOf(model);

  test('goes on from the states of another neuron as that does', () => {
    const kernel = new Kernel();
    const nodes = kernel.Create(model, 2, { I_e: model === 'izhikevich' ? 12 : 800 } as Values);
    const [first, second] = [nodes.at(0), nodes.at(1)];
    const weight = model.includes('cond') ? 6 : 2;
    const inputs = Array.from({ length: 500 }, (_, i) => toGrid(0.7 * i + 1));
    const source = kernel.Create('spike_generator', { spike_times: inputs });
    kernel.Connect(source, nodes, 'all_to_all', toFirst(model, weight));
    kernel.Connect(source, nodes, 'all_to_all', { ...toFirst(model, -weight / 3), delay: 2.1 });
    const recorder = kernel.Create('spike_recorder');
    kernel.Connect(nodes, recorder);
    second.set({ V_m: -58 });
    kernel.SimulateSync(0.5);
    expect(numbersOf(second, 'V_m')).not.toEqual(numbersOf(first, 'V_m'));
    const rests: number[] = [];
    for (let i = 0; i < 30; i++) {
      for (const state of states) second.set({ [state]: numbersOf(first, state)[0]! });
      const from = recorder.n_events;
      kernel.SimulateSync(10.1);
      const senders = [...recorder.events.senders].slice(from);
      const of = (id: number) => senders.filter((sender) => sender === id).length;
      expect(of(1)).toBe(of(2));
      for (const state of states) {
        const [a = NaN, b = NaN] = numbersOf(nodes, state);
        // The size of steps that a solver tries next is no state of the neuron.
        const tolerance = solved.has(model) ? 0.02 : 1e-9;
        expect([state, Math.abs(a - b) / Math.max(1, Math.abs(a)) <= tolerance]).toEqual([
          state,
          true,
        ]);
      }
      const rest = states.find((state) => REST.test(state));
      if (rest) rests.push(numbersOf(first, rest)[0]!);
    }
    expect(recorder.n_events).toBeGreaterThan(5);
    const refracts = states.some((state) => REST.test(state)) && model !== 'aeif_cond_exp';
    expect(Math.max(0, ...rests) > 0).toBe(refracts);
  });
});

test('a neuron is held for the time that is set', () => {
  const kernel = new Kernel();
  const t_ref_remaining = [0, 0.05, 0.1, 3, 3.01];
  const nodes = kernel.Create('iaf_psc_exp', 5, { V_m: -60, t_ref_remaining, E_L: -65 });
  expect(numbersOf(nodes, 't_ref_remaining').map((ms) => Math.round(10 * ms))).toEqual([
    ...[0, 1, 1, 30, 31],
  ]);
  const meter = kernel.Create('multimeter', { record_from: ['V_m'], interval: 0.1 });
  kernel.Connect(meter, nodes);
  kernel.SimulateSync(5);
  const { senders, V_m = [] } = meter.events;
  const held = Array.from(
    nodes.ids,
    (id) => Array.from(V_m).filter((v, i) => senders[i] === id && v === -60).length,
  );
  expect(held).toEqual([0, 1, 1, 30, 31]);
});

test('currents that are set decay, and move the potential', () => {
  const kernel = new Kernel();
  const neuron = kernel.Create('iaf_psc_exp', { tau_syn_ex: 5 });
  kernel.SimulateSync(10);
  neuron.I_syn_ex = 100;
  neuron.I_syn_in = -40;
  kernel.SimulateSync(4);
  const [tau_m, C_m] = [10, 250];
  expect(neuron.I_syn_ex).toBeCloseTo(100 * Math.exp(-4 / 5), 10);
  expect(neuron.I_syn_in).toBeCloseTo(-40 * Math.exp(-4 / 2), 10);
  const moved = (I: number, tau: number) =>
    ((I / C_m) * (Math.exp(-4 / tau) - Math.exp(-4 / tau_m))) / (1 / tau_m - 1 / tau);
  expect(neuron.V_m).toBeCloseTo(-70 + moved(100, 5) + moved(-40, 2), 10);
});
