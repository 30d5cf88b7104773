// The neuron of Hill & Tononi (2005): four receptors, four intrinsic currents, and a threshold.
// Potentials in mV; conductances are relative to the leak.
import { Fine, type Received } from './fine';
import { jumpOf } from './leaky';

const RECEPTORS = ['AMPA', 'NMDA', 'GABA_A', 'GABA_B'] as const;

/** Boltzmann's function. */
const opening = (V: number, half: number, width: number): number =>
  1 / (1 + Math.exp(-(V - half) / width));

/** Sodium that comes in, a ms. */
const influx = (V: number): number => 0.025 * opening(V, -10, 5);

/** Sodium at rest. */
const D_REST = 0.001;

export class ht_neuron extends Fine {
  readonly names = [
    ...['V_m', 'theta', 'g_AMPA', 'h_AMPA', 'g_NMDA_open', 'h_NMDA', 'g_GABA_A', 'h_GABA_A'],
    ...['g_GABA_B', 'h_GABA_B', 'm_fast', 'm_slow', 'D', 'm_T', 'h_T', 'm_h'],
  ];
  override y = this.#start(this.p.V_m!);

  #unblocked(V: number): number {
    return opening(V, this.p.V_act_NMDA!, 1 / this.p.S_act_NMDA!);
  }

  #start(V: number): number[] {
    const block = this.#unblocked(V);
    return [
      ...[V, this.p.theta_eq!, ...new Array<number>(8).fill(0), block, block],
      this.p.tau_D_KNa! * influx(V) + D_REST,
      ...[opening(V, -59, 6.2), opening(V, -83, -4), opening(V, -75, -5.5)],
    ];
  }

  /** The conductance of NMDA channels that magnesium does not block. */
  #nmda(y: readonly number[]): number {
    const V = y[0]!;
    const block = this.#unblocked(V);
    const fast = 0.51 - 0.0028 * V;
    return y[4]! * (fast * Math.min(block, y[10]!) + (1 - fast) * Math.min(block, y[11]!));
  }

  #intrinsic(y: readonly number[]): number {
    const { p } = this;
    const [V, D, mT, hT, mh] = [y[0]!, y[12]!, y[13]!, y[14]!, y[15]!];
    const NaP = p.g_peak_NaP! * opening(V, -55.7, 7.7) ** p.N_NaP! * (V - p.E_rev_NaP!);
    const KNa = (p.g_peak_KNa! / (1 + (0.25 / D) ** 3.5)) * (V - p.E_rev_KNa!);
    const T = p.g_peak_T! * mT ** p.N_T! * hT * (V - p.E_rev_T!);
    const h = p.g_peak_h! * mh * (V - p.E_rev_h!);
    return -NaP - KNa - T - h;
  }

  slope(y: readonly number[], current: number): number[] {
    const { p } = this;
    const [V, theta] = y as [number, number];
    const g = [y[2]!, this.#nmda(y), y[6]!, y[8]!];
    const synapses = RECEPTORS.reduce((sum, of, k) => sum - g[k]! * (V - p[`E_rev_${of}`]!), 0);
    const leak = -p.g_NaL! * (V - p.E_Na!) - p.g_KL! * (V - p.E_K!);
    const back = this.r > 0 ? (V - p.E_K!) / p.tau_spike! : 0;
    const block = this.#unblocked(V);
    const [fast, slow, D, mT, hT, mh] = y.slice(10) as [
      ...[number, number, number],
      ...[number, number, number],
    ];
    const tau_mT = 0.13 + 0.22 / (Math.exp(-(V + 132) / 16.7) + Math.exp((V + 16.8) / 18.2));
    const rising = 56.6 + 0.27 * Math.exp((V + 115.2) / 5);
    const tau_hT = 8.2 + rising / (1 + Math.exp((V + 86) / 3.2));
    const rate_h = Math.exp(-14.59 - 0.086 * V) + Math.exp(-1.87 + 0.0701 * V);
    return [
      (leak + synapses + this.#intrinsic(y) + current) / p.tau_m! - back,
      -(theta - p.theta_eq!) / p.tau_theta!,
      ...RECEPTORS.flatMap((of, k) => {
        const [conductance, driving] = [y[2 + 2 * k]!, y[3 + 2 * k]!];
        return [driving - conductance / p[`tau_decay_${of}`]!, -driving / p[`tau_rise_${of}`]!];
      }),
      (block - Math.min(block, fast)) / p.tau_Mg_fast_NMDA!,
      (block - Math.min(block, slow)) / p.tau_Mg_slow_NMDA!,
      influx(V) - (D - D_REST) / p.tau_D_KNa!,
      (opening(V, -59, 6.2) - mT) / tau_mT,
      (opening(V, -83, -4) - hT) / tau_hT,
      (opening(V, -75, -5.5) - mh) * rate_h,
    ];
  }

  end(received: Received): boolean {
    const { p, y } = this;
    const block = this.#unblocked(y[0]!);
    y[10] = Math.min(y[10]!, block);
    y[11] = Math.min(y[11]!, block);
    if (this.r > 0) this.r--;
    const fires = this.r === 0 && y[0]! >= y[1]!;
    if (fires) {
      y[0] = p.E_Na!;
      y[1] = p.E_Na!;
      this.r = this.steps(p.t_ref!);
    }
    RECEPTORS.forEach((of, k) => {
      const jump = jumpOf(p[`tau_rise_${of}`]!, p[`tau_decay_${of}`]!);
      const weight = received.plus(k + 1) + received.minus(k + 1);
      y[3 + 2 * k]! += p[`g_peak_${of}`]! * jump * weight;
    });
    return fires;
  }

  override derived(): Record<string, number> {
    return { g_NMDA: this.#nmda(this.y) };
  }
}
