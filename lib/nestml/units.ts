import { nearestName } from '../suggest';
import type { UnitText } from './syntax';

// Quantities have a dimension, and each dimension one scale in which the numbers of expressions are:
// those of time, voltage and current are ms, mV and pA, from which nS, pF and GOhm follow.

/** Exponents of m, kg, s, A, K, mol and cd. */
export type Dimension = readonly number[];

const bases = ['m', 'kg', 's', 'A', 'K', 'mol', 'cd'] as const;
type Base = (typeof bases)[number];

/** Larger powers of a unit measure nothing; their factors are no numbers any more. */
export const LARGEST_EXPONENT = 100;

/** Of plain numbers. */
export const DIMENSIONLESS: Dimension = bases.map(() => 0);

/** Exponents are fractions: what is nearer than this is the same. */
const NEARNESS = 1e-9;

export const isSameDimension = (a: Dimension, b: Dimension): boolean =>
  a.every((exponent, i) => Math.abs(exponent - b[i]!) < NEARNESS);

export const isDimensionless = (dimension: Dimension): boolean =>
  isSameDimension(dimension, DIMENSIONLESS);

/** The dimension of a product, or with -1 of a quotient. */
export const productOf = (a: Dimension, b: Dimension, sign: 1 | -1 = 1): Dimension =>
  a.map((exponent, i) => exponent + sign * b[i]!);

/** The dimension of a power. */
export const powerOf = (dimension: Dimension, exponent: number): Dimension =>
  dimension.map((one) => one * exponent);

/** A factor, kept as decimal places so that those of prefixes are exact. */
export interface Factor {
  readonly decimals: number;
  /** What is no power of ten, as of hours. */
  readonly mantissa: number;
}

const ONE: Factor = { decimals: 0, mantissa: 1 };

const times = (a: Factor, b: Factor, exponent = 1): Factor => ({
  decimals: a.decimals + b.decimals * exponent,
  mantissa: a.mantissa * b.mantissa ** exponent,
});

/** A number times a factor, rounded once where the factor is a power of ten. */
export function scaled(value: number, { decimals, mantissa }: Factor): number {
  const number = value * mantissa;
  if (!Number.isInteger(decimals)) return number * 10 ** decimals;
  return decimals < 0 ? number / Number(`1e${-decimals}`) : number * Number(`1e${decimals}`);
}

/** A unit: what it measures, and where its numbers lie. */
export interface Unit {
  readonly dimension: Dimension;
  /** From numbers in this unit to those of the dimension's scale. */
  readonly factor: Factor;
  /**
   * From numbers as variables of this unit hold them, and as they are seen from outside, to those of
   * the scale: 1, but of units outside of electricity and time, which variables keep as declared.
   */
  readonly held: Factor;
}

/** A dimension in powers of voltage, time, current and what else there is: V = kg m² s⁻³ A⁻¹. */
function powersOf([m, kg, s, ampere, K, mol, cd]: Dimension): Readonly<Record<string, number>> {
  const k = kg!;
  return { mV: k, ms: s! + 3 * k, pA: ampere! + k, m: m! - 2 * k, K: K!, mol: mol!, cd: cd! };
}

/** Decimal places of the scale of a dimension: ms, mV and pA, and of all else the SI's bases. */
function decimalsOf(dimension: Dimension): number {
  const { mV, ms, pA } = powersOf(dimension);
  return -3 * mV! - 3 * ms! - 12 * pA!;
}

interface NamedUnit {
  readonly dimension: Dimension;
  /** In SI units. */
  readonly size: Factor;
  /** Whether variables hold it in the scale of its dimension. */
  readonly isScaled: boolean;
  readonly hasPrefixes: boolean;
}

function named(
  exponents: Partial<Record<Base, number>>,
  { decimals = 0, mantissa = 1, isScaled = false, hasPrefixes = true } = {},
): NamedUnit {
  const dimension = bases.map((base) => exponents[base] ?? 0);
  return { dimension, size: { decimals, mantissa }, isScaled, hasPrefixes };
}

const electrical = (exponents: Partial<Record<Base, number>>): NamedUnit =>
  named(exponents, { isScaled: true });

const time = (mantissa: number): NamedUnit =>
  named({ s: 1 }, { mantissa, isScaled: true, hasPrefixes: false });

const resistance = electrical({ kg: 1, m: 2, s: -3, A: -2 });
const volume = named({ m: 3 }, { decimals: -3 });

/** Names without prefixes. Source: BIPM, The International System of Units, 9th edition. */
const units: Readonly<Record<string, NamedUnit>> = {
  m: named({ m: 1 }),
  g: named({ kg: 1 }, { decimals: -3 }),
  s: electrical({ s: 1 }),
  A: electrical({ A: 1 }),
  K: named({ K: 1 }),
  mol: named({ mol: 1 }),
  cd: named({ cd: 1 }),
  rad: named({}),
  sr: named({}),
  Hz: electrical({ s: -1 }),
  Bq: electrical({ s: -1 }),
  N: named({ kg: 1, m: 1, s: -2 }),
  Pa: named({ kg: 1, m: -1, s: -2 }),
  J: named({ kg: 1, m: 2, s: -2 }),
  W: named({ kg: 1, m: 2, s: -3 }),
  C: electrical({ A: 1, s: 1 }),
  V: electrical({ kg: 1, m: 2, s: -3, A: -1 }),
  F: electrical({ kg: -1, m: -2, s: 4, A: 2 }),
  Ohm: resistance,
  ohm: resistance,
  S: electrical({ kg: -1, m: -2, s: 3, A: 2 }),
  Wb: named({ kg: 1, m: 2, s: -2, A: -1 }),
  T: named({ kg: 1, s: -2, A: -1 }),
  H: named({ kg: 1, m: 2, s: -2, A: -2 }),
  lm: named({ cd: 1 }),
  lx: named({ cd: 1, m: -2 }),
  L: volume,
  l: volume,
  eV: named({ kg: 1, m: 2, s: -2 }, { mantissa: 1.602_176_634, decimals: -19 }),
  h: time(3600),
  d: time(86_400),
};

const prefixes: Readonly<Record<string, number>> = {
  ...{ y: -24, z: -21, a: -18, f: -15, p: -12, n: -9, u: -6, m: -3, c: -2, d: -1 },
  ...{ da: 1, h: 2, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18, Z: 21, Y: 24 },
};

function unitOf({ dimension, size, isScaled }: NamedUnit, prefix = 0): Unit {
  const scale = { decimals: prefix - decimalsOf(dimension), mantissa: 1 };
  const factor = times(size, scale);
  return { dimension, factor, held: isScaled ? ONE : factor };
}

/** With and without prefixes; what is a unit by itself is no other with a prefix: Pa, cd. */
const byName = new Map<string, Unit>();
for (const [prefix, decimals] of Object.entries(prefixes)) {
  for (const [name, unit] of Object.entries(units)) {
    const isNew = unit.hasPrefixes && !byName.has(prefix + name);
    if (isNew) byName.set(prefix + name, unitOf(unit, decimals));
  }
}
for (const [name, unit] of Object.entries(units)) byName.set(name, unitOf(unit));

/** A unit by its name, with or without one prefix; undefined for what is none. */
export const unitNamed = (name: string): Unit | undefined => byName.get(name);

/** The unit that was probably meant. */
export function nearestUnit(name: string): string | undefined {
  const usual = ['ms', 'mV', 'pA', 'nS', 'pF', 'GOhm', 'kHz', ...Object.keys(units)];
  const otherCase = usual.find((one) => one.toLowerCase() === name.toLowerCase());
  return otherCase ?? nearestName(name, usual);
}

/** The power of a unit that `cm2` stands for; undefined for what is none. */
export function powerMeant(name: string): string | undefined {
  const [, base, exponent] = /^([A-Za-z]+)([23])$/.exec(name) ?? [];
  return base && unitNamed(base) ? `${base}**${exponent}` : undefined;
}

/** What a text of a unit cannot be: the name in it that is none. */
export interface UnknownUnit {
  readonly text: UnitText & { readonly is: 'unit' };
}

const isUnknown = (unit: Unit | UnknownUnit): unit is UnknownUnit => 'text' in unit;

/** The unit that a text stands for. */
export function unitIn(text: UnitText): Unit | UnknownUnit {
  switch (text.is) {
    case 'one':
      return { dimension: DIMENSIONLESS, factor: ONE, held: ONE };
    case 'unit':
      return unitNamed(text.name) ?? { text };
    case 'power': {
      const base = unitIn(text.base);
      return isUnknown(base) ? base : unitPower(base, text.exponent);
    }
    case 'product': {
      const left = unitIn(text.left);
      if (isUnknown(left)) return left;
      const right = unitIn(text.right);
      if (isUnknown(right)) return right;
      return unitProduct(left, text.operator === '*' ? right : unitPower(right, -1));
    }
  }
}

function unitProduct(left: Unit, right: Unit): Unit {
  return {
    dimension: productOf(left.dimension, right.dimension),
    factor: times(left.factor, right.factor),
    held: times(left.held, right.held),
  };
}

function unitPower(base: Unit, exponent: number): Unit {
  return {
    dimension: powerOf(base.dimension, exponent),
    factor: times(ONE, base.factor, exponent),
    held: times(ONE, base.held, exponent),
  };
}

/** Units of the scales, by which dimensions are named. */
const scales: readonly (readonly [name: string, dimension: Dimension])[] = [
  ...['ms', 'mV', 'pA', 'nS', 'pF', 'GOhm', '1/ms', 'mV/ms', 'pA/ms', 'nS/ms', 'pA*ms'].map(
    (text) => [text, dimensionOfScale(text)] as const,
  ),
];

function dimensionOfScale(text: string): Dimension {
  const [, first, sign, second] = /^(\w+)(?:([*/])(\w+))?$/.exec(text)!;
  const left = first === '1' ? DIMENSIONLESS : unitNamed(first!)!.dimension;
  return second ? productOf(left, unitNamed(second)!.dimension, sign === '/' ? -1 : 1) : left;
}

/** The unit of a dimension's scale: `mV`, `1/ms`, `pA/(mV*m**2)`; `real` for plain numbers. */
export function dimensionText(dimension: Dimension): string {
  if (isDimensionless(dimension)) return 'real';
  const known = scales.find(([, one]) => isSameDimension(one, dimension));
  if (known !== undefined) return known[0];
  const powers = (sign: 1 | -1): string[] =>
    Object.entries(powersOf(dimension)).flatMap(([name, power]) => {
      const exponent = sign * power;
      if (exponent < NEARNESS) return [];
      return [Math.abs(exponent - 1) < NEARNESS ? name : `${name}**${Number(exponent.toFixed(6))}`];
    });
  const [above, below] = [powers(1), powers(-1)];
  const numerator = above.length > 0 ? above.join('*') : '1';
  if (below.length === 0) return numerator;
  return `${numerator}/${below.length > 1 ? `(${below.join('*')})` : below[0]}`;
}
