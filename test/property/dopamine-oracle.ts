// The dopamine rule, event by event and in plain arithmetic: slow and short, to compare with.

export interface Spike {
  readonly step: number;
  readonly multiplicity: number;
}

export interface Rule {
  readonly A_plus: number;
  readonly A_minus: number;
  readonly tau_plus: number;
  readonly tau_c: number;
  readonly tau_n: number;
  readonly b: number;
  readonly Wmin: number;
  readonly Wmax: number;
}

export interface Train {
  readonly pre: readonly Spike[];
  readonly post: readonly Spike[];
  /** Dopamine, at the steps when it reaches the transmitter. */
  readonly dopamine: readonly Spike[];
}

export interface Synapse {
  readonly weight: number;
  /** Steps. */
  readonly delay: number;
  readonly tau_minus: number;
}

export interface State {
  weight: number;
  c: number;
  n: number;
  Kplus: number;
}

const h = 0.1;

/**
 * Every weight sent, and the states read at the given steps, after all events there.
 * ruleAt: the rule from a step on; it may change at any of `changes`, where nothing else happens.
 */
export function solve(
  { pre, post, dopamine }: Train,
  { weight, delay, tau_minus }: Synapse,
  ruleAt: (step: number) => Rule,
  reads: readonly number[],
  changes: readonly number[] = [],
): { sent: number[]; states: State[] } {
  const events = [
    ...dopamine.map((s) => ({ ...s, kind: 'dopamine' as const, rank: 0 })),
    ...post.map((s) => ({ ...s, step: s.step + delay, kind: 'post' as const, rank: 1 })),
    ...pre.map((s) => ({ ...s, kind: 'pre' as const, rank: 2 })),
    ...reads.map((step) => ({ step, multiplicity: 1, kind: 'read' as const, rank: 3 })),
    ...changes.map((step) => ({ step, multiplicity: 1, kind: 'change' as const, rank: 4 })),
  ].sort((a, b) => a.step - b.step || a.rank - b.rank);
  let [w, c, n, Kplus, now] = [weight, 0, 0, 0, 0];
  const sent: number[] = [];
  const states: State[] = [];
  let rule = ruleAt(0);
  const clip = (x: number) => Math.min(Math.max(x, rule.Wmin), rule.Wmax);
  const drift = (dt: number) => {
    const { tau_c, tau_n, b } = rule;
    const rate = 1 / tau_c + 1 / tau_n;
    const change = (-n / rate) * Math.expm1(-rate * dt) + b * tau_c * Math.expm1(-dt / tau_c);
    w = clip(clip(w) + c * change);
    c *= Math.exp(-dt / tau_c);
    n *= Math.exp(-dt / tau_n);
    Kplus *= Math.exp(-dt / rule.tau_plus);
  };
  for (const { step, multiplicity, kind } of events) {
    const dt = (step - now) * h;
    if (dt > 0) {
      const { tau_n, b } = rule;
      // Bounds hold at every moment: n may fall to b in between, and w turn back from one.
      const turn = b !== 0 && n / b > 1 ? tau_n * Math.log(n / b) : Infinity;
      if (turn < dt) {
        drift(turn);
        n = b;
        drift(dt - turn);
      } else {
        drift(dt);
      }
      now = step;
    }
    if (kind === 'change') {
      rule = ruleAt(step);
      continue;
    }
    w = clip(w);
    if (kind === 'read') states.push({ weight: w, c, n, Kplus });
    if (kind === 'dopamine') n += multiplicity / rule.tau_n;
    if (kind === 'post') c += multiplicity * rule.A_plus * Kplus;
    if (kind === 'pre') {
      const t = step - delay;
      const Kminus = post
        .filter((p) => p.step < t)
        .reduce((sum, p) => sum + p.multiplicity * Math.exp((-(t - p.step) * h) / tau_minus), 0);
      c -= multiplicity * rule.A_minus * Kminus;
      for (let i = 0; i < multiplicity; i++) sent.push(w);
      Kplus += multiplicity;
    }
  }
  return { sent, states };
}
