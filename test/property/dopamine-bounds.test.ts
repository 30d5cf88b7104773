// Dopamine synapses at their bounds: what a fine integration gives, in which bounds hold at every
// moment, whatever else is asked or happens meanwhile.
import { Kernel } from '../../lib';
import { worst } from '../reference/compare';
import type { Rule, Spike, Synapse, Train } from './dopamine-oracle';
import { build, randomGroups, statesOf, weightsSent } from './dopamine-protocols';
import { uniformNumbers } from './uniform-numbers';

const h = 0.1;
const finer = 10; // steps of the integration in one of ours

/**
 * Midpoint rule of dw/dt = c (n − b) within bounds; weights sent, and weights after all events at
 * some steps. everywhere: false clips at events alone.
 */
function integrate(
  { pre, post, dopamine }: Train,
  { weight, delay, tau_minus }: Synapse,
  rule: Rule,
  reads: readonly number[],
  everywhere = true,
): { sent: number[]; weights: number[] } {
  const at = (spikes: Train['pre'], shift = 0) =>
    new Map(spikes.map((s) => [s.step + shift, s.multiplicity]));
  const [pres, arriving, posts, releases] = [at(pre), at(post, delay), at(post), at(dopamine)];
  const dt = h / finer;
  const half = Math.exp(-dt / 2 / rule.tau_c);
  const halfN = Math.exp(-dt / 2 / rule.tau_n);
  const [decayPlus, decayMinus] = [Math.exp(-h / rule.tau_plus), Math.exp(-h / tau_minus)];
  const { b, tau_n, A_plus, A_minus, Wmin, Wmax } = rule;
  const clip = (x: number) => (x < Wmin ? Wmin : x > Wmax ? Wmax : x);
  const last = Math.max(...reads);
  let [w, c, n, Kplus, Kminus] = [weight, 0, 0, 0, 0];
  const sent: number[] = [];
  const weights: number[] = [];
  for (let step = 1; step <= last; step++) {
    for (let k = 0; k < finer; k++) {
      w += dt * c * half * (n * halfN - b);
      if (everywhere) w = clip(w);
      c *= half * half;
      n *= halfN * halfN;
    }
    Kplus *= decayPlus;
    // Spikes of the target that K− knows: those before step − delay.
    Kminus = (Kminus + (posts.get(step - delay - 1) ?? 0)) * decayMinus;
    const spikes = pres.get(step) ?? 0;
    const facilitates = arriving.get(step) ?? 0;
    const pulses = releases.get(step) ?? 0;
    if (spikes || facilitates || pulses) w = clip(w);
    n += pulses / tau_n;
    c += facilitates * A_plus * Kplus;
    if (spikes) {
      c -= spikes * A_minus * Kminus;
      for (let i = 0; i < spikes; i++) sent.push(w);
      Kplus += spikes;
    }
    if (reads.includes(step)) weights.push(clip(w));
  }
  return { sent, weights };
}

// Baselines that dopamine rises above and falls below again, and little room between the bounds.
function boundedGroups(seed: number, count: number, steps: number) {
  const uniform = uniformNumbers(1000 + seed);
  const sign = () => (uniform(0, 1) < 0.5 ? -1 : 1);
  const rare = (spikes: readonly Spike[]) => spikes.filter(() => uniform(0, 1) < 0.3);
  return randomGroups(seed, count, steps).map((group) => {
    const [tau_c, tau_n] = [uniform(100, 1000), uniform(20, 100)];
    const modulated = group.model === 'neuromodulated_stdp_synapse';
    const A_vt = modulated ? sign() : 1;
    const [Wmin, room] = [uniform(-2, 2), uniform(0.02, 0.6)];
    const inside = () => Wmin + room * Math.min(Math.max(uniform(-1, 2), 0), 1);
    const b = ((uniform(0, 1) < 0.8 ? A_vt : -A_vt) * uniform(0.05, 1.5)) / tau_n;
    return {
      ...group,
      dopamine: rare(group.dopamine),
      pre: group.pre.map(rare),
      post: group.post.map(rare),
      A_vt,
      rule: {
        ...group.rule,
        A_plus: sign() * uniform(0.5, 2),
        A_minus: sign() * uniform(0.5, 2),
        tau_c,
        tau_n,
        b,
        Wmin,
        Wmax: Wmin + room,
      },
      weight: group.weight.map((row) => row.map(inside)),
    };
  });
}

const total = { weights: 0, different: 0, positive: 0, by_stretch: 0, by_event: 0 };

test.each([1, 2, 3, 4, 5, 6, 7, 8])('random protocols, seed %d', (seed) => {
  const reads = [1234, 3000];
  const built = build(boundedGroups(seed, 12, 3000));
  const seen = reads.map((step, i) => {
    built.kernel.SimulateSync((step - (reads[i - 1] ?? 0)) / 10);
    return statesOf(built);
  });
  const sent = weightsSent(built);
  built.protocols.forEach((p, i) => {
    const expected = integrate(p.train, p.synapse, p.rule, reads);
    expect(sent[i]?.length).toBe(expected.sent.length);
    const own = [...(sent[i] ?? []), ...seen.map((all) => all[i]?.weight ?? NaN)];
    const right = [...expected.sent, ...expected.weights];
    const error = worst(own, right).error;
    expect(error <= 1e-6 ? '' : `${error}: ${JSON.stringify(p)}`).toBe('');
    total.weights += own.length;
    const coarse = integrate(p.train, p.synapse, p.rule, reads, false);
    if (worst([...coarse.sent, ...coarse.weights], right).error > 1e-4) total.different++;
    total.positive += seen.filter((all) => (all[i]?.c ?? 0) > 0).length;
  });
  const status = built.kernel.GetKernelStatus();
  total.by_stretch += status.visits_by_stretch;
  total.by_event += status.visits_by_event;
});

test('these turned back from bounds between events, with both signs of eligibility', () => {
  expect(total.weights).toBeGreaterThan(1000);
  expect(total.different).toBeGreaterThan(25);
  expect(total.positive).toBeGreaterThan(200);
  expect(total.by_stretch).toBeGreaterThan(200);
  expect(total.by_event).toBeGreaterThan(200);
});

const weightOf = (kernel: Kernel): number =>
  kernel.GetConnections({ synapse_model: 'copy' }).weight[0] ?? NaN;

// One spike of dopamine, a weight near its upper bound, and a baseline that n falls below.
describe('a weight that leaves its bound', () => {
  const model = {
    stdp_dopamine_synapse: { sign: 1, own: {} },
    neuromodulated_stdp_synapse: { sign: -1, own: { A_vt: -1 } },
  };
  // The mirror image of it has negative dopamine, baseline and bounds the other way round.
  const run = (
    name: keyof typeof model,
    preTimes: readonly number[],
    runs: readonly number[],
    local_num_threads = 1,
  ): number[] => {
    const { sign, own } = model[name];
    const kernel = new Kernel();
    kernel.SetKernelStatus({ local_num_threads });
    const [pre, post, dopamine] = [0, 1, 2].map(() => kernel.Create('parrot_neuron'));
    if (!pre || !post || !dopamine) throw new Error('no neurons');
    const volume_transmitter = kernel.Create('volume_transmitter');
    const delay = 0.1;
    const drive = (target: typeof pre, spike_times: readonly number[]) => {
      const generator = kernel.Create('spike_generator', { spike_times });
      kernel.Connect(generator, target, 'all_to_all', { delay });
    };
    drive(dopamine, [10.3]);
    kernel.Connect(dopamine, volume_transmitter, 'all_to_all', { delay }); // arrives at 10.5
    drive(pre, preTimes);
    const bounds = sign > 0 ? { Wmin: 0, Wmax: 5.2 } : { Wmin: -5.2, Wmax: 0 };
    const time = { tau_c: 1000, tau_n: 50 };
    kernel.CopyModel(name, 'copy', {
      volume_transmitter,
      b: 0.005 * sign,
      ...time,
      ...bounds,
      ...own,
    });
    kernel.Connect(pre, post, 'one_to_one', {
      synapse_model: 'copy',
      weight: 5.1 * sign,
      c: 1,
      delay,
      receptor_type: 1,
    });
    return runs.map((ms) => {
      kernel.SimulateSync(ms);
      return sign * weightOf(kernel);
    });
  };
  const names = Object.keys(model) as (keyof typeof model)[];
  const quarters = [100, 100, 100, 100];

  test.each(names)('%s: as integrated in steps of 0.5 µs', (name) => {
    const expected = [5.1837, 4.87943, 4.50533, 4.15473];
    run(name, [], quarters).forEach((w, i) => {
      expect(Math.abs(w - (expected[i] ?? NaN))).toBeLessThan(6e-6);
    });
  });

  test.each(names)('%s: spikes that change nothing change no weight', (name) => {
    const [alone] = run(name, [], [400]);
    for (const times of [[60], [60, 200, 300], [1, 10.4, 10.5, 79.7, 79.8], [399]]) {
      expect(worst(run(name, times, [400]), [alone ?? NaN]).error).toBeLessThanOrEqual(1e-14);
    }
  });

  test.each(names)('%s: how a run is split and read changes nothing, bit for bit', (name) => {
    const long = [400, 2000];
    const [first, last] = run(name, [60], long);
    expect(run(name, [60], quarters)[3]).toBe(first);
    const many = [...Array<number>(400).fill(1), ...Array<number>(200).fill(10)];
    const fine = run(name, [60], many);
    expect([fine[399], fine[599]]).toEqual([first, last]);
    expect(run(name, [60], long, 2)).toEqual([first, last]);
  });
});

// Bounds that change act at once: a weight outside is brought in when time goes on.
test('bounds set closer than the weight', () => {
  const after = (Wmax: number, laidOut: boolean): number => {
    const kernel = new Kernel();
    const [pre, post] = [kernel.Create('parrot_neuron'), kernel.Create('parrot_neuron')];
    const volume_transmitter = kernel.Create('volume_transmitter');
    kernel.CopyModel('stdp_dopamine_synapse', 'copy', { volume_transmitter, b: 0.01, Wmax: 9 });
    kernel.Connect(pre, post, 'one_to_one', { synapse_model: 'copy', weight: 5, c: 0.1 });
    const weight = () => weightOf(kernel);
    if (laidOut) weight();
    kernel.SetDefaults('copy', { Wmax });
    expect(weight()).toBe(Wmax);
    kernel.SimulateSync(100);
    return weight();
  };
  const drop = 0.1 * 0.01 * 1000 * -Math.expm1(-0.1);
  for (const laidOut of [false, true]) {
    const weights = [after(4, laidOut), after(5, laidOut)];
    expect(worst(weights, [4 - drop, 5 - drop]).error).toBeLessThanOrEqual(1e-12);
  }
});
