// Spikes that a filter turns back into a signal: B. Schrauwen & J. Van Campenhout (2003), BSA, a
// fast and accurate spike train encoding scheme, Proc. IJCNN 4, 2825–2830.

/** By how much the error has to fall for a spike. */
const THRESHOLD = 0.2;
const KERNEL = { slow: 4, fast: 1, length: 33 } as const;

/** The filter, a value a ms: e^(−t/4 ms) − e^(−t/1 ms), whose sum is 1. */
export const CODING_KERNEL: Float64Array = (() => {
  const { slow, fast, length } = KERNEL;
  const values = Float64Array.from({ length }, (_, t) => Math.exp(-t / slow) - Math.exp(-t / fast));
  const sum = values.reduce((a, b) => a + b);
  return values.map((value) => value / sum);
})();

/**
 * Frames in which a spike brings the signal and what the filter makes of the spikes nearer to each
 * other than they would be without.
 */
export function encode(signal: Float64Array): number[] {
  const kernel = CODING_KERNEL;
  const n = kernel.length;
  const rest = new Float64Array(signal.length + n);
  rest.set(signal);
  const spikes: number[] = [];
  for (let t = 0; t < signal.length; t++) {
    let [without, withSpike] = [0, 0];
    for (let k = 0; k < n; k++) {
      const value = rest[t + k]!;
      const left = value - kernel[k]!;
      without += value < 0 ? -value : value;
      withSpike += left < 0 ? -left : left;
    }
    if (withSpike > without - THRESHOLD) continue;
    spikes.push(t);
    for (let k = 0; k < n; k++) rest[t + k]! -= kernel[k]!;
  }
  return spikes;
}

/** What the filter makes of spikes: the signal, as far as they tell it. */
export function decode(spikes: readonly number[], length: number): Float64Array {
  const signal = new Float64Array(length);
  for (const spike of spikes) {
    CODING_KERNEL.forEach((value, k) => {
      if (spike + k < length) signal[spike + k]! += value;
    });
  }
  return signal;
}
