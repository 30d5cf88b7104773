// Reward-modulated plasticity step by step, in plain arithmetic: slow and short, to compare with.

/** Options of mstdp_synapse and mstdpet_synapse; tau_elig 0: none. */
export interface RewardOptions {
  readonly A_plus: number;
  readonly A_minus: number;
  readonly tau_plus: number;
  readonly tau_elig: number;
  readonly elig_decay: number;
  readonly normalized: boolean;
  readonly eta: number;
  readonly scale_by_dt: boolean;
  readonly lag: 0 | 1;
  readonly nearest: boolean;
  readonly count_same_step: boolean;
  readonly Wmin: number;
  readonly Wmax: number;
  readonly clip: boolean;
  readonly mu_plus: number;
  readonly mu_minus: number;
  readonly range_plus: number;
  readonly range_minus: number;
  readonly hard_plus: boolean;
  readonly hard_minus: boolean;
  readonly bounds_at_pairing: boolean;
  readonly bounds_follow_reward: boolean;
  readonly tau_w: number;
}

export interface RewardedPair {
  readonly weight: number;
  readonly tau_minus: number;
  /** Steps of spikes. */
  readonly pre: ReadonlySet<number>;
  readonly post: ReadonlySet<number>;
}

export interface RewardedState {
  readonly weight: number;
  readonly c: number;
  readonly Kplus: number;
}

/** The state after each of the steps 1 … steps. h in ms. */
export function solveRewarded(
  { weight, tau_minus, pre, post }: RewardedPair,
  o: RewardOptions,
  rewardOf: (step: number) => number,
  steps: number,
  h: number,
): RewardedState[] {
  let [w, x, y] = [weight, 0, 0];
  let [causal, anticausal] = [0, 0]; // eligibility
  const states: RewardedState[] = [];
  const gain = o.tau_elig > 0 && o.normalized ? 1 / o.tau_elig : 1;
  const decay = o.tau_elig > 0 ? Math.exp(-h / o.tau_elig) * o.elig_decay : 0;
  const factor = (up: boolean) => {
    const room = up ? o.Wmax - w : w - o.Wmin;
    if (up ? o.hard_plus : o.hard_minus) return room > 0 ? 1 : 0;
    const mu = up ? o.mu_plus : o.mu_minus;
    if (mu === 0) return 1;
    const share = room / (up ? o.range_plus : o.range_minus);
    if (mu === 1) return share;
    return share > 0 ? share ** mu : 0;
  };
  for (let k = 1; k <= steps; k++) {
    const [s_pre, s_post] = [pre.has(k), post.has(k)];
    x *= Math.exp(-h / o.tau_plus);
    y *= Math.exp(-h / tau_minus);
    const [x_before, y_before] = [x, y];
    if (s_pre) x = o.nearest ? 1 : x + 1;
    if (s_post) y = o.nearest ? 1 : y + 1;
    let xi_causal = s_post ? o.A_plus * (o.count_same_step ? x : x_before) : 0;
    let xi_anticausal = s_pre ? o.A_minus * (o.count_same_step ? y : y_before) : 0;
    if (o.bounds_at_pairing) {
      xi_causal *= factor(o.A_plus >= 0);
      xi_anticausal *= factor(o.A_minus >= 0);
    }
    const before = [causal, anticausal] as const;
    causal = causal * decay + gain * xi_causal;
    anticausal = anticausal * decay + gain * xi_anticausal;
    const used = o.lag ? before : ([causal, anticausal] as const);
    const R = o.eta * (o.scale_by_dt ? h : 1) * rewardOf(k);
    const parts = [R * used[0], R * used[1]] as const;
    const sides = o.bounds_follow_reward ? parts : ([o.A_plus, o.A_minus] as const);
    const dw = o.bounds_at_pairing
      ? parts[0] + parts[1]
      : parts[0] * factor(sides[0] >= 0) + parts[1] * factor(sides[1] >= 0);
    w += dw - (o.tau_w > 0 ? w / o.tau_w : 0);
    if (o.clip) w = Math.min(Math.max(w, o.Wmin), o.Wmax);
    states.push({ weight: w, c: causal + anticausal, Kplus: x });
  }
  return states;
}
