// Leaky integrate-and-fire neurons: currents (pA) or conductances (nS) of synapses, potentials in
// mV, times in ms.
import { Fine, type Received } from './fine';

/** A potential with a threshold; it is held while the neuron is refractory. */
abstract class Leaky extends Fine {
  /** Whether it fires; states[0] is the potential. */
  fires(): boolean {
    const { p, y } = this;
    if (this.r > 0) {
      this.r--;
      y[0] = p.V_reset!;
      return false;
    }
    if (!(y[0]! >= p.V_th!)) return false;
    y[0] = p.V_reset!;
    this.r = this.steps(p.t_ref!);
    return true;
  }
}

/** A synaptic current of a neuron: its name, its time constant, the weights that it takes. */
interface SynapticCurrent {
  readonly name: string;
  readonly tau: number;
  readonly take: (received: Received) => number;
}

/** Currents of receptor 0: one takes weights > 0, one the others. */
export const signed = (p: Fine['p']): readonly SynapticCurrent[] => [
  { name: 'I_syn_ex', tau: p.tau_syn_ex!, take: (received) => received.plus(0) },
  { name: 'I_syn_in', tau: p.tau_syn_in!, take: (received) => received.minus(0) },
];

/** Currents of receptors 1 to 3. */
const numbered = (p: Fine['p']): readonly SynapticCurrent[] =>
  [1, 2, 3].map((k) => ({
    name: `I_syn_${k}`,
    tau: p[`tau_syn_${k}`]!,
    take: (received) => received.plus(k) + received.minus(k),
  }));

/** Currents that jump and decay, of any number of receptors. */
export class ExponentialCurrents extends Leaky {
  readonly names;

  constructor(
    p: Fine['p'],
    h: number,
    readonly currents: readonly SynapticCurrent[],
  ) {
    super(p, h);
    this.names = ['V_m', ...currents.map(({ name }) => name)];
    this.y = [p.V_m!, ...currents.map(() => 0)];
  }

  slope(y: readonly number[], current: number): number[] {
    const { p } = this;
    let total = current + p.I_e!;
    for (let i = 1; i < y.length; i++) total += y[i]!;
    const V = this.r > 0 ? 0 : -(y[0]! - p.E_L!) / p.tau_m! + total / p.C_m!;
    return [V, ...this.currents.map(({ tau }, i) => -y[i + 1]! / tau)];
  }

  end(received: Received): boolean {
    this.currents.forEach(({ take }, i) => (this.y[i + 1]! += take(received)));
    return this.fires();
  }

  override derived(): Record<string, number> {
    return { I_syn: this.y.slice(1).reduce((a, b) => a + b, 0) };
  }
}

export const iaf_psc_exp = (p: Fine['p'], h: number): Fine =>
  new ExponentialCurrents(p, h, signed(p));

export const iaf_psc_exp_multisynapse = (p: Fine['p'], h: number): Fine =>
  new ExponentialCurrents(p, h, numbered(p));

/** As iaf_psc_exp, with a refractory time in which the potential moves and nothing is fired. */
export class iaf_psc_exp_htum extends ExponentialCurrents {
  total = 0;

  constructor(p: Fine['p'], h: number) {
    super(p, h, signed(p));
  }

  override fires(): boolean {
    const { p } = this;
    if (this.r > 0) this.r--;
    if (this.total > 0) {
      this.total--;
      return false;
    }
    if (!(this.y[0]! >= p.V_th!)) return false;
    this.y[0] = p.V_reset!;
    this.r = this.steps(p.t_ref_abs!);
    this.total = this.steps(p.t_ref_tot!);
    return true;
  }
}

/** Currents of alpha shape: of each, itself and what drives it. */
export class AlphaCurrents extends Leaky {
  readonly names;

  constructor(
    p: Fine['p'],
    h: number,
    readonly currents: readonly SynapticCurrent[],
  ) {
    super(p, h);
    this.names = ['V_m', ...currents.flatMap(({ name }) => [name, `d${name}`])];
    this.y = [p.V_m!, ...currents.flatMap(() => [0, 0])];
  }

  slope(y: readonly number[], current: number): number[] {
    const { p } = this;
    let total = current + p.I_e!;
    for (let i = 1; i < y.length; i += 2) total += y[i]!;
    const V = this.r > 0 ? 0 : -(y[0]! - p.E_L!) / p.tau_m! + total / p.C_m!;
    const slopes = [V];
    this.currents.forEach(({ tau }, k) => {
      const [I, dI] = [y[2 * k + 1]!, y[2 * k + 2]!];
      slopes.push(dI - I / tau, -dI / tau);
    });
    return slopes;
  }

  end(received: Received): boolean {
    this.currents.forEach(({ tau, take }, k) => {
      this.y[2 * k + 2]! += (take(received) * Math.E) / tau;
    });
    return this.fires();
  }

  override derived(): Record<string, number> {
    return { I_syn: this.currents.reduce((sum, _, k) => sum + this.y[2 * k + 1]!, 0) };
  }
}

export const iaf_psc_alpha = (p: Fine['p'], h: number): Fine => new AlphaCurrents(p, h, signed(p));

export const iaf_psc_alpha_multisynapse = (p: Fine['p'], h: number): Fine =>
  new AlphaCurrents(p, h, numbered(p));

/** As iaf_psc_exp; what it releases does not come back. */
export const iaf_tum_2000 = iaf_psc_exp;

/** Two conductances, each of a driving variable with one time constant and itself with another. */
abstract class Conductances extends Leaky {
  readonly names: readonly string[] = ['V_m', 'g_ex', 'g_in', 'dg_ex', 'dg_in'];
  abstract readonly rise: readonly [number, number];
  abstract readonly decay: readonly [number, number];

  override derived(): Record<string, number> {
    return { t_ref_remaining: this.r * this.h };
  }

  slope(y: readonly number[], current: number): number[] {
    const { p, rise, decay } = this;
    const [V, ex, inh, dex, dinh] = y as [number, number, number, number, number];
    const bounded = Math.min(V, p.V_th!);
    const I =
      current +
      p.I_e! -
      p.g_L! * (bounded - p.E_L!) -
      ex * (bounded - p.E_ex!) -
      inh * (bounded - p.E_in!);
    return [
      this.r > 0 ? 0 : I / p.C_m!,
      dex - ex / rise[0],
      dinh - inh / rise[1],
      -dex / decay[0],
      -dinh / decay[1],
    ];
  }

  end(received: Received): boolean {
    const { rise, decay } = this;
    this.y[3]! += received.plus(0) * jumpOf(rise[0], decay[0]);
    this.y[4]! -= received.minus(0) * jumpOf(rise[1], decay[1]);
    return this.fires();
  }
}

/** The jump of the driving variable after which a conductance has a peak of 1. */
export function jumpOf(rise: number, decay: number): number {
  if (rise === decay) return Math.E / rise;
  const peak = ((decay * rise) / (decay - rise)) * Math.log(decay / rise);
  return (1 / rise - 1 / decay) / (Math.exp(-peak / decay) - Math.exp(-peak / rise));
}

export class iaf_cond_alpha extends Conductances {
  readonly rise = [this.p.tau_syn_ex!, this.p.tau_syn_in!] as const;
  readonly decay = this.rise;
  override y = [this.p.V_m!, 0, 0, 0, 0];
}

export class iaf_cond_beta extends Conductances {
  readonly rise = [this.p.tau_rise_ex!, this.p.tau_rise_in!] as const;
  readonly decay = [this.p.tau_decay_ex!, this.p.tau_decay_in!] as const;
  override y = [this.p.V_m!, 0, 0, 0, 0];
}

export class iaf_cond_exp extends Leaky {
  readonly names = ['V_m', 'g_ex', 'g_in'];
  override y = [this.p.V_m!, 0, 0];

  slope(y: readonly number[], current: number): number[] {
    const { p } = this;
    const [V, ex, inh] = y as [number, number, number];
    const bounded = Math.min(V, p.V_th!);
    const leak = p.g_L! * (bounded - p.E_L!);
    const synapses = ex * (bounded - p.E_ex!) + inh * (bounded - p.E_in!);
    const slope = this.r > 0 ? 0 : (current + p.I_e! - leak - synapses) / p.C_m!;
    return [slope, -ex / p.tau_syn_ex!, -inh / p.tau_syn_in!];
  }

  end(received: Received): boolean {
    this.y[1]! += received.plus(0);
    this.y[2]! -= received.minus(0);
    return this.fires();
  }
}

export class iaf_cond_exp_sfa_rr extends Leaky {
  readonly names = ['V_m', 'g_ex', 'g_in', 'g_sfa', 'g_rr'];
  override y = [this.p.V_m!, 0, 0, 0, 0];

  slope(y: readonly number[], current: number): number[] {
    const { p } = this;
    const [V, ex, inh, sfa, rr] = y as [number, number, number, number, number];
    const I =
      current +
      p.I_e! -
      p.g_L! * (V - p.E_L!) -
      ex * (V - p.E_ex!) -
      inh * (V - p.E_in!) -
      sfa * (V - p.E_sfa!) -
      rr * (V - p.E_rr!);
    return [
      this.r > 0 ? 0 : I / p.C_m!,
      -ex / p.tau_syn_ex!,
      -inh / p.tau_syn_in!,
      -sfa / p.tau_sfa!,
      -rr / p.tau_rr!,
    ];
  }

  end(received: Received): boolean {
    const { p, y } = this;
    y[1]! += received.plus(0);
    y[2]! -= received.minus(0);
    const fires = this.fires();
    if (fires) {
      y[3]! += p.q_sfa!;
      y[4]! += p.q_rr!;
    }
    return fires;
  }
}

/** Receptor 1: AMPA, 2: GABA. */
export class iaf_bw_2001 extends Leaky {
  readonly names = ['V_m', 's_AMPA', 's_GABA'];
  override y = [this.p.V_m!, 0, 0];

  slope(y: readonly number[], current: number): number[] {
    const { p } = this;
    const [V, ampa, gaba] = y as [number, number, number];
    const synapses = ampa * (V - p.E_ex!) + gaba * (V - p.E_in!);
    const I = current - p.g_L! * (V - p.E_L!) - synapses;
    return [this.r > 0 ? 0 : I / p.C_m!, -ampa / p.tau_AMPA!, -gaba / p.tau_GABA!];
  }

  end(received: Received): boolean {
    this.y[1]! += received.plus(1);
    this.y[2]! += received.plus(2);
    return this.fires();
  }

  override derived(): Record<string, number> {
    const [V, ampa, gaba] = this.y as [number, number, number];
    return { I_AMPA: (V - this.p.E_ex!) * ampa, I_GABA: (V - this.p.E_in!) * gaba };
  }
}
