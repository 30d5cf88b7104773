import { native } from '../native';
import { mismatch } from '../forms';
import { allocate, badValue, type Compartment, type CompartmentInput } from './compartment';
import { checkNumber, finite, notNegative } from './options';

/**
 * Initial weights: `['uniform', low, high]`, `['normal', mean, standard deviation]`,
 * `['constant', value]`, or the numbers themselves.
 */
export type WeightInit =
  | readonly ['uniform', number, number]
  | readonly ['normal', number, number]
  | readonly ['constant', number]
  | CompartmentInput;

const kinds = { uniform: 2, normal: 2, constant: 1 } as const;

/**
 * Fills weights; drawn ones depend on the seed alone.
 * @throws TypeMismatch, DimensionMismatch or BadProperty
 * @internal
 */
export function initialize(owner: string, weights: Compartment, init: unknown, seed: number): void {
  if (!Array.isArray(init) || typeof init[0] !== 'string') {
    weights.set(init as CompartmentInput);
    return;
  }
  const [kind, ...numbers] = init as [string, ...unknown[]];
  if (!Object.hasOwn(kinds, kind)) {
    throw badValue(owner, 'weight_init[0]', kind, `one of '${Object.keys(kinds).join("', '")}'`);
  }
  const expected = kinds[kind as keyof typeof kinds];
  if (numbers.length !== expected) {
    throw mismatch('weight_init', `'${kind}' and ${expected} numbers`, init, owner);
  }
  const first = checkNumber(owner, 'weight_init[1]', numbers[0], finite);
  if (kind === 'constant') {
    weights.set(first);
    return;
  }
  const range = kind === 'normal' ? notNegative : finite;
  const second = checkNumber(owner, 'weight_init[2]', numbers[1], range);
  native.dense.draw(kind as 'uniform' | 'normal', seed, first, second, weights.values);
}

/**
 * A mask of chance `p` for each entry; `undefined` where every entry stays.
 * @throws OutOfMemory
 * @internal
 */
export function drawMask(
  owner: string,
  p: number,
  seed: number,
  entries: number,
): Float64Array | undefined {
  if (p === 1) return undefined;
  const mask = allocate(entries, owner);
  native.dense.draw('mask', seed, p, 0, mask);
  return mask;
}

/** Zeroes what the mask leaves out. @internal */
export function applyMask(values: Float64Array, mask: Float64Array | undefined): void {
  if (mask === undefined) return;
  for (let i = 0; i < values.length; i++) {
    if (mask[i] === 0) values[i] = 0;
  }
}
