// Linear filters of the second order, one after the other.

/** (b0 + b1/z + b2/z²) / (1 + a1/z + a2/z²) */
export interface Section {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number];
}

/** The squared magnitude of b0 + b1/z + b2/z² at so much of the sampling rate. */
function power([b0, b1, b2]: readonly [number, number, number], turn: number): number {
  const angle = 2 * Math.PI * turn;
  const real = b0 + b1 * Math.cos(angle) + b2 * Math.cos(2 * angle);
  const imaginary = b1 * Math.sin(angle) + b2 * Math.sin(2 * angle);
  return real * real + imaginary * imaginary;
}

/** The gain of a section at a frequency. */
export const gainAt = ({ b, a }: Section, frequency: number, rate: number): number =>
  Math.sqrt(power(b, frequency / rate) / power([1, ...a], frequency / rate));

/** The section with another gain: `gain` at that frequency. */
export function withGain(section: Section, gain: number, frequency: number, rate: number): Section {
  const factor = gain / gainAt(section, frequency, rate);
  const [b0, b1, b2] = section.b;
  return { b: [b0 * factor, b1 * factor, b2 * factor], a: section.a };
}

/** 1, −2ρ cos θ, ρ²: what rings at a frequency, with a quality above ½. */
export function resonance(
  frequency: number,
  quality: number,
  rate: number,
): readonly [number, number, number] {
  const turn = frequency / rate;
  const radius = Math.exp((-Math.PI * turn) / quality);
  const angle = 2 * Math.PI * turn * Math.sqrt(1 - 1 / (4 * quality * quality));
  return [1, -2 * radius * Math.cos(angle), radius * radius];
}

/** Filters a signal in place. */
export function filter({ b: [b0, b1, b2], a: [a1, a2] }: Section, signal: Float64Array): void {
  let [first, second] = [0, 0];
  for (let i = 0; i < signal.length; i++) {
    const x = signal[i]!;
    const y = b0 * x + first;
    first = b1 * x - a1 * y + second;
    second = b2 * x - a2 * y;
    signal[i] = y;
  }
}
