// What stdp-reward-oracle.ts works out, by its definition: c is a sum over pairs of spikes, d one over
// spikes that reached the transmitter, and their product is integrated in steps so small that it does
// not matter that bounds are looked for at their ends only.
import {
  type Arrival,
  h,
  kappa,
  type Setting,
  type Signal,
  type State,
  type Synapse,
} from './stdp-reward-oracle';

/** Of Gauss's rule of five points on [−1, 1]: places, the negative ones left out, and weights. */
const MIDDLE = 128 / 225;
const NODES = [-1, 1].map((sign) => ({
  place: Math.sqrt(5 + sign * 2 * Math.sqrt(10 / 7)) / 3,
  weight: (322 - sign * 13 * Math.sqrt(70)) / 900,
}));

/** ∫ f from a to b: Gauss's rule of five points in each of so many panels. */
export function gauss(f: (t: number) => number, a: number, b: number, panels = 1): number {
  const half = (b - a) / panels / 2;
  let sum = 0;
  for (let i = 0; i < panels; i++) {
    const middle = a + (2 * i + 1) * half;
    sum += MIDDLE * f(middle);
    for (const { place, weight } of NODES) {
      sum += weight * (f(middle - half * place) + f(middle + half * place));
    }
  }
  return half * sum;
}

const alpha = (s: number, tau: number) => (s > 0 ? (s / tau) * Math.exp(-s / tau) : 0);
const decay = (s: number, tau: number) => (s >= 0 ? Math.exp(-s / tau) : 0);
const inForce = (settings: readonly Setting[], step: number, otherwise: number) =>
  settings.filter((s) => s.step < step).reduce((_last, s) => s.value, otherwise);

/** Known up to a step: what reached the transmitter and was not forgotten. */
function rewardAt({ parameters: p, arrivals, clears }: Signal, step: number) {
  const known = arrivals.filter(
    (a) => a.step < step && !clears.some((clear) => a.emitted <= clear && clear < step),
  );
  return (t: number) =>
    known.reduce(
      (d, a) =>
        d +
        a.weight *
          (p.A_1 * alpha(t - a.step * h, p.tau_1) - p.A_2 * alpha(t - a.step * h, p.tau_2)),
      0,
    );
}

/** Area of all pulses of a step. */
function pulsesAt(signal: Signal, step: number): number {
  const { parameters: p, arrivals, learner, target, clears } = signal;
  const forgotten = (...spikes: readonly Arrival[]) =>
    clears.some((clear) => clear < step && spikes.some((s) => s.emitted <= clear));
  const own = arrivals.filter((a) => a.step === step && !forgotten(a));
  const paired = learner.flatMap((l) =>
    target
      .filter((t) => Math.max(l.step, t.step) === Math.round(step - p.kappa_delay / h))
      .filter((t) => Math.abs(l.step - t.step) * h < p.kappa_window + h / 2 && !forgotten(l, t))
      .map((t) => l.weight * t.weight * kappa((l.step - t.step) * h, p)),
  );
  return [...own.map((a) => a.weight * p.pulse), ...paired].reduce((sum, area) => sum + area, 0);
}

/** Pairs, each with the moment of the later spike. */
interface Pair {
  readonly step: number;
  readonly W: number;
}

/** All pairs of which the later spike is one of `now`, at this step, and the other one of `before`. */
function pairsOf(
  { rule, tau_minus, delay, pre, post }: Synapse,
  step: number,
  kind: 'pre' | 'post',
  weight: number,
): Pair[] {
  const arrived = pre.map((s) => ({ ...s, step: s.step + delay }));
  const [own, others] = kind === 'pre' ? [arrived, post] : [post, arrived];
  const [A, mu, tau] =
    kind === 'pre'
      ? [-rule.A_minus, rule.mu_minus, tau_minus]
      : [rule.A_plus, rule.mu_plus, rule.tau_plus];
  const f = A * rule.w_0 ** (1 - mu) * weight ** mu;
  return own
    .filter((s) => s.step === step)
    .flatMap((s) =>
      others
        .filter((o) => o.step < step && (step - o.step) * h > rule.gap + h / 2)
        .map((o) => ({
          step,
          W: s.multiplicity * o.multiplicity * f * decay((step - o.step) * h, tau),
        })),
    );
}

/** Weights transmitted without short-term plasticity, and w, c, g at some steps. */
export function integrate(
  synapse: Synapse,
  signal: Signal,
  reads: readonly number[],
  rates: readonly Setting[] = [],
  finer = 10,
): { sent: number[]; states: Omit<State, 'u' | 'x'>[] } {
  const { rule, pre, delay } = synapse;
  const clip = (w: number) => Math.min(Math.max(w, rule.Wmin), rule.Wmax);
  const kernel = rule.alpha_kernel ? alpha : decay;
  const pairs: Pair[] = [];
  const sumOf = (f: typeof decay, t: number) =>
    pairs.reduce((sum, pair) => sum + pair.W * f(t - pair.step * h, rule.tau_c), 0);
  const c = (t: number) => sumOf(kernel, t);
  const [sent, states]: [number[], Omit<State, 'u' | 'x'>[]] = [[], []];
  let w = clip(synapse.weight);
  for (let step = 1; step <= Math.max(...reads); step++) {
    const rate = inForce(rates, step, rule.learning_rate);
    const level = inForce(signal.levels, step, 0);
    const caused = rewardAt(signal, step);
    for (let k = 0; k < finer; k++) {
      const from = (step - 1 + k / finer) * h;
      w = clip(w + rate * gauss((t) => c(t) * (level + caused(t)), from, from + h / finer));
    }
    w = clip(w + rate * c(step * h) * pulsesAt(signal, step));
    const arriving = pre.filter((s) => s.step + delay === step);
    for (const { multiplicity } of arriving) {
      for (let i = 0; i < multiplicity; i++) sent.push(rule.weight_scale * w);
    }
    pairs.push(...pairsOf(synapse, step, 'pre', w), ...pairsOf(synapse, step, 'post', w));
    if (reads.includes(step)) {
      states.push({
        weight: w,
        c: c(step * h),
        g: rule.alpha_kernel ? sumOf(decay, step * h) : 0,
      });
    }
  }
  return { sent, states };
}
