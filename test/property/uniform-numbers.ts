/** Uniform numbers from a seed: mulberry32. */
export function uniformNumbers(seed: number): (low: number, high: number) => number {
  let state = seed >>> 0;
  return (low, high) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return low + (high - low) * (((x ^ (x >>> 14)) >>> 0) / 2 ** 32);
  };
}
