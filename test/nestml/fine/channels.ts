// Neurons with channels of Hodgkin & Huxley, and others whose spike is not a reset.
import { Fine, type Received } from './fine';
import { ExponentialCurrents, signed } from './leaky';

/** A spike is a maximum of the potential above `peak`. */
function isMaximum(neuron: Fine, V: number, before: number, peak: number): boolean {
  if (neuron.r > 0) {
    neuron.r--;
    return false;
  }
  if (!(V >= peak && before > V)) return false;
  neuron.r = neuron.steps(neuron.p.t_ref!);
  return true;
}

export class hh_psc_alpha extends Fine {
  readonly names = [
    ...['V_m', 'Act_m', 'Inact_h', 'Act_n'],
    ...['I_syn_ex', 'dI_syn_ex', 'I_syn_in', 'dI_syn_in'],
  ];
  override y = [this.p.V_m!, this.p.Act_m!, this.p.Inact_h!, this.p.Act_n!, 0, 0, 0, 0];

  slope(y: readonly number[], current: number): number[] {
    const { p } = this;
    const [V, m, h, n, ex, dex, inh, dinh] = y as [
      ...[number, number, number, number],
      ...[number, number, number, number],
    ];
    const Na = p.g_Na! * m ** 3 * h * (V - p.E_Na!);
    const K = p.g_K! * n ** 4 * (V - p.E_K!);
    const leak = p.g_L! * (V - p.E_L!);
    const opening = (rate: number, width: number, V0: number) =>
      (rate * (V + V0)) / (1 - Math.exp(-(V + V0) / width));
    const am = opening(0.1, 10, 40);
    const bm = 4 * Math.exp(-(V + 65) / 18);
    const ah = 0.07 * Math.exp(-(V + 65) / 20);
    const bh = 1 / (1 + Math.exp(-(V + 35) / 10));
    const an = opening(0.01, 10, 55);
    const bn = 0.125 * Math.exp(-(V + 65) / 80);
    return [
      (current + p.I_e! + ex + inh - Na - K - leak) / p.C_m!,
      am * (1 - m) - bm * m,
      ah * (1 - h) - bh * h,
      an * (1 - n) - bn * n,
      dex - ex / p.tau_syn_ex!,
      -dex / p.tau_syn_ex!,
      dinh - inh / p.tau_syn_in!,
      -dinh / p.tau_syn_in!,
    ];
  }

  end(received: Received, [before]: readonly number[]): boolean {
    const { p, y } = this;
    y[5]! += (received.plus(0) * Math.E) / p.tau_syn_ex!;
    y[7]! += (received.minus(0) * Math.E) / p.tau_syn_in!;
    return isMaximum(this, y[0]!, before!, 0);
  }
}

export class hh_cond_exp_traub extends Fine {
  readonly names = ['V_m', 'Act_m', 'Inact_h', 'Act_n', 'g_ex', 'g_in'];
  override y = [this.p.V_m!, this.p.Act_m!, this.p.Inact_h!, this.p.Act_n!, 0, 0];

  slope(y: readonly number[], current: number): number[] {
    const { p } = this;
    const [V, m, h, n, ex, inh] = y as [number, number, number, number, number, number];
    const U = V - p.V_T!;
    const Na = p.g_Na! * m ** 3 * h * (V - p.E_Na!);
    const K = p.g_K! * n ** 4 * (V - p.E_K!);
    const leak = p.g_L! * (V - p.E_L!);
    const am = (0.32 * (13 - U)) / Math.expm1((13 - U) / 4);
    const bm = (0.28 * (U - 40)) / Math.expm1((U - 40) / 5);
    const ah = 0.128 * Math.exp((17 - U) / 18);
    const bh = 4 / (1 + Math.exp((40 - U) / 5));
    const an = (0.032 * (15 - U)) / Math.expm1((15 - U) / 5);
    const bn = 0.5 * Math.exp((10 - U) / 40);
    const synapses = ex * (V - p.E_ex!) + inh * (V - p.E_in!);
    return [
      (current + p.I_e! - synapses - Na - K - leak) / p.C_m!,
      am * (1 - m) - bm * m,
      ah * (1 - h) - bh * h,
      an * (1 - n) - bn * n,
      -ex / p.tau_syn_ex!,
      -inh / p.tau_syn_in!,
    ];
  }

  end(received: Received, [before]: readonly number[]): boolean {
    const { p, y } = this;
    y[4]! += received.plus(0);
    y[5]! -= received.minus(0);
    return isMaximum(this, y[0]!, before!, p.V_T! + 30);
  }
}

/** An after-hyperpolarisation begins where the potential rises through the threshold. */
export class iaf_chxk_2008 extends Fine {
  readonly names = ['V_m', 'g_ex', 'dg_ex', 'g_in', 'dg_in', 'g_ahp_now', 'dg_ahp'];
  override y = [this.p.V_m!, 0, 0, 0, 0, 0, 0];

  slope(y: readonly number[], current: number): number[] {
    const { p } = this;
    const [V, ex, dex, inh, dinh, ahp, dahp] = y as [
      ...[number, number, number, number],
      ...[number, number, number],
    ];
    const synapses = ex * (V - p.E_ex!) + inh * (V - p.E_in!) + ahp * (V - p.E_ahp!);
    return [
      (current + p.I_e! - p.g_L! * (V - p.E_L!) - synapses) / p.C_m!,
      dex - ex / p.tau_syn_ex!,
      -dex / p.tau_syn_ex!,
      dinh - inh / p.tau_syn_in!,
      -dinh / p.tau_syn_in!,
      dahp - ahp / p.tau_ahp!,
      -dahp / p.tau_ahp!,
    ];
  }

  end(received: Received, [before]: readonly number[]): boolean {
    const { p, y } = this;
    y[2]! += (received.plus(0) * Math.E) / p.tau_syn_ex!;
    y[4]! -= (received.minus(0) * Math.E) / p.tau_syn_in!;
    if (!(before! < p.V_th! && y[0]! >= p.V_th!)) return false;
    const since = (this.h * (y[0]! - p.V_th!)) / (y[0]! - before!);
    const started = ((p.g_ahp! * Math.E) / p.tau_ahp!) * Math.exp(-since / p.tau_ahp!);
    y[5]! += started * since;
    y[6]! += started;
    return true;
  }

  override derived(): Record<string, number> {
    const { p } = this;
    const [V, ex, , inh, , ahp] = this.y as [number, number, number, number, number, number];
    return {
      I_syn_ex: ex * (V - p.E_ex!),
      I_syn_in: inh * (V - p.E_in!),
      I_ahp: ahp * (V - p.E_ahp!),
    };
  }
}

/** A threshold that spikes raise. */
export class mat2_psc_exp extends ExponentialCurrents {
  threshold: [number, number] = [0, 0];

  constructor(p: Fine['p'], h: number) {
    super(p, h, signed(p));
  }

  /** What the potential adds to the threshold. */
  ofPotential(): number {
    return 0;
  }

  override slope(y: readonly number[], current: number): number[] {
    const { p } = this;
    const [V, ex, inh] = y as [number, number, number];
    const slope = -(V - p.E_L!) / p.tau_m! + (ex + inh + p.I_e! + current) / p.C_m!;
    return [slope, -ex / p.tau_syn_ex!, -inh / p.tau_syn_in!];
  }

  override fires(): boolean {
    const { p, threshold } = this;
    threshold[0] *= Math.exp(-this.h / p.tau_1!);
    threshold[1] *= Math.exp(-this.h / p.tau_2!);
    if (this.r > 0) {
      this.r--;
      return false;
    }
    if (!(this.y[0]! >= this.derived().V_th!)) return false;
    this.r = this.steps(p.t_ref!);
    threshold[0] += p.alpha_1!;
    threshold[1] += p.alpha_2!;
    return true;
  }

  override derived(): Record<string, number> {
    return { V_th: this.p.omega! + this.threshold[0] + this.threshold[1] + this.ofPotential() };
  }
}

/** A threshold that also follows the potential. */
export class amat2_psc_exp extends mat2_psc_exp {
  override readonly names = ['V_m', 'I_syn_ex', 'I_syn_in', 'V_th_v', 'V_th_dv'];
  override y = [this.p.V_m!, 0, 0, 0, 0];

  override ofPotential(): number {
    return this.y[3] ?? 0;
  }

  override slope(y: readonly number[], current: number): number[] {
    const { p } = this;
    const slopes = super.slope(y, current);
    const [, , , v, dv] = y as [number, number, number, number, number];
    slopes.push(dv - v / p.tau_v!, -dv / p.tau_v! + p.beta! * slopes[0]!);
    return slopes;
  }
}

/** Its potential is a sum of what it received and of what it fired. */
export class iaf_chs_2007 extends Fine {
  readonly names = ['V_syn', 'dV_syn', 'V_spike'];
  override y = [0, 0, 0];

  slope([V, dV, fired]: readonly number[]): number[] {
    const { p } = this;
    return [dV! - V! / p.tau_epsp!, -dV! / p.tau_epsp!, -fired! / p.tau_reset!];
  }

  end(received: Received): boolean {
    const { p, y } = this;
    y[1]! += (p.V_epsp! * received.plus(0) * Math.E) / p.tau_epsp!;
    if (!(y[0]! + y[2]! >= 1)) return false;
    y[2]! -= p.V_reset!;
    return true;
  }

  override derived(): Record<string, number> {
    return { V_m: this.y[0]! + this.y[2]! };
  }
}
