// What plastic synapses transmit spike by spike: multiplicities, chance, and time constants or
// windows that change.
import { type AnyInput, Kernel } from '../../lib';
import { column, worst } from '../reference/compare';
import { correlation } from '../reference/statistics';
import { build, randomGroups, statesOf, weightsSent } from './dopamine-protocols';

interface Wiring {
  readonly model: string;
  readonly params?: Record<string, AnyInput>;
  readonly synapse?: Record<string, AnyInput>;
  readonly times: readonly number[];
  readonly multiplicities?: readonly number[];
  readonly post?: readonly number[];
  readonly targets?: number;
  /** Targets repeat what arrives. */
  readonly repeats?: boolean;
}

/** One parrot onto others, its weights and the targets' spikes recorded. */
function wire({ model, params, synapse, times, multiplicities, post, targets, repeats }: Wiring) {
  const kernel = new Kernel();
  const source = kernel.Create('parrot_neuron');
  const nodes = kernel.Create('parrot_neuron', targets ?? 1);
  const stimulus = kernel.Create('spike_generator', {
    spike_times: times,
    spike_multiplicities: multiplicities ?? [],
  });
  kernel.Connect(stimulus, source, 'all_to_all', { delay: 1 });
  if (post) {
    const echo = kernel.Create('spike_generator', { spike_times: post });
    kernel.Connect(echo, nodes, 'all_to_all', { delay: 1 });
  }
  const weights = kernel.Create('weight_recorder');
  kernel.CopyModel(model, 'own', { weight_recorder: weights, ...params });
  const receptor_type = repeats ? 0 : 1;
  kernel.Connect(source, nodes, 'all_to_all', {
    synapse_model: 'own',
    receptor_type,
    ...synapse,
  });
  const spikes = kernel.Create('spike_recorder');
  kernel.Connect(nodes, spikes);
  return { kernel, nodes, weights, spikes, sent: () => Array.from(column(weights, 'weights')) };
}

describe('a weight_recorder gets every spike of a multiplicity', () => {
  test('pairs depress one spike after the other', () => {
    const { kernel, sent } = wire({
      model: 'stdp_synapse',
      synapse: { weight: 50 },
      times: [20],
      multiplicities: [3],
      post: [9],
    });
    kernel.SimulateSync(40);
    // Pre at 21, its delay of 1 ms dendritic; post at 10.
    const K = Math.exp(-(21 - 1 - 10) / 20);
    const expected: number[] = [];
    let w = 50;
    for (let m = 0; m < 3; m++) {
      w -= 0.01 * w * K;
      expected.push(w);
    }
    expect(worst(sent(), expected).error).toBeLessThan(1e-14);
    expect(sent().length).toBe(3);
  });

  test('resources are used up one spike after the other', () => {
    const U = 0.3;
    const { kernel, sent } = wire({
      model: 'tsodyks2_synapse',
      synapse: { weight: 2, U, u: U, tau_fac: 50, tau_rec: 300 },
      times: [5, 25],
      multiplicities: [3, 2],
    });
    kernel.SimulateSync(40);
    let [x, u, first] = [1, U, true];
    const expected: number[] = [];
    for (const [elapsed, count] of [
      [0, 3],
      [20, 2],
    ] as const) {
      for (let m = 0; m < count; m++) {
        const g = m === 0 ? elapsed : 0;
        if (!first) {
          x = 1 + (x - x * u - 1) * Math.exp(-g / 300);
          u = U + u * (1 - U) * Math.exp(-g / 50);
        }
        first = false;
        expected.push(2 * x * u);
      }
    }
    expect(worst(sent(), expected).error).toBeLessThan(1e-14);
    expect(new Set(sent()).size).toBe(5);
  });

  test('dopamine synapses send the same weight with each', () => {
    const kernel = new Kernel();
    const source = kernel.Create('parrot_neuron');
    const target = kernel.Create('parrot_neuron');
    const stimulus = kernel.Create('spike_generator', {
      spike_times: [5, 30],
      spike_multiplicities: [3, 7],
    });
    kernel.Connect(stimulus, source);
    const volume_transmitter = kernel.Create('volume_transmitter');
    kernel.Connect(source, volume_transmitter);
    const weight_recorder = kernel.Create('weight_recorder');
    kernel.CopyModel('stdp_dopamine_synapse', 'own', { volume_transmitter, weight_recorder });
    kernel.Connect(source, target, 'all_to_all', {
      synapse_model: 'own',
      weight: 0.1,
      c: 0.3,
      receptor_type: 1,
    });
    kernel.SimulateSync(50);
    const sent = Array.from(column(weight_recorder, 'weights'));
    expect(sent.slice(0, 3)).toEqual([0.1, 0.1, 0.1]);
    expect(new Set(sent.slice(3)).size).toBe(1);
    expect(sent.length).toBe(10);
    expect(sent[3]).toBeGreaterThan(0.1);
  });

  test('only what was transmitted, with its weight, zero included', () => {
    for (const weight of [0, 2.5]) {
      const { kernel, sent, spikes } = wire({
        model: 'bernoulli_synapse',
        synapse: { weight, p_transmit: 0.5 },
        times: [5, 10, 15],
        multiplicities: [10, 1, 9],
        repeats: true,
        targets: 20,
      });
      kernel.SimulateSync(30);
      expect(new Set(sent())).toEqual(new Set([weight]));
      expect(Math.abs(sent().length - 200)).toBeLessThan(5 * Math.sqrt(100));
      // The parrots repeat each.
      expect(spikes.n_events).toBe(sent().length);
    }
  });
});

test('a weight of 0 keeps no spike from a parrot', () => {
  for (const model of ['stdp_synapse', 'tsodyks_synapse']) {
    const { kernel, spikes } = wire({
      model,
      synapse: { weight: 0 },
      times: [5],
      multiplicities: [4],
      repeats: true,
    });
    kernel.SimulateSync(10);
    expect(spikes.n_events).toBe(4);
  }
});

describe('chance', () => {
  test.each([0.1, 0.5, 0.93])('bernoulli_synapse transmits a share %d of its spikes', (p) => {
    const times = Array.from({ length: 200 }, (_, i) => i + 1);
    const { kernel, sent } = wire({
      model: 'bernoulli_synapse',
      synapse: { p_transmit: p },
      times,
      targets: 300,
    });
    kernel.SimulateSync(210);
    const n = 200 * 300;
    expect(Math.abs(sent().length - n * p)).toBeLessThan(5 * Math.sqrt(n * p * (1 - p)));
  });

  // Also those that are visited one by one, because they joined later.
  test.each([false, true])('synapses of one pair of nodes draw apart (joined: %s)', (joined) => {
    const kernel = new Kernel();
    const source = kernel.Create('parrot_neuron');
    const target = kernel.Create('parrot_neuron');
    const spike_times = Array.from({ length: 3000 }, (_, i) => i + 10);
    kernel.Connect(kernel.Create('spike_generator', { spike_times }), source);
    kernel.Connect(kernel.Create('spike_generator', { spike_times: [1] }), source);
    const recorders = [0, 1].map((m) => {
      const weight_recorder = kernel.Create('weight_recorder');
      kernel.CopyModel('bernoulli_synapse', `copy ${m}`, { weight_recorder, p_transmit: 0.5 });
      return weight_recorder;
    });
    const join = (synapse_model: string, weight: number, delay: number) => {
      const synapse = { synapse_model, weight, delay, receptor_type: 1 };
      kernel.Connect(source, target, 'all_to_all', synapse);
    };
    join('copy 0', 1, 1);
    join('copy 1', 4, 1);
    if (joined) kernel.SimulateSync(5);
    join('copy 0', 2, 1);
    join('copy 0', 3, 2);
    kernel.SimulateSync(3020);
    const fired = [1, 2, 3, 4].map((weight) => {
      const column_ = new Float64Array(3000);
      for (const recorder of recorders) {
        const weights = column(recorder, 'weights');
        recorder.events.times.forEach((t, i) => {
          if (weights[i] === weight && t > 10) column_[Math.round(t) - 11] = 1;
        });
      }
      return column_;
    });
    for (let a = 0; a < 4; a++) {
      for (let b = 0; b < a; b++) {
        const r = correlation(fired[a] ?? [], fired[b] ?? []);
        expect([a, b, Math.abs(r) < 5 / Math.sqrt(3000)]).toEqual([a, b, true]);
      }
    }
  });

  test('quantal_stp_synapse releases what its formulas say in the mean', () => {
    const [n, U, tau_rec, tau_fac, weight] = [5, 0.35, 120, 60, 0.5];
    const times = [5, 12, 20, 60, 61, 200];
    const targets = 4000;
    const { kernel, weights } = wire({
      model: 'quantal_stp_synapse',
      synapse: { weight, n, a: n, U, u: U, tau_rec, tau_fac },
      times,
      targets,
    });
    kernel.SimulateSync(210);
    const sums = new Map<number, number>();
    const sent = column(weights, 'weights');
    weights.events.times.forEach((t, i) => {
      const time = Math.round(t) - 1;
      sums.set(time, (sums.get(time) ?? 0) + (sent[i] ?? NaN));
      // Whole quanta, n at most.
      const quanta = (sent[i] ?? NaN) / weight;
      if (!(Number.isInteger(quanta) && quanta >= 1 && quanta <= n)) throw new Error(`${quanta}`);
    });
    // The mean number of sites follows the same linear equations as the resources of tsodyks2.
    let [a, u] = [n, U];
    times.forEach((time, k) => {
      if (k > 0) {
        const dt = time - (times[k - 1] ?? NaN);
        u = U + u * (1 - U) * Math.exp(-dt / tau_fac);
        a += (n - a) * (1 - Math.exp(-dt / tau_rec));
      }
      const released = a * u;
      a -= released;
      const mean = (sums.get(time) ?? 0) / targets / weight;
      // The number released by n sites has a variance of n/4 at most.
      expect(Math.abs(mean - released)).toBeLessThan(5 * Math.sqrt(n / 4 / targets));
    });
    expect(sums.size).toBe(times.length);
  });
});

test('a new tau_minus acts on what depresses from then on, as in NEST', () => {
  // K⁻ is kept at every spike of the target, and decays from there with the present tau_minus.
  const [before, after, change] = [20, 8, 50];
  const pre = [12, 31, 49, 55, 58, 90];
  const post = [10, 25, 45, 57, 80];
  const kernel = new Kernel();
  const source = kernel.Create('parrot_neuron');
  const target = kernel.Create('parrot_neuron', { tau_minus: before });
  const drive = (times: readonly number[], node: typeof source) => {
    const generator = kernel.Create('spike_generator', { spike_times: times.map((t) => t - 1) });
    kernel.Connect(generator, node, 'all_to_all', { delay: 1 });
  };
  drive(pre, source);
  drive(post, target);
  const volume_transmitter = kernel.Create('volume_transmitter');
  kernel.CopyModel('stdp_dopamine_synapse', 'own', { volume_transmitter, A_plus: 0, tau_c: 100 });
  const delay = 3;
  kernel.Connect(source, target, 'all_to_all', {
    synapse_model: 'own',
    weight: 1,
    delay,
    receptor_type: 1,
  });
  kernel.SimulateSync(change);
  target.set({ tau_minus: after });
  kernel.SimulateSync(50);
  const tau = (t: number) => (t <= change ? before : after);
  const traces: number[] = [];
  post.forEach((p, k) => {
    const last = traces[k - 1] ?? 0;
    traces.push(1 + last * Math.exp(-(p - (post[k - 1] ?? p)) / tau(p)));
  });
  let c = 0;
  for (const t of pre) {
    const k = post.filter((p) => p < t - delay).length - 1;
    const K = k < 0 ? 0 : (traces[k] ?? NaN) * Math.exp(-(t - delay - (post[k] ?? NaN)) / tau(t));
    c -= 1.5 * K * Math.exp(-(100 - t) / 100);
  }
  const synapse = kernel.GetConnections({ synapse_model: 'own' });
  expect(worst(synapse.get('c'), [c]).error).toBeLessThan(1e-13);
  expect(Math.abs(c)).toBeGreaterThan(1);
});

test('how long synapses wait for a silent source makes no difference but of rounding', () => {
  const run = (longest: number) => {
    const built = build(randomGroups(103, 12, 50_000));
    const { kernel } = built;
    // Synapses wait for twice the longest delay, at least.
    const pair = kernel.Create('parrot_neuron', 2);
    kernel.Connect(pair.at(0), pair.at(1), 'all_to_all', { delay: longest });
    kernel.SimulateSync(5000);
    return {
      sent: weightsSent(built).flat(),
      states: statesOf(built).flatMap((s) => [s.weight, s.c, s.n, s.Kplus]),
      flushed: kernel.GetKernelStatus().visits_flushed,
    };
  };
  const usual = run(1);
  for (const longest of [700, 1500]) {
    const other = run(longest);
    expect(other.flushed).toBeLessThan(usual.flushed);
    expect(other.sent.length).toBeGreaterThan(1000);
    expect(worst(other.sent, usual.sent).error).toBeLessThan(1e-12);
    expect(worst(other.states, usual.states).error).toBeLessThan(1e-12);
  }
});

test('weights of one time, source and target are listed in the same order however a run is cut', () => {
  const rows = (runs: readonly number[]) => {
    const kernel = new Kernel();
    const weight_recorder = kernel.Create('weight_recorder');
    const spike_times = [1, 4.2, 4.3, 7];
    const parrots = kernel.Create('parrot_neuron', 2);
    kernel.Connect(kernel.Create('spike_generator', { spike_times }), parrots.at(0));
    for (const model of ['stdp_synapse', 'static_synapse', 'tsodyks_synapse']) {
      kernel.CopyModel(model, `recorded_${model}`, { weight_recorder });
      const syn = { synapse_model: `recorded_${model}`, weight: 2 + model.length, delay: 3 };
      kernel.Connect(parrots.at(0), parrots.at(1), 'all_to_all', syn);
    }
    for (const ms of runs) kernel.SimulateSync(ms);
    return weight_recorder.events;
  };
  const whole = rows([20]);
  expect(whole.weights).toHaveLength(12);
  expect(rows([5.3, 2.5, 12.2])).toEqual(whole);
  expect(rows(Array.from({ length: 200 }, () => 0.1))).toEqual(whole);
});
