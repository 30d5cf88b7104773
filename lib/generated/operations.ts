// Generated from the core's declarations by scripts/generate.cjs; do not edit.

/**
 * The operations of compiled models, each with its number. The letters stand for result, a, b,
 * c in this order; `n` is a number that stands for itself.
 */
export const operations = {
  /** `ra`: a. */
  copy: 0,
  /** `rab`: a + b. */
  add: 1,
  /** `rab`: a − b. */
  subtract: 2,
  /** `rab`: a · b. */
  multiply: 3,
  /** `rab`: a / b. */
  divide: 4,
  /** `rabc`: a · b + c, rounded twice. */
  multiply_add: 5,
  /** `ra`: −a. */
  negate: 6,
  /** `ra`: |a|. */
  absolute: 7,
  /** `ra`: √a. */
  square_root: 8,
  /** `rab`: b < a ? b : a. */
  least: 9,
  /** `rab`: a < b ? b : a. */
  greatest: 10,
  /** `ra`: the largest whole number ≤ a. */
  round_down: 11,
  /** `ra`: the least whole number ≥ a. */
  round_up: 12,
  /** `ra`: the nearest whole number, halves away from 0. */
  round_half_away: 13,
  /** `ra`: a without its decimals. */
  truncate: 14,
  /** `rab`: what is left of a after division by b, with a's sign. */
  remainder: 15,
  /** `rab`: mask: a < b. */
  less: 16,
  /** `rab`: mask: a ≤ b. */
  less_or_equal: 17,
  /** `rab`: mask: a = b. */
  equal: 18,
  /** `rab`: mask: a ≠ b. */
  not_equal: 19,
  /** `rab`: mask: a and b. */
  both: 20,
  /** `rab`: mask: a or b. */
  either: 21,
  /** `rab`: mask: a and not b. */
  without: 22,
  /** `ra`: mask: not a. */
  invert: 23,
  /** `rabc`: a ? b : c, of a mask a. */
  select: 24,
  /** `ra`: mask: a ≠ 0. */
  to_mask: 25,
  /** `ra`: 1 where the mask a is set, else 0. */
  to_number: 26,
  /** `ra`: e^a. */
  exponential: 27,
  /** `ra`: e^a − 1. */
  exponential_minus_1: 28,
  /** `ra`: ln a. */
  logarithm: 29,
  /** `ra`: log₁₀ a. */
  logarithm_10: 30,
  /** `rab`: a^b, as C's pow. */
  power: 31,
  /** `ra`: sin a. */
  sine: 32,
  /** `ra`: cos a. */
  cosine: 33,
  /** `ra`: tan a. */
  tangent: 34,
  /** `ra`: sinh a. */
  hyperbolic_sine: 35,
  /** `ra`: cosh a. */
  hyperbolic_cosine: 36,
  /** `ra`: tanh a. */
  hyperbolic_tangent: 37,
  /** `ra`: erf a. */
  error_function: 38,
  /** `ra`: erfc a. */
  complementary_error_function: 39,
  /** `rab`: a & b, of integers of 64 bits. */
  bits_and: 40,
  /** `rab`: a | b. */
  bits_or: 41,
  /** `rab`: a ^ b. */
  bits_exclusive_or: 42,
  /** `ra`: ~a. */
  bits_not: 43,
  /** `rab`: a << b; 0 bits where b is not in 0 … 63. */
  shift_left: 44,
  /** `rab`: a >> b, with a's sign. */
  shift_right: 45,
  /** `ran`: a standard normal number: draw a of call site n in this step. */
  normal: 46,
  /** `ran`: a number in [0, 1), named likewise. */
  uniform: 47,
  /** `ranb`: a Poisson number of the mean b, named likewise. */
  poisson: 48,
  /** `rabn`: element b of the n operands from a on; the nearest where there is none. */
  load_at: 49,
  /** `rabn`: element a of the n operands from r on becomes b. */
  store_at: 50,
  /** `ran`: e^a of the n × n operands from a on, row by row. */
  matrix_exponential: 51,
  /** `na`: goes on n instructions further where no lane of a mask is set. */
  skip_unless_any: 52,
  /** `na`: goes back n instructions while a lane of a mask is set. */
  loop_while_any: 53,
  /** `na`: advances system n over the step where the mask a is set. */
  integrate: 54,
  /** `na`: ends the simulation with text n where the mask a is set. */
  fail: 55,
} as const;

/** The name of an operation. */
export type OperationName = keyof typeof operations;
