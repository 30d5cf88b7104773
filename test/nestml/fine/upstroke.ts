// Adaptive exponential integrate-and-fire neurons: Brette & Gerstner (2005). A spike is where the
// potential is at the end of a step in which it has passed V_peak.
import { Fine, type Received } from './fine';
import { jumpOf } from './leaky';

/** states[0] is the potential, states[1] the adaptation current w. */
abstract class Adaptive extends Fine {
  /** Current of the synapses at the potential V. */
  abstract synapses(y: readonly number[], V: number): number;
  abstract slopesOfSynapses(y: readonly number[]): number[];
  abstract receive(received: Received): void;

  get #peak(): number {
    return this.p.Delta_T! > 0 ? this.p.V_peak! : this.p.V_th!;
  }

  slope(y: readonly number[], current: number): number[] {
    const { p } = this;
    const held = this.r > 0;
    const V = held ? p.V_reset! : Math.min(y[0]!, p.V_peak!);
    const w = y[1]!;
    const rise = p.Delta_T! > 0 ? p.g_L! * p.Delta_T! * Math.exp((V - p.V_th!) / p.Delta_T!) : 0;
    const I = -p.g_L! * (V - p.E_L!) + rise + this.synapses(y, V) - w + p.I_e! + current;
    const slope = held ? 0 : I / p.C_m!;
    const V_w = held || y[0]! >= this.#peak ? p.V_reset! : y[0]!;
    return [slope, (p.a! * (V_w - p.E_L!) - w) / p.tau_w!, ...this.slopesOfSynapses(y)];
  }

  end(received: Received): boolean {
    const { p, y } = this;
    this.receive(received);
    if (this.r > 0) {
      this.r--;
      y[0] = p.V_reset!;
      return false;
    }
    if (!(y[0]! >= this.#peak)) return false;
    y[0] = p.V_reset!;
    y[1]! += p.b!;
    this.r = this.steps(p.t_ref!);
    return true;
  }
}

export class aeif_cond_exp extends Adaptive {
  readonly names = ['V_m', 'w', 'g_ex', 'g_in'];
  override y = [this.p.V_m!, 0, 0, 0];

  synapses([, , ex, inh]: readonly number[], V: number): number {
    return -ex! * (V - this.p.E_ex!) - inh! * (V - this.p.E_in!);
  }
  slopesOfSynapses([, , ex, inh]: readonly number[]): number[] {
    return [-ex! / this.p.tau_syn_ex!, -inh! / this.p.tau_syn_in!];
  }
  receive(received: Received): void {
    this.y[2]! += received.plus(0);
    this.y[3]! -= received.minus(0);
  }
}

/** Conductances that rise and decay: [g, what drives it] of each. */
abstract class Shaped extends Adaptive {
  /** Of each conductance: rise, decay, reversal potential. */
  abstract readonly shapes: readonly (readonly [number, number, number])[];
  abstract taken(received: Received): readonly number[];

  synapses(y: readonly number[], V: number): number {
    return this.shapes.reduce((sum, [, , E], k) => sum - y[2 + 2 * k]! * (V - E), 0);
  }
  slopesOfSynapses(y: readonly number[]): number[] {
    return this.shapes.flatMap(([rise, decay], k) => {
      const [g, dg] = [y[2 + 2 * k]!, y[3 + 2 * k]!];
      return [dg - g / decay, -dg / rise];
    });
  }
  receive(received: Received): void {
    this.taken(received).forEach((weight, k) => {
      const [rise, decay] = this.shapes[k]!;
      this.y[3 + 2 * k]! += weight * jumpOf(rise, decay);
    });
  }
}

export class aeif_cond_alpha extends Shaped {
  readonly names = ['V_m', 'w', 'g_ex', 'dg_ex', 'g_in', 'dg_in'];
  readonly shapes = [
    [this.p.tau_syn_ex!, this.p.tau_syn_ex!, this.p.E_ex!],
    [this.p.tau_syn_in!, this.p.tau_syn_in!, this.p.E_in!],
  ] as const;
  override y = [this.p.V_m!, 0, 0, 0, 0, 0];
  taken = (received: Received) => [received.plus(0), -received.minus(0)];
}

export class aeif_cond_alpha_multisynapse extends Shaped {
  readonly names = ['V_m', 'w', ...[1, 2, 3].flatMap((k) => [`g_${k}`, `dg_${k}`])];
  readonly shapes = [1, 2, 3].map((k) => {
    const tau = this.p[`tau_syn_${k}`]!;
    return [tau, tau, this.p[`E_rev_${k}`]!] as const;
  });
  override y = [this.p.V_m!, 0, 0, 0, 0, 0, 0, 0];
  taken = (received: Received) => [1, 2, 3].map((k) => received.plus(k));
}

export class aeif_cond_beta_multisynapse extends Shaped {
  readonly names = ['V_m', 'w', 'g_1', 'dg_1', 'g_2', 'dg_2'];
  readonly shapes = [1, 2].map(
    (k) => [this.p[`tau_rise_${k}`]!, this.p[`tau_decay_${k}`]!, this.p[`E_rev_${k}`]!] as const,
  );
  override y = [this.p.V_m!, 0, 0, 0, 0, 0];
  taken = (received: Received) => [1, 2].map((k) => received.plus(k));
}

export class aeif_psc_exp extends Adaptive {
  readonly names = ['V_m', 'w', 'I_syn_ex', 'I_syn_in'];
  override y = [this.p.V_m!, 0, 0, 0];

  synapses([, , ex, inh]: readonly number[]): number {
    return ex! - inh!;
  }
  slopesOfSynapses([, , ex, inh]: readonly number[]): number[] {
    return [-ex! / this.p.tau_syn_ex!, -inh! / this.p.tau_syn_in!];
  }
  receive(received: Received): void {
    this.y[2]! += received.plus(0);
    this.y[3]! -= received.minus(0);
  }
}

export class aeif_psc_alpha extends Shaped {
  readonly names = ['V_m', 'w', 'I_syn_ex', 'dI_syn_ex', 'I_syn_in', 'dI_syn_in'];
  readonly shapes = [
    [this.p.tau_syn_ex!, this.p.tau_syn_ex!, 0],
    [this.p.tau_syn_in!, this.p.tau_syn_in!, 0],
  ] as const;
  override y = [this.p.V_m!, 0, 0, 0, 0, 0];
  taken = (received: Received) => [received.plus(0), -received.minus(0)];
  override synapses([, , ex, , inh]: readonly number[]): number {
    return ex! - inh!;
  }
}

/** Its input shifts the potential; while it is refractory the input is lost. */
export class aeif_psc_delta extends Adaptive {
  readonly names = ['V_m', 'w'];
  override y = [this.p.V_m!, 0];
  synapses = () => 0;
  slopesOfSynapses = (): number[] => [];
  receive(received: Received): void {
    if (this.r === 0) this.y[0]! += received.plus(0) + received.minus(0);
  }
}
