// The same protocol, event-driven in a kernel and step by step with dense matrices.
import fc from 'fast-check';
import { Kernel, MSTDPETSynapse, VarTrace, presets } from '../../lib';
import { at } from './oracle';

const steps = 120;
const inputs = 3;
const outputs = 2;
const tau_plus = 20;
const tau_minus = 30;

interface Rule {
  readonly A_plus: number;
  readonly A_minus: number;
  readonly eta: number;
  readonly mu: number;
  readonly tau_elg: number;
  readonly elg_decay: number;
  readonly tau_w: number;
  readonly w_bound: number;
}

interface Protocol {
  readonly rule: Rule;
  /** Steps with a spike, from 1. */
  readonly pre: readonly number[][];
  readonly post: readonly number[][];
  readonly reward: readonly number[];
  readonly weights: readonly number[];
}

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const train = fc
  .uniqueArray(fc.integer({ min: 1, max: steps }), { minLength: 5, maxLength: 40 })
  .map((times) => times.sort((a, b) => a - b));
const list = <T>(entry: fc.Arbitrary<T>, n: number) =>
  fc.array(entry, { minLength: n, maxLength: n });

const protocol: fc.Arbitrary<Protocol> = fc.record({
  rule: fc.record({
    A_plus: number(0.05, 0.5),
    A_minus: number(0, 0.5),
    eta: number(0.1, 1),
    mu: fc.constantFrom(0, 0.5, 1),
    tau_elg: fc.constantFrom(0, 10, 25),
    elg_decay: fc.constantFrom(1, 0.95),
    tau_w: fc.constantFrom(0, 300),
    w_bound: fc.constantFrom(1, 1.5),
  }),
  pre: list(train, inputs),
  post: list(train, outputs),
  reward: list(number(-1, 1), steps),
  weights: list(number(0.1, 0.9), inputs * outputs),
});

/** Weights after every step, inputs × outputs. */
function eventDriven({ rule, pre, post, reward, weights }: Protocol): number[][] {
  using kernel = new Kernel();
  kernel.SetKernelStatus({ resolution: 1 });
  const sources = kernel.Create('clamped_neuron', inputs, { spike_times: pre });
  const targets = kernel.Create('clamped_neuron', outputs, { spike_times: post, tau_minus });
  const reward_transmitter = kernel.Create('reward_transmitter', {
    reward_times: reward.map((_, s) => s + 1),
    reward_values: reward,
  });
  const common = {
    A_plus: rule.A_plus,
    A_minus: -rule.A_minus,
    eta: rule.eta,
    tau_plus,
    Wmax: rule.w_bound,
    mu_plus: rule.mu,
    mu_minus: rule.mu,
    tau_w: rule.tau_w,
    reward_transmitter,
  };
  if (rule.tau_elg > 0) {
    kernel.CopyModel('mstdpet_synapse', 'learning', {
      ...presets.mstdpet_synapse.ngclearn,
      ...common,
      tau_elig: rule.tau_elg,
      elig_decay: rule.elg_decay,
    });
  } else {
    kernel.CopyModel('mstdp_synapse', 'learning', { ...presets.mstdp_synapse.ngclearn, ...common });
  }
  for (const [k, weight] of weights.entries()) {
    const source = sources.at(Math.floor(k / outputs));
    const spec = { synapse_model: 'learning', weight, delay: 1 };
    kernel.Connect(source, targets.at(k % outputs), 'one_to_one', spec);
  }
  const synapses = kernel.GetConnections({ synapse_model: 'learning' });
  const target0 = at(targets.ids, 0);
  const source0 = at(sources.ids, 0);
  const place = Array.from(synapses.source, (source, s) => {
    return (source - source0) * outputs + at(synapses.target, s) - target0;
  });
  return reward.map(() => {
    kernel.SimulateSync(1);
    const seen = synapses.weight;
    const ordered: number[] = [];
    for (const [s, k] of place.entries()) ordered[k] = at(seen, s);
    return ordered;
  });
}

function dense({ rule, pre, post, reward, weights }: Protocol): number[][] {
  const synapse = new MSTDPETSynapse({
    shape: [inputs, outputs],
    ...rule,
    weight_init: [...weights],
  });
  const preTrace = new VarTrace({ n_units: inputs, tau_tr: tau_plus, a_delta: 1 });
  const postTrace = new VarTrace({ n_units: outputs, tau_tr: tau_minus, a_delta: 1 });
  return reward.map((r, s) => {
    const spikes = (trains: readonly number[][]) =>
      trains.map((train) => (train.includes(s + 1) ? 1 : 0));
    synapse.preSpike = preTrace.inputs = spikes(pre);
    synapse.postSpike = postTrace.inputs = spikes(post);
    preTrace.advance(1);
    postTrace.advance(1);
    synapse.preTrace = preTrace.trace;
    synapse.postTrace = postTrace.trace;
    synapse.modulator = r;
    synapse.evolve(1);
    return [...synapse.weights];
  });
}

test('the event-driven and the dense synapse give the same weights on the same protocol', () => {
  let moved = 0;
  fc.assert(
    fc.property(protocol, (p) => {
      const [events, matrices] = [eventDriven(p).flat(), dense(p).flat()];
      expect(events).toHaveLength(steps * inputs * outputs);
      const off = events.map((w, k) => Math.abs(w - at(matrices, k)));
      expect(Math.max(...off)).toBeLessThan(1e-12);
      moved += Math.abs(at(events, 0) - at(events, events.length - outputs * inputs));
    }),
    { numRuns: 40 },
  );
  expect(moved).toBeGreaterThan(1);
});
