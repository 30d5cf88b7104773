// Generalised leaky integrate-and-fire neurons: Teeter et al. (2018). After-spike currents count
// with their mean over a step; what the potential adds to the threshold knows of currents, not of
// synapses.
import { Fine, type Received } from './fine';

export class glif_psc extends Fine {
  readonly names = ['V_m', 'I_1', 'dI_1', 'I_2', 'dI_2'];
  override y = [this.p.V_m!, 0, 0, 0, 0];
  /** Of the after-spike currents: now, and the mean over the last step. */
  asc: [number, number] = [this.p.asc_init_1!, this.p.asc_init_2!];
  mean = 0;
  spikePart = 0;
  voltagePart = 0;

  slope(y: readonly number[], current: number): number[] {
    const { p } = this;
    const [V, I1, dI1, I2, dI2] = y as [number, number, number, number, number];
    const [tau1, tau2] = [p.tau_syn_1!, p.tau_syn_2!];
    const I = -p.g! * (V - p.E_L!) + I1 + I2 + current + this.mean;
    const slope = this.r > 0 ? 0 : I / p.C_m!;
    return [slope, dI1 - I1 / tau1, -dI1 / tau1, dI2 - I2 / tau2, -dI2 / tau2];
  }

  override step(received: Received, current: number, t: number, substeps: number): boolean {
    const { p, h } = this;
    if (this.r === 0 && p.after_spike_currents) {
      this.mean = 0;
      [p.asc_decay_1!, p.asc_decay_2!].forEach((rate, i) => {
        this.mean += (this.asc[i]! * -Math.expm1(-rate * h)) / (rate * h);
        this.asc[i]! *= Math.exp(-rate * h);
      });
    }
    if (this.r === 0) this.#adapt(current, h);
    return super.step(received, current, t, substeps);
  }

  /** The threshold over a step: θ' = a (V − E_L) − b θ, with V as it is without synapses. */
  #adapt(current: number, h: number): void {
    const { p } = this;
    if (p.spike_dependent_threshold) this.spikePart *= Math.exp(-p.th_spike_decay! * h);
    if (!p.adapting_threshold) return;
    const [a, b, rate] = [p.th_voltage_index!, p.th_voltage_decay!, p.g! / p.C_m!];
    const end = (current + this.mean) / p.g!;
    const start = this.y[0]! - p.E_L! - end;
    const decay = Math.exp(-b * h);
    this.voltagePart =
      this.voltagePart * decay +
      (a * start * (Math.exp(-rate * h) - decay)) / (b - rate) +
      (a * end * (1 - decay)) / b;
  }

  end(received: Received, [before]: readonly number[]): boolean {
    const { p, y } = this;
    y[2]! += ((received.plus(1) + received.minus(1)) * Math.E) / p.tau_syn_1!;
    y[4]! += ((received.plus(2) + received.minus(2)) * Math.E) / p.tau_syn_2!;
    if (this.r > 0) {
      this.r--;
      return false;
    }
    if (!(y[0]! > this.derived().threshold!)) return false;
    this.r = this.steps(p.t_ref!);
    if (p.after_spike_currents) {
      const kept = [p.asc_r_1!, p.asc_r_2!];
      const rates = [p.asc_decay_1!, p.asc_decay_2!];
      const [first, second] = this.asc.map(
        (I, i) => I * kept[i]! * Math.exp(-rates[i]! * p.t_ref!),
      );
      this.asc = [p.asc_amps_1! + first!, p.asc_amps_2! + second!];
    }
    y[0] = p.V_reset!;
    if (p.spike_dependent_threshold) {
      y[0] = p.E_L! + p.voltage_reset_fraction! * (before! - p.E_L!) + p.voltage_reset_add!;
      this.spikePart *= Math.exp(-p.th_spike_decay! * p.t_ref!);
      this.spikePart += p.th_spike_add!;
    }
    return true;
  }

  override derived(): Record<string, number> {
    const { spikePart, voltagePart } = this;
    return {
      ASCurrents_sum: this.mean,
      threshold_spike: spikePart,
      threshold_voltage: voltagePart,
      threshold: this.p.V_th! + spikePart + voltagePart,
    };
  }
}
