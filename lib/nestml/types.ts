import {
  type Dimension,
  DIMENSIONLESS,
  dimensionText,
  isDimensionless,
  isSameDimension,
  powerOf,
  productOf,
  unitNamed,
} from './units';

/** What a value is: a quantity has a dimension, a `real` none. */
export type Type =
  | { readonly is: 'integer' | 'real' | 'boolean' | 'string' | 'void' }
  | { readonly is: 'quantity'; readonly dimension: Dimension };

export const INTEGER: Type = { is: 'integer' };
export const REAL: Type = { is: 'real' };
export const BOOLEAN: Type = { is: 'boolean' };
export const STRING: Type = { is: 'string' };
export const VOID: Type = { is: 'void' };

/** Quantities of that dimension; without one, plain numbers. */
export const quantityOf = (dimension: Dimension): Type =>
  isDimensionless(dimension) ? REAL : { is: 'quantity', dimension };

export const MS = quantityOf(unitNamed('ms')!.dimension);
/** Per second: what a port of spikes gives. */
export const RATE = quantityOf(powerOf(unitNamed('s')!.dimension, -1));

/** `real`, `mV`, `1/ms` */
export const typeName = (type: Type): string =>
  type.is === 'quantity' ? dimensionText(type.dimension) : type.is;

export const isNumber = ({ is }: Type): boolean => is === 'integer' || is === 'real';
export const isNumeric = (type: Type): boolean => isNumber(type) || type.is === 'quantity';

/** Of a number or a quantity. */
export const dimensionOf = (type: Type): Dimension =>
  type.is === 'quantity' ? type.dimension : DIMENSIONLESS;

/** The type of a derivative. */
export const perTime = (type: Type, order: number): Type =>
  quantityOf(productOf(dimensionOf(type), powerOf(dimensionOf(MS), order), -1));

export function isSameType(a: Type, b: Type): boolean {
  if (a.is !== 'quantity' || b.is !== 'quantity') return a.is === b.is;
  return isSameDimension(a.dimension, b.dimension);
}

/**
 * Whether a value can be given to what has another type: integers and reals to each other, a real
 * becomes whole by leaving out its decimals; a quantity to its own dimension, or to a real, without
 * its unit. A number is no quantity: it has no unit.
 */
export function fits(from: Type, to: Type): boolean {
  if (isSameType(from, to)) return from.is !== 'void';
  if (isNumber(to)) return isNumber(from) || (to.is === 'real' && from.is === 'quantity');
  return false;
}
