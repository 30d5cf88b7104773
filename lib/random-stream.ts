import { BadParameterValue } from './errors';
import { mismatch } from './forms';
import { guardReceivers } from './receivers';
import { textOf } from './words';

/**
 * Random numbers for the program around a network (when a stimulus comes, which action is taken),
 * from a seed and independent of the kernel's. The same on every machine. Source: G. L. Steele,
 * D. Lea & C. H. Flood (2014), Fast splittable pseudorandom number generators, OOPSLA, "SplitMix".
 */
export class RandomStream {
  #state: bigint;

  static {
    guardReceivers(this, 'a RandomStream', (value) => #state in value);
  }

  /** @internal */
  constructor(state: bigint) {
    this.#state = state;
  }

  /** `stream(state)` goes on with the same numbers. */
  get state(): bigint {
    return this.#state;
  }

  /** A number in [0, 1), a multiple of 2⁻⁵³. */
  uniform(): number {
    this.#state = BigInt.asUintN(64, this.#state + 0x9e3779b97f4a7c15n);
    let z = this.#state;
    z = BigInt.asUintN(64, (z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n);
    z = BigInt.asUintN(64, (z ^ (z >> 27n)) * 0x94d049bb133111ebn);
    z ^= z >> 31n;
    return Number(z >> 11n) / 2 ** 53;
  }

  /** A whole number in [0, n), all equally likely. @throws BadParameterValue unless n ≥ 1. */
  below(n: number): number {
    if (!Number.isSafeInteger(n) || n < 1) throw refused('below: n', n, 'a whole number ≥ 1');
    return Math.floor(this.uniform() * n);
  }

  /** Exponentially distributed with the given mean. @throws BadParameterValue unless it is ≥ 0. */
  exponential(mean = 1): number {
    if (typeof mean !== 'number' || !(mean >= 0)) throw refused('exponential: mean', mean, '≥ 0');
    return -mean * Math.log(1 - this.uniform());
  }

  /**
   * `count` different whole numbers in [0, n), ascending.
   * @throws BadParameterValue unless 0 ≤ count ≤ n.
   */
  subset(n: number, count: number): number[] {
    if (!Number.isSafeInteger(n) || n < 0) throw refused('subset: n', n, 'a whole number ≥ 0');
    if (!Number.isSafeInteger(count) || count < 0 || count > n) {
      throw refused('subset: count', count, `a whole number from 0 to ${n}`);
    }
    const chosen = new Set<number>();
    while (chosen.size < count) chosen.add(this.below(n));
    return [...chosen].sort((a, b) => a - b);
  }
}

/**
 * A stream of random numbers.
 * @param seed A whole number ≥ 0, or the `state` of another stream to go on with its numbers.
 * @throws TypeMismatch, BadParameterValue for anything else.
 */
export function stream(seed: number | bigint): RandomStream {
  if (typeof seed !== 'number' && typeof seed !== 'bigint') {
    throw mismatch('seed', 'a whole number or a state', seed, 'stream');
  }
  const whole = typeof seed === 'bigint' || Number.isSafeInteger(seed);
  if (!whole || seed < 0 || BigInt(seed) >= 2n ** 64n) {
    throw refused('stream: seed', seed, 'a whole number from 0 to 2⁵³ − 1, or a state');
  }
  return new RandomStream(BigInt(seed));
}

function refused(what: string, value: unknown, allowed: string): BadParameterValue {
  const parameter = what.slice(what.indexOf(' ') + 1);
  return new BadParameterValue(`${what} must be ${allowed}, got ${textOf(value)}.`, {
    parameter,
    value,
    allowed,
  });
}
