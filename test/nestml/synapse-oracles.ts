// The rules of synapses in texts in plain arithmetic, from their equations.
import { type Moment, Oracle } from './synapse-oracle';

const { exp, expm1, max, min } = Math;

/** A weight that stays what it is. */
export class Static extends Oracle<'d', 'w'> {
  override advance(): void {
    // Time changes nothing.
  }
  override pre(): number {
    return this.s.w;
  }
}

/** All pairs of spikes, with a weight dependence by powers: Guetig et al. (2003), eqs. 3 and 4. */
export class Stdp extends Oracle<
  'tau_plus' | 'tau_minus' | 'lambda' | 'alpha' | 'mu_plus' | 'mu_minus' | 'Wmax',
  'w' | 'pre_trace' | 'post_trace'
> {
  override advance(dt: number): void {
    const { s, p } = this;
    s.pre_trace *= exp(-dt / p.tau_plus);
    s.post_trace *= exp(-dt / p.tau_minus);
  }
  override post(): void {
    const { s, p } = this;
    const u = s.w / p.Wmax;
    s.w = p.Wmax * min(1, u + p.lambda * (1 - u) ** p.mu_plus * s.pre_trace);
    s.post_trace += 1;
  }
  override pre(): number {
    const { s, p } = this;
    const u = s.w / p.Wmax;
    const down = p.alpha * p.lambda * u ** p.mu_minus * this.earlier('post_trace');
    s.w = p.Wmax * max(0, u - down);
    s.pre_trace += 1;
    return s.w;
  }
}

type TripletParameter = 'A2_plus' | 'A3_plus' | 'A2_minus' | 'A3_minus' | 'Wmax';

/** Triplets of spikes: Pfister & Gerstner (2006), eqs. 2 to 4. */
export class Triplet extends Oracle<
  'tau_plus' | 'tau_x' | 'tau_minus' | 'tau_y' | TripletParameter,
  'w' | 'r1' | 'r2' | 'o1' | 'o2'
> {
  override advance(dt: number): void {
    const { s, p } = this;
    s.r1 *= exp(-dt / p.tau_plus);
    s.r2 *= exp(-dt / p.tau_x);
    s.o1 *= exp(-dt / p.tau_minus);
    s.o2 *= exp(-dt / p.tau_y);
  }
  override post(): void {
    const { s, p } = this;
    s.w = min(p.Wmax, s.w + s.r1 * (p.A2_plus + p.A3_plus * s.o2));
    s.o1 += 1;
    s.o2 += 1;
  }
  override pre(): number {
    const { s, p } = this;
    s.w = max(0, s.w - this.earlier('o1') * (p.A2_minus + p.A3_minus * s.r2));
    s.r1 += 1;
    s.r2 += 1;
    return s.w;
  }
}

/** What the three rules of nearest neighbours share: Morrison, Diesmann & Gerstner (2008), fig. 7. */
abstract class Nearest<S extends string> extends Oracle<
  'tau_plus' | 'tau_minus' | 'lambda' | 'alpha' | 'Wmax',
  'w' | 'pre_trace' | 'post_trace' | S
> {
  override advance(dt: number): void {
    const { p } = this;
    const s: Record<'pre_trace' | 'post_trace', number> = this.s;
    s.pre_trace *= exp(-dt / p.tau_plus);
    s.post_trace *= exp(-dt / p.tau_minus);
  }
  protected facilitate(): void {
    const { p } = this;
    const s: Record<'w' | 'pre_trace', number> = this.s;
    s.w = min(p.Wmax, s.w + p.lambda * (p.Wmax - s.w) * s.pre_trace);
  }
  protected depress(): void {
    const { p } = this;
    const s: Record<'w', number> = this.s;
    s.w = max(0, s.w - p.alpha * p.lambda * s.w * this.earlier('post_trace'));
  }
}

/** Each spike with the latest one of the other side. */
export class NearestSymmetric extends Nearest<never> {
  override post(): void {
    this.facilitate();
    this.s.post_trace = 1;
  }
  override pre(): number {
    this.depress();
    this.s.pre_trace = 1;
    return this.s.w;
  }
}

/** Neighbours with no other spike of either side in between. */
export class NearestRestricted extends Nearest<'may_facilitate' | 'may_depress'> {
  override post(): void {
    const { s } = this;
    if (s.may_facilitate !== 0) this.facilitate();
    s.may_facilitate = 0;
    s.may_depress = 1;
    s.post_trace = 1;
  }
  override pre(): number {
    const { s } = this;
    if (s.may_depress !== 0) this.depress();
    s.may_depress = 0;
    s.may_facilitate = 1;
    s.pre_trace = 1;
    return s.w;
  }
}

/** Spikes of the target with all of the source since the one before. */
export class NearestPreCentred extends Nearest<never> {
  override post(): void {
    this.facilitate();
    this.s.pre_trace = 0;
    this.s.post_trace = 1;
  }
  override pre(): number {
    this.depress();
    this.s.pre_trace += 1;
    return this.s.w;
  }
}

/** Short-term depression and facilitation: Tsodyks, Uziel & Markram (2000), eqs. 3 and 4. */
export class Tsodyks extends Oracle<
  'U' | 'tau_psc' | 'tau_fac' | 'tau_rec',
  'w' | 'x' | 'y' | 'u'
> {
  override advance(dt: number): void {
    const { s, p } = this;
    // What is inactive recovers; it has come from y, which decays into it.
    const inactive = 1 - s.x - s.y;
    const [y, z] = [exp(-dt / p.tau_psc), exp(-dt / p.tau_rec)];
    const passed = (p.tau_rec * (z - y)) / (p.tau_rec - p.tau_psc);
    const stillInactive = inactive * z + s.y * passed;
    s.y *= y;
    s.x = 1 - s.y - stillInactive;
    s.u *= p.tau_fac === 0 ? 0 : exp(-dt / p.tau_fac);
  }
  override pre(): number {
    const { s, p } = this;
    s.u += p.U * (1 - s.u);
    const released = s.u * s.x;
    s.x -= released;
    s.y += released;
    return released * s.w;
  }
}

/** A weight that the potential of the target changes. */
export class Voltage extends Oracle<
  'tau_trace' | 'theta' | 'A_down' | 'A_up' | 'Wmax',
  'w' | 'pre_trace' | 'seen'
> {
  override advance(dt: number): void {
    this.s.pre_trace *= exp(-dt / this.p.tau_trace);
  }
  override post({ seen }: Moment): void {
    const { s, p } = this;
    s.seen = seen;
    s.w = min(p.Wmax, s.w + p.A_up * s.pre_trace * max(0, seen - p.theta));
  }
  override pre(): number {
    const { s, p } = this;
    // What is read of the target is no trace: its latest spike counts, also one of the same time.
    s.w = max(0, s.w - p.A_down * max(0, s.seen - p.theta));
    s.pre_trace += 1;
    return s.w;
  }
}

/** Florian (2007), with the integral of the eligibility between events. */
export class Mstdpet extends Oracle<
  ('tau_plus' | 'tau_minus' | 'tau_z') | ('A_plus' | 'A_minus' | 'gamma' | 'Wmin' | 'Wmax'),
  'w' | 'P_plus' | 'P_minus' | 'z'
> {
  override advance(dt: number, _t: number, reward: number): void {
    const { s, p } = this;
    const area = -s.z * p.tau_z * expm1(-dt / p.tau_z);
    s.w = min(p.Wmax, max(p.Wmin, s.w + p.gamma * reward * area));
    s.z *= exp(-dt / p.tau_z);
    s.P_plus *= exp(-dt / p.tau_plus);
    s.P_minus *= exp(-dt / p.tau_minus);
  }
  override post(): void {
    const { s, p } = this;
    s.z += s.P_plus;
    s.P_minus += p.A_minus;
  }
  override pre(): number {
    const { s, p } = this;
    s.z += this.earlier('P_minus');
    s.P_plus += p.A_plus;
    return s.w;
  }
}

type Dopamine = 'tau_c' | 'tau_n' | 'b' | 'A_plus' | 'A_minus' | 'A_vt';

/** Izhikevich (2007): the weight is the integral of c (n − b), and not below 0. */
export class Neuromodulated extends Oracle<
  'tau_tr_pre' | 'tau_tr_post' | Dopamine,
  'w' | 'n' | 'c' | 'pre_tr' | 'post_tr'
> {
  override advance(dt: number): void {
    const { s, p } = this;
    const rate = 1 / p.tau_c + 1 / p.tau_n;
    const drift = (-s.n / rate) * expm1(-rate * dt) + p.b * p.tau_c * expm1(-dt / p.tau_c);
    s.w = max(0, s.w + s.c * drift);
    s.c *= exp(-dt / p.tau_c);
    s.n *= exp(-dt / p.tau_n);
    s.pre_tr *= exp(-dt / p.tau_tr_pre);
    s.post_tr *= exp(-dt / p.tau_tr_post);
  }
  override pulse(): void {
    this.s.n += this.p.A_vt / this.p.tau_n;
  }
  override post(): void {
    const { s, p } = this;
    s.c += p.A_plus * s.pre_tr;
    s.post_tr += 1;
  }
  override pre(): number {
    const { s, p } = this;
    s.c -= p.A_minus * this.earlier('post_tr');
    s.pre_tr += 1;
    return s.w;
  }
}

/** What handlers are given, and in which order they run. */
export class Observing extends Oracle<
  'd' | 'tau' | 'tau_trace' | 'theta',
  | ('w' | 'trail' | 'trace' | 'elapsed' | 'area')
  | ('t_pre' | 't_post' | 't_pulse' | 'V_pre' | 'V_at_post')
> {
  override advance(dt: number, t: number): void {
    const { s, p } = this;
    s.elapsed += dt;
    s.area += ((t + dt) ** 2 - t ** 2) / 2;
    s.trail *= exp(-dt / p.tau);
    s.trace *= exp(-dt / p.tau_trace);
  }
  override pulse({ t }: Moment): void {
    this.s.trail = 0.5 * this.s.trail + 1;
    this.s.t_pulse = t;
  }
  override post({ t, seen }: Moment): void {
    const { s } = this;
    s.trail = 0.75 * s.trail + 2;
    s.trace = s.trace / 2 + 1;
    s.t_post = t;
    s.V_at_post = seen;
  }
  override pre({ t, seen, delay }: Moment): number | undefined {
    const { s } = this;
    s.trail = 0.875 * s.trail + this.earlier('trace');
    s.t_pre = t;
    s.V_pre = seen;
    return s.trail > this.p.theta ? s.w * s.trail + delay : undefined;
  }
}

/** The same with another order of handlers. */
export class Ordered extends Oracle<'tau' | 'tau_trace', 'w' | 'trail' | 'trace'> {
  override advance(dt: number): void {
    this.s.trail *= exp(-dt / this.p.tau);
    this.s.trace *= exp(-dt / this.p.tau_trace);
  }
  override pulse(): void {
    this.s.trail = 0.5 * this.s.trail + 1;
  }
  override post({ seen }: Moment): void {
    this.s.trail = 0.75 * this.s.trail + 2 + seen / 100;
    this.s.trace += 1;
  }
  override pre(): number {
    this.s.trail = 0.875 * this.s.trail + this.earlier('trace');
    return this.s.w * this.s.trail;
  }
}
