// Neurons that fire by chance, as long as their threshold is out of reach.
import { Fine, type Received } from './fine';
import { ExponentialCurrents, signed } from './leaky';

/** With tau_m = C_m / g_L, as iaf_psc_exp. */
export class gif_psc_exp extends ExponentialCurrents {
  constructor(p: Fine['p'], h: number) {
    super({ ...p, tau_m: p.C_m! / p.g_L!, V_th: Infinity }, h, signed(p));
  }

  override derived(): Record<string, number> {
    return { I_stc: 0, E_sfa: this.p.V_T_star! };
  }
}

export class gif_cond_exp extends Fine {
  readonly names = ['V_m', 'g_ex', 'g_in'];
  override y = [this.p.V_m!, 0, 0];

  slope([V, ex, inh]: readonly number[], current: number): number[] {
    const { p } = this;
    const synapses = ex! * (V! - p.E_ex!) + inh! * (V! - p.E_in!);
    const I = current + p.I_e! - p.g_L! * (V! - p.E_L!) - synapses;
    return [I / p.C_m!, -ex! / p.tau_syn_ex!, -inh! / p.tau_syn_in!];
  }

  end(received: Received): boolean {
    this.y[1]! += received.plus(0);
    this.y[2]! -= received.minus(0);
    return false;
  }

  override derived(): Record<string, number> {
    return { I_stc: 0, E_sfa: this.p.V_T_star! };
  }
}

export class pp_psc_delta extends Fine {
  readonly names = ['V_m'];
  override y = [this.p.V_m!];

  slope([V]: readonly number[], current: number): number[] {
    const { p } = this;
    return [-V! / p.tau_m! + (p.I_e! + current) / p.C_m!];
  }

  end(received: Received): boolean {
    this.y[0]! += received.plus(0) + received.minus(0);
    return false;
  }

  override derived(): Record<string, number> {
    return { E_sfa: 0 };
  }
}
