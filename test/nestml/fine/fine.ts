// Plain integration of a neuron's equations, to hold compiled models to: the classical Runge–Kutta
// method of fourth order, with many sub-steps a step.

/** Parameters of a model, by name. */
export type Parameters = Readonly<Record<string, number>>;

/** Sums of weights that arrive in a step, by receptor: those > 0, and the others. */
export interface Received {
  plus(receptor: number): number;
  minus(receptor: number): number;
}

/** A neuron: its equations, and what it does at the end of a step. */
export abstract class Fine {
  /** Names of the states, in order. */
  abstract readonly names: readonly string[];
  /** States, of which `slope` tells the slopes. */
  y: number[] = [];
  /** Refractory steps left. */
  r = 0;

  constructor(
    readonly p: Parameters,
    readonly h: number,
  ) {}

  /** Slopes of states y, a ms, with a current in pA; t: ms since the start. */
  abstract slope(y: readonly number[], current: number, t: number): number[];

  /** What happens at the end of a step, `before` it the states were others. Whether it fires. */
  abstract end(received: Received, before: readonly number[]): boolean;

  /** What is recorded besides the states. */
  derived(): Readonly<Record<string, number>> {
    return {};
  }

  /** A time in whole steps, rounded up. */
  steps(ms: number): number {
    return Math.ceil(Math.round((ms / this.h) * 1e6) / 1e6);
  }

  /** A step of length h that begins at t. */
  step(received: Received, current: number, t: number, substeps: number): boolean {
    const before = this.y;
    const dt = this.h / substeps;
    let y = before;
    for (let k = 0; k < substeps; k++) {
      const at = t + k * dt;
      const k1 = this.slope(y, current, at);
      const k2 = this.slope(moved(y, k1, dt / 2), current, at + dt / 2);
      const k3 = this.slope(moved(y, k2, dt / 2), current, at + dt / 2);
      const k4 = this.slope(moved(y, k3, dt), current, at + dt);
      const next = new Array<number>(y.length);
      for (let i = 0; i < y.length; i++) {
        next[i] = y[i]! + (dt / 6) * (k1[i]! + 2 * (k2[i]! + k3[i]!) + k4[i]!);
      }
      y = next;
    }
    this.y = y;
    return this.end(received, before);
  }
}

function moved(y: readonly number[], slope: readonly number[], by: number): number[] {
  const result = new Array<number>(y.length);
  for (let i = 0; i < y.length; i++) result[i] = y[i]! + by * slope[i]!;
  return result;
}
