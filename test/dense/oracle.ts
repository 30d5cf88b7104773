// The rules of the dense synapses in plain loops, from the equations in their documentation.

export interface StdpRule {
  readonly n: number;
  readonly m: number;
  readonly batch: number;
  readonly A_plus: number;
  readonly A_minus: number;
  readonly eta: number;
  readonly mu: number;
  readonly pretrace_target: number;
  readonly tau_w: number;
  readonly w_min: number;
  readonly w_bound: number;
  readonly tau_elg: number;
  readonly elg_decay: number;
  readonly mask: readonly number[] | undefined;
}

/** One step's spikes and traces, [sample][unit]. */
export interface Activity {
  readonly preSpike: readonly number[][];
  readonly postSpike: readonly number[][];
  readonly preTrace: readonly number[][];
  readonly postTrace: readonly number[][];
}

export const zeros = (n: number): number[] => Array.from({ length: n }, () => 0);

/** values[i], which has to be there. */
export function at<T>(values: ArrayLike<T>, i: number): T {
  if (i < 0 || i >= values.length) throw new RangeError(`${i} of ${values.length}`);
  return values[i] as T;
}

const power = (x: number, y: number): number => (x > 0 ? Math.pow(x, y) : 0);

function pairing(r: StdpRule, a: Activity, w: number, b: number, j: number, i: number): number {
  let up = r.A_plus * (at(at(a.preTrace, b), j) - r.pretrace_target) * at(at(a.postSpike, b), i);
  let down = Math.max(r.A_minus, 0) * at(at(a.preSpike, b), j) * at(at(a.postTrace, b), i);
  if (r.mu > 0) {
    up *= power(r.w_bound - w, r.mu);
    down *= power(w - r.w_min, r.mu);
  }
  return up - down;
}

function bounded(r: StdpRule, at: number, w: number): number {
  if (r.mask?.[at] === 0) return 0;
  return Math.min(Math.max(w, r.w_min), r.w_bound);
}

export function traceStdp(r: StdpRule, weights: number[], a: Activity): void {
  for (let j = 0; j < r.n; j++) {
    for (let i = 0; i < r.m; i++) {
      const k = j * r.m + i;
      const w = at(weights, k);
      let change = 0;
      for (let b = 0; b < r.batch; b++) change += pairing(r, a, w, b, j, i);
      weights[k] = bounded(r, k, w + r.eta * change - (r.tau_w > 0 ? w / r.tau_w : 0));
    }
  }
}

/** State of an MSTDPET synapse; matrices of all samples one after the other. */
export interface Modulated {
  readonly weights: number[];
  readonly eligibility: number[];
  readonly pairings: number[];
}

export function mstdpet(
  r: StdpRule,
  state: Modulated,
  a: Activity,
  modulator: readonly number[],
  outmask: readonly number[],
  dt: number,
): void {
  const size = r.n * r.m;
  for (let k = 0; k < size; k++) {
    const j = Math.floor(k / r.m);
    const i = k % r.m;
    const w = at(state.weights, k);
    let change = 0;
    for (let b = 0; b < r.batch; b++) {
      const s = b * size + k;
      const before = at(state.pairings, s);
      const e =
        r.tau_elg > 0
          ? at(state.eligibility, s) * Math.exp(-dt / r.tau_elg) * r.elg_decay + before / r.tau_elg
          : before;
      state.eligibility[s] = e;
      change += e * at(modulator, b) * r.eta;
      state.pairings[s] = pairing(r, a, w, b, j, i);
    }
    const decayed = r.tau_w > 0 ? w / r.tau_w : 0;
    state.weights[k] = bounded(r, k, w + change * at(outmask, i) - decayed);
  }
}
