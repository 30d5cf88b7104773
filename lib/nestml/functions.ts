import { INTEGER, MS, REAL, STRING, type Type, VOID } from './types';

/** Where an expression or a statement stands. */
export type Place =
  | 'initial value'
  | 'guard'
  | 'equation'
  | 'kernel'
  | 'update'
  | 'onReceive'
  | 'onCondition'
  | 'function';

/** A place in words, as errors name it. */
export const placeText = (place: Place): string =>
  ({
    'initial value': 'an initial value',
    guard: 'a guard',
    equation: 'an equation',
    kernel: 'a kernel',
    function: 'a function',
    update: 'update',
    onReceive: 'onReceive',
    onCondition: 'onCondition',
  })[place];

/**
 * What a function takes: a value of a type; values that are alike, whatever they are; a number
 * without a unit; or names that are no values.
 */
export type ParameterKind =
  Type | 'alike' | 'any number' | 'plain number' | 'kernel' | 'spike port' | 'states' | 't';

export interface PredefinedFunction {
  readonly parameters: readonly ParameterKind[];
  /** How many of the last parameters can be left out. */
  readonly optional?: number;
  /**
   * `first`: what the first argument is; `common`: what all are; `drawn`: the same, but never an
   * integer.
   */
  readonly returns: Type | 'first' | 'common' | 'drawn';
  /** Where it can be called; everywhere, if nothing is said. */
  readonly places?: readonly Place[];
}

const handlers: readonly Place[] = ['update', 'onReceive', 'onCondition'];

const ofReal: PredefinedFunction = { parameters: [REAL], returns: REAL };
const ofAny: PredefinedFunction = { parameters: ['any number'], returns: 'first' };
const ofTwo: PredefinedFunction = { parameters: ['alike', 'alike'], returns: 'common' };
const random: PredefinedFunction = { ...ofTwo, returns: 'drawn', places: handlers };
const ofText: PredefinedFunction = { parameters: [STRING], returns: VOID };

/** Every function of the language. Source: NESTML 8 language documentation, "Predefined functions". */
export const predefinedFunctions: Readonly<Record<string, PredefinedFunction>> = {
  ...{ min: ofTwo, max: ofTwo, abs: ofAny, ceil: ofAny, floor: ofAny, round: ofAny },
  clip: { parameters: ['alike', 'alike', 'alike'], returns: 'common' },
  ...{ exp: ofReal, ln: ofReal, log10: ofReal, expm1: ofReal },
  ...{ sin: ofReal, cos: ofReal, tan: ofReal, sinh: ofReal, cosh: ofReal, tanh: ofReal },
  ...{ erf: ofReal, erfc: ofReal },
  pow: { parameters: ['any number', REAL], returns: 'common' },
  resolution: {
    ...{ parameters: [], returns: MS },
    places: ['initial value', 'guard', 'update', 'onReceive', 'onCondition'],
  },
  timestep: { parameters: [], returns: MS, places: ['update'] },
  steps: { parameters: [MS], returns: INTEGER },
  ...{ random_normal: random, random_uniform: random },
  random_poisson: { parameters: [REAL], returns: INTEGER, places: handlers },
  convolve: {
    ...{ parameters: ['kernel', 'spike port'], returns: REAL },
    places: ['equation', ...handlers],
  },
  delta: { parameters: ['t'], returns: REAL, places: ['kernel'] },
  integrate_odes: { parameters: ['states'], returns: VOID, places: handlers },
  emit_spike: {
    ...{ parameters: ['plain number', MS], optional: 2, returns: VOID },
    places: handlers,
  },
  /** NESTML 5 to 7. */
  deliver_spike: { parameters: ['any number', MS], returns: VOID, places: handlers },
  ...{ print: ofText, println: ofText, info: ofText, warning: ofText },
};
