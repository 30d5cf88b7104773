import { scaled as scaledNumber } from '../units';
import { type ProgramBuilder, type Register } from './builder';
import { callsIn, canAct, divide, hasDraws, number, ONE, type Term } from './terms';

// Terms become instructions.

/** What a term needs of where it stands. */
export interface Setting {
  readonly builder: ProgramBuilder;
  /** What a name stands for. */
  readonly valueOf: (name: string) => Register;
  /** What does not change in a run and is worked out before it; undefined for all else. */
  readonly coefficientOf?: (term: Term) => Register | undefined;
  readonly call: (name: string, operands: readonly Register[]) => Register;
  readonly draw: (term: Term & { readonly is: 'draw' }, operands: readonly Register[]) => Register;
  /** Says where an index may be wrong. */
  readonly checkIndex: (index: Register, size: number, name: string) => void;
  /** Works out what only the lanes of a mask ask for; without it all do. */
  readonly within?: (mask: Register, work: () => Register) => Register;
  /** What has been emitted already. */
  readonly known?: Map<Term, Register>;
  /** Quotients by what does not change are products: rounded otherwise, but done in a fourth of the time. */
  readonly hasReciprocals?: boolean;
}

/** For a term whose parts may stand in several places; a function may change what names hold. */
export const remembering = (term: Term, setting: Setting): Setting =>
  callsIn(term).size > 0 || hasDraws(term) ? setting : { ...setting, known: new Map() };

export function emit(term: Term, setting: Setting): Register {
  const before = setting.known?.get(term);
  if (before !== undefined) return before;
  const register = setting.coefficientOf?.(term) ?? emitNew(term, setting);
  setting.known?.set(term, register);
  return register;
}

function emitNew(term: Term, setting: Setting): Register {
  const { builder } = setting;
  switch (term.is) {
    case 'number':
      return builder.constant(term.value);
    case 'truth':
      return builder.truth(term.value);
    case 'symbol':
      return setting.valueOf(term.name);
    case 'scaled':
      return emitScaled(term, setting);
    case 'apply':
      return emitOperation(term, setting);
    case 'element':
      return emitElement(term, setting);
    case 'call':
    case 'draw': {
      const operands = term.operands.map((one) => emit(one, setting));
      return term.is === 'call' ? setting.call(term.name, operands) : setting.draw(term, operands);
    }
  }
}

function emitScaled(
  { operand, decimals }: Term & { readonly is: 'scaled' },
  setting: Setting,
): Register {
  const { builder } = setting;
  if (operand.is === 'number') {
    return builder.constant(scaledNumber(operand.value, { decimals, mantissa: 1 }));
  }
  const value = emit(operand, setting);
  const power = (exponent: number): Register =>
    builder.constant(Number.isInteger(exponent) ? Number(`1e${exponent}`) : 10 ** exponent);
  return decimals < 0
    ? builder.apply('divide', value, power(-decimals))
    : builder.apply('multiply', value, power(decimals));
}

function emitOperation(
  { operation, operands }: Term & { readonly is: 'apply' },
  setting: Setting,
): Register {
  const { builder, hasReciprocals, coefficientOf } = setting;
  const [a, b] = operands as [Term, Term];
  if (operation === 'divide' && hasReciprocals && coefficientOf) {
    const reciprocal = b.is === 'number' ? undefined : coefficientOf(divide(ONE, b));
    if (reciprocal !== undefined) return builder.apply('multiply', emit(a, setting), reciprocal);
  }
  if (operation === 'power' && b.is === 'number') {
    const whole = emitWholePower(emit(a, setting), b.value, builder);
    if (whole !== undefined) return whole;
  }
  const first = emit(a, setting);
  const others = operands.slice(1);
  if (!choices.has(operation) || !others.some(canAct)) {
    return builder.apply(operation, first, ...others.map((one) => emit(one, setting)));
  }
  const asks = operation === 'either' ? builder.apply('invert', first) : first;
  const masks = operation === 'select' ? [asks, builder.apply('invert', first)] : [asks];
  const values = others.map((one, i) => emitWithin(masks[i]!, one, setting));
  return builder.apply(operation, first, ...values);
}

/** Whether their other operands are asked for depends on the first: `and`, `or`, `? :`. */
const choices: ReadonlySet<string> = new Set(['both', 'either', 'select']);

function emitWithin(mask: Register, term: Term, setting: Setting): Register {
  // What is worked out there may be missing elsewhere.
  const known = setting.known && new Map(setting.known);
  const work = (): Register => emit(term, { ...setting, ...(known && { known }) });
  return setting.within ? setting.within(mask, work) : work();
}

/** The largest exponent that products are used for. */
const LARGEST_PRODUCT = 4;

function emitWholePower(
  base: Register,
  exponent: number,
  builder: ProgramBuilder,
): Register | undefined {
  if (!Number.isInteger(exponent) || exponent < 1 || exponent > LARGEST_PRODUCT) return undefined;
  if (exponent === 1) return base;
  const square = builder.apply('multiply', base, base);
  if (exponent === 2) return square;
  return builder.apply('multiply', square, exponent === 3 ? base : square);
}

function emitElement(
  { of, index, name }: Term & { readonly is: 'element' },
  setting: Setting,
): Register {
  const { builder } = setting;
  const at = emit(index, setting);
  setting.checkIndex(at, of.length, name);
  const values = of.map((one) => setting.valueOf(one));
  return values.reduce((chosen, value, k) =>
    builder.apply('select', builder.apply('equal', at, emit(number(k), setting)), value, chosen),
  );
}
