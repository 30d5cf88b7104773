import { BadProperty, TypeMismatch } from './errors';
import { checkNumber, expression, type Parameter } from './parameters';

export { RandomStream, stream } from './random-stream';

// Distributions to draw node and connection parameters from (NEST: nest.random). The rules for
// their arguments are NEST's; `low` and `high` stand for NEST's `min` and `max`.

/**
 * Uniform in [low, high).
 * @throws BadProperty unless low < high and both are finite.
 */
export function uniform(low = 0, high = 1): Parameter {
  finite('uniform', { min: low, max: high });
  if (low >= high) throw refused('uniform', 'max', high, `> min (${low})`);
  return expression('uniform', low, high);
}

/**
 * Integers 0 … max − 1, all equally likely.
 * @throws TypeMismatch unless max is an integer; BadProperty unless it is positive.
 */
export function uniform_int(max: number): Parameter {
  finite('uniform_int', { max });
  if (!Number.isInteger(max)) {
    throw new TypeMismatch(`uniform_int: max must be an integer, got ${max}.`, {
      parameter: 'max',
      value: max,
      expected: 'integer',
    });
  }
  if (max <= 0) throw refused('uniform_int', 'max', max, '> 0');
  return expression('uniform_int', max);
}

/**
 * Normal distribution; with std = 0 always the mean.
 * @throws BadProperty if std < 0.
 */
export function normal(mean = 0, std = 1): Parameter {
  finite('normal', { mean, std });
  if (std < 0) throw refused('normal', 'std', std, '≥ 0');
  return expression('normal', mean, std);
}

/**
 * Log-normal distribution; mean and std are those of the logarithm.
 * @throws BadProperty if std < 0.
 */
export function lognormal(mean = 0, std = 1): Parameter {
  finite('lognormal', { mean, std });
  if (std < 0) throw refused('lognormal', 'std', std, '≥ 0');
  return expression('lognormal', mean, std);
}

/**
 * Exponential distribution with mean beta.
 * @throws BadProperty if beta < 0.
 */
export function exponential(beta = 1): Parameter {
  finite('exponential', { beta });
  if (beta < 0) throw refused('exponential', 'beta', beta, '≥ 0');
  return expression('exponential', beta);
}

function finite(distribution: string, values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'number' && !Number.isFinite(value)) {
      throw refused(distribution, name, value, 'finite');
    }
    checkNumber(value, distribution, name);
  }
}

function refused(distribution: string, parameter: string, value: number, allowed: string): Error {
  const message = `${distribution}: ${parameter} must be ${allowed}, got ${value}.`;
  return new BadProperty(message, { parameter, value, allowed });
}
