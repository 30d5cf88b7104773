import { BadParameterValue } from './errors';
import { checkNumber, expression, type Operand, type Parameter } from './parameters';

// Functions of parameters, evaluated for every value drawn (NEST: nest.math).

/** e to the power of each value. */
export function exp(parameter: Operand): Parameter {
  return expression('exp', parameter);
}

/** Sine of each value, in radians. */
export function sin(parameter: Operand): Parameter {
  return expression('sin', parameter);
}

/** Cosine of each value, in radians. */
export function cos(parameter: Operand): Parameter {
  return expression('cos', parameter);
}

/** The smaller of each value and `limit`. */
export function min(parameter: Operand, limit: Operand): Parameter {
  return expression('min', parameter, limit);
}

/** The larger of each value and `limit`. */
export function max(parameter: Operand, limit: Operand): Parameter {
  return expression('max', parameter, limit);
}

/**
 * Draws again until the value lies within [low, high]. After 1000 vain draws whatever uses the
 * parameter throws KernelException.
 * @throws BadParameterValue if low > high.
 */
export function redraw(parameter: Parameter, low: number, high: number): Parameter {
  checkNumber(low, 'redraw', 'min');
  checkNumber(high, 'redraw', 'max');
  if (low > high) {
    throw new BadParameterValue(`redraw: max must be ≥ min (${low}), got ${high}.`, {
      parameter: 'max',
      value: high,
      allowed: `≥ ${low}`,
    });
  }
  return expression('redraw', parameter, low, high);
}
