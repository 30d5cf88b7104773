import { logic, math, Parameter, random } from '../../../lib';
import type { Kernel } from '../../../lib';
import { type RefusedCall, wrong } from './network';

export const calls: readonly RefusedCall[] = [
  {
    title: 'a uniform distribution of no width',
    call: () => random.uniform(1, 1),
    error: 'BadProperty',
    message: 'uniform: max must be > min (1), got 1.',
    fields: { parameter: 'max', value: 1, allowed: '> min (1)' },
  },
  {
    title: 'a uniform distribution up to Infinity',
    call: () => random.uniform(0, Infinity),
    error: 'BadProperty',
    message: 'uniform: max must be finite, got Infinity.',
    fields: { parameter: 'max', value: Infinity, allowed: 'finite' },
  },
  {
    title: 'a negative standard deviation',
    call: () => random.normal(0, -1),
    error: 'BadProperty',
    message: 'normal: std must be ≥ 0, got -1.',
    fields: { parameter: 'std', value: -1, allowed: '≥ 0' },
  },
  {
    title: 'a mean of NaN',
    call: () => random.normal(NaN, 1),
    error: 'BadProperty',
    message: 'normal: mean must be finite, got NaN.',
    fields: { parameter: 'mean', value: NaN, allowed: 'finite' },
  },
  {
    title: 'a text as mean',
    call: () => random.lognormal(wrong<number>('0'), 1),
    error: 'TypeMismatch',
    message: 'lognormal: mean must be a number, got string.',
    fields: { parameter: 'mean', expected: 'number', given: 'string' },
  },
  {
    title: 'a negative exponential',
    call: () => random.exponential(-1),
    error: 'BadProperty',
    message: 'exponential: beta must be ≥ 0, got -1.',
    fields: { parameter: 'beta', value: -1, allowed: '≥ 0' },
  },
  {
    title: 'no integers',
    call: () => random.uniform_int(0),
    error: 'BadProperty',
    message: 'uniform_int: max must be > 0, got 0.',
    fields: { parameter: 'max', value: 0, allowed: '> 0' },
  },
  {
    title: 'half an integer',
    call: () => random.uniform_int(2.5),
    error: 'TypeMismatch',
    message: 'uniform_int: max must be an integer, got 2.5.',
    fields: { parameter: 'max', value: 2.5, expected: 'integer' },
  },
  {
    title: 'an empty interval to redraw in',
    call: () => math.redraw(random.uniform(), 3, 2),
    error: 'BadParameterValue',
    message: 'redraw: max must be ≥ min (3), got 2.',
    fields: { parameter: 'max', value: 2, allowed: '≥ 3' },
  },
  {
    title: 'a text as operand',
    call: () => random.uniform().add(wrong<number>('1')),
    error: 'TypeMismatch',
    message: 'add: operand must be a number, got string.',
    fields: { parameter: 'operand', expected: 'number', given: 'string' },
  },
  {
    title: 'NaN as operand',
    call: () => math.exp(NaN),
    error: 'BadParameterValue',
    message: 'exp: operand must not be NaN.',
    fields: { parameter: 'operand', value: NaN, allowed: 'a number' },
  },
  {
    title: 'a parameter in an operator',
    call: () => wrong<number>(random.uniform()) + 1,
    error: 'TypeMismatch',
    message: 'Operators do not work on a Parameter; use its methods: .add(1), .mul(2), .lt(0), …',
    fields: { expected: 'number', given: 'Parameter' },
  },
  {
    title: 'a text as condition',
    call: () => logic.conditional(wrong<number>('a'), 1, 2),
    error: 'TypeMismatch',
    message: 'conditional: operand must be a number, got string.',
    fields: { parameter: 'operand', expected: 'number', given: 'string' },
  },
  {
    title: 'a parameter as limit of redraw',
    call: () => math.redraw(random.uniform(), wrong<number>(random.uniform()), 1),
    error: 'TypeMismatch',
    message: 'redraw: min must be a number, got Parameter.',
    fields: { parameter: 'min', expected: 'number', given: 'Parameter' },
  },
  {
    title: 'a value from something that is no kernel',
    call: () => random.uniform().GetValue(wrong<Kernel>({ seed: 1 })),
    error: 'TypeMismatch',
    message: 'GetValue: kernel must be a Kernel, got Object.',
    fields: { parameter: 'kernel', expected: 'a Kernel', given: 'Object' },
  },
  {
    title: 'a parameter of no kind',
    call: ({ alpha }) => alpha.set({ V_m: new Parameter(['cauchy', 1]) }),
    error: 'BadProperty',
    message:
      "There is no parameter operation 'cauchy'; known: uniform, normal, lognormal, exponential, uniform_int, add, sub, mul, div, pow, neg, exp, sin, cos, min, max, redraw, lt, le, gt, ge, eq, ne, conditional.",
    fields: { parameter: 'cauchy' },
  },
  {
    title: 'an expression too deep',
    call: ({ alpha }) => {
      let deep = random.uniform();
      for (let i = 0; i < 1000; i++) deep = deep.add(1);
      alpha.set({ V_m: deep });
    },
    error: 'BadProperty',
    message:
      'An expression must have at most 500 levels, got 501 at add; operands that are shared count each time, those of a redraw for every try.',
    fields: { parameter: 'V_m', value: 501, allowed: 'at most 500 levels' },
  },
  {
    title: 'an expression that shares its operands too often',
    call: ({ alpha }) => {
      let shared = random.uniform();
      for (let i = 0; i < 30; i++) shared = shared.mul(shared);
      alpha.set({ V_m: shared });
    },
    error: 'BadProperty',
    message:
      'An expression must have at most 4194304 operations a value, got 8388607 at mul; operands that are shared count each time, those of a redraw for every try.',
    fields: { parameter: 'V_m', value: 8388607, allowed: 'at most 4194304 operations a value' },
  },
];
