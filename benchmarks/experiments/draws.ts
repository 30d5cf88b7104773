// Random draws of an experiment's protocol (when a stimulus comes, which neurons it has): they are
// part of the experiment and not of the network, which has the kernel's own random numbers.

/** Uniform numbers in [0, 1) from a seed: Steele, Lea & Flood (2014), SplitMix. */
export class Draws {
  #state: bigint;

  constructor(seed: number) {
    this.#state = BigInt(seed);
  }

  uniform(): number {
    this.#state = BigInt.asUintN(64, this.#state + 0x9e3779b97f4a7c15n);
    let z = this.#state;
    z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    z ^= z >> 31n;
    return Number(z >> 11n) / 2 ** 53;
  }

  /** Whole number in [0, n). */
  below(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** Exponentially distributed with the given mean. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.uniform());
  }

  /** `count` different whole numbers in [0, n), ascending. */
  subset(n: number, count: number): number[] {
    const chosen = new Set<number>();
    while (chosen.size < count) chosen.add(this.below(n));
    return [...chosen].sort((a, b) => a - b);
  }
}
