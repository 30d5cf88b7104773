// Every synapse model with extreme parameters that it accepts: after a run all that can be read is
// finite, or an error says what is not.
import { Kernel, type NodeCollection, TegmentaError } from '../../lib';
import { plasticNames } from './plastic-models';

const extremes = [
  0, 1, -1, 0.5, 1.5, 1000, 1e-10, -1e-10, 1e-300, -1e-300, 1e10, -1e10, 1e100, -1e100, 1e300,
  -1e300,
];
/** What is no number of the rule, or is set through others. */
const others = new Set(['delay', 'd', 'receptor_type', 'synapse_label', 'num_connections']);
const mayBeInfinite = new Set(['Wmin', 'Wmax']);

let seed = 20261128;
const draw = (n: number): number => {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return Math.floor((seed / 2147483648) * n);
};

type Values = Record<string, number>;

/** Simulates synapses of the model onto a neuron and a parrot; gives what could be read. */
function statesAfterRun(model: string, values: Values): Values[] {
  const kernel = new Kernel();
  try {
    const defaults = kernel.GetDefaults(model) as Record<string, unknown>;
    const bound: Record<string, NodeCollection> = {};
    const pre = kernel.Create('spike_generator', 1, {
      spike_times: [1, 1.1, 5, 20, 20.1, 20.2, 40, 60],
    });
    const post = kernel.Create('spike_generator', 1, {
      spike_times: [3, 3.1, 10, 20, 30, 41, 41.1, 70],
    });
    const parrots = kernel.Create('parrot_neuron', 2);
    const neuron = kernel.Create('iaf_psc_delta');
    kernel.Connect(pre, parrots.slice(0, 1));
    kernel.Connect(post, parrots.slice(1, 2));
    kernel.Connect(parrots.slice(1, 2), neuron, 'all_to_all', { weight: 1000 });
    if ('volume_transmitter' in defaults) {
      bound.volume_transmitter = kernel.Create('volume_transmitter');
      kernel.Connect(parrots.slice(1, 2), bound.volume_transmitter);
    }
    if ('reward_transmitter' in defaults) {
      bound.reward_transmitter = kernel.Create('reward_transmitter', 1, {
        reward_times: [5, 30, 50],
        reward_values: [1, -1, 2],
        ...{ A_1: 0.1, A_2: 0.05, pulse: 0.5, kappa_plus: 1, kappa_minus: -1 },
      });
      for (const receptor_type of [0, 1, 2]) {
        kernel.Connect(parrots, bound.reward_transmitter, 'all_to_all', { receptor_type });
      }
    }
    kernel.CopyModel(model, 'extreme', { ...bound, ...values });
    for (const [target, receptor_type] of [
      [neuron, 0],
      [parrots.slice(1, 2), 1],
    ] as const) {
      kernel.Connect(parrots.slice(0, 1), target, 'all_to_all', {
        synapse_model: 'extreme',
        receptor_type,
      });
    }
    const states: Values[] = [];
    for (let i = 0; i < 2; i++) {
      kernel.SimulateSync(40);
      const connections = kernel.GetConnections({ synapse_model: 'extreme' });
      for (const key of Object.keys(defaults)) {
        if (others.has(key) || mayBeInfinite.has(key) || key.endsWith('transmitter')) continue;
        if (typeof defaults[key] !== 'number') continue;
        for (const x of connections.get(key) as ArrayLike<number> as number[]) {
          states.push({ [key]: x });
        }
      }
      states.push({ V_m: neuron.get('V_m') });
    }
    return states;
  } catch (error) {
    if (error instanceof TegmentaError) return [];
    throw error;
  } finally {
    kernel.dispose();
  }
}

test.each(plasticNames)('%s has finite states, or a run that fails', (model) => {
  const defaults = new Kernel().GetDefaults(model) as Record<string, unknown>;
  const names = Object.keys(defaults).filter(
    (name) => typeof defaults[name] === 'number' && !others.has(name),
  );
  const sets: Values[] = names.flatMap((name) => extremes.map((x) => ({ [name]: x })));
  for (let i = 0; i < 40; i++) {
    const values: Values = {};
    for (let j = 0; j < 2 + draw(3); j++) {
      values[names[draw(names.length)] ?? 'weight'] = extremes[draw(extremes.length)] ?? 0;
    }
    sets.push(values);
  }
  let read = 0;
  for (const values of sets) {
    for (const state of statesAfterRun(model, values)) {
      read++;
      const [[name, x] = ['', 0]] = Object.entries(state);
      if (!Number.isFinite(Number(x))) {
        throw new Error(`${name} = ${x} of ${model} with ${JSON.stringify(values)}`);
      }
    }
  }
  expect(read).toBeGreaterThan(100);
});

describe('negative weights of stdp_pl_synapse_hom', () => {
  const refused = expect.objectContaining({
    name: 'BadProperty',
    parameter: 'weight',
    value: -3,
    allowed: '≥ 0',
  }) as Error;

  test('are refused wherever they are given', () => {
    const kernel = new Kernel();
    const nodes = kernel.Create('parrot_neuron', 4);
    const synapse_model = 'stdp_pl_synapse_hom';
    expect(() => kernel.Connect(nodes, nodes, 'all_to_all', { synapse_model, weight: -3 })).toThrow(
      refused,
    );
    const array = [1, 1, -3, 1];
    expect(() =>
      kernel.Connect(nodes, nodes, 'one_to_one', { synapse_model, weight: array }),
    ).toThrow(refused);
    expect(() => kernel.SetDefaults(synapse_model, { weight: -3 })).toThrow(refused);
    expect(() => kernel.CopyModel(synapse_model, 'negative', { weight: -3 })).toThrow(refused);
    expect(kernel.GetKernelStatus('num_connections')).toBe(0);
    kernel.Connect(nodes, nodes, 'one_to_one', { synapse_model, weight: 0 });
    const connections = kernel.GetConnections();
    expect(() => connections.set({ weight: -3 })).toThrow(refused);
    expect(() => connections.set({ weight: array })).toThrow(refused);
    expect(Array.from(connections.weight)).toEqual([0, 0, 0, 0]);
  });
});
