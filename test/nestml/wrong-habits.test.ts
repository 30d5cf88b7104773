// What is written as in other languages, or only nearly right: one message each, which says what is meant.
import { toldOf, type TextOf, type WrongText } from './told';

describe('ports of spikes without their time', () => {
  const state = ['state', 'I_ pA = 0 pA', 'ok boolean = true'] as const;
  test.each<WrongText>([
    [
      [state, ['update', 'I_ += sp * pA']],
      "6:11: error: Operands of '+=' are of one dimension; these are pA and pA/ms. The sum of the weights is sp * s.",
    ],
    [
      [state, ['update', 'I_ -= 2 * many[0] * pA']],
      "6:11: error: Operands of '-=' are of one dimension; these are pA and pA/ms. The sum of the weights is many[0] * s.",
    ],
    [
      [state, ['update', 'I_ = sp * pA']],
      '6:10: error: I_ is pA; this is pA/ms. The sum of the weights is sp * s.',
    ],
    [
      [state, ['update', 'J_ pA = sp * pA']],
      '6:13: error: J_ is pA; this is pA/ms. The sum of the weights is sp * s.',
    ],
    [
      [state, ['update', 'I_ += pA / ms']],
      "6:11: error: Operands of '+=' are of one dimension; these are pA and pA/ms.",
    ],
    [
      [state, ['update', 'I_ += sp * mV']],
      "6:11: error: Operands of '+=' are of one dimension; these are pA and mV/ms.",
    ],
    [
      [state, ['update', 'I_ += ok']],
      "6:11: error: Operands of '+=' are numbers or quantities; this is boolean.",
    ],
    [
      [state, ['update', 'I_ *= ok']],
      "6:11: error: Operands of '*=' are numbers or quantities; this is boolean.",
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });
});

describe('functions without parentheses', () => {
  test.each<WrongText>([
    [[['update', 'x += timestep / ms']], "3:10: error: 'timestep' is a function: timestep()."],
    [
      [['internals', 'h_ ms = resolution']],
      "3:13: error: 'resolution' is a function: resolution().",
    ],
    [[['update', 'x = exp']], "3:9: error: 'exp' is a function: exp(…)."],
    [
      [
        ['update', 'x = f'],
        ['function f(a real, b mV) real', 'return a'],
      ],
      "3:9: error: 'f' is a function: f(a, b).",
    ],
    [[['update', 'emit_spike']], "3:5: error: 'emit_spike' is a function: emit_spike()."],
    [
      [['update', 'integrate_odes']],
      "3:5: error: 'integrate_odes' is a function: integrate_odes().",
    ],
    [
      [['update', 'nothing_']],
      "3:13: error: Expected '=' and a value, or a type, found the end of line.",
    ],
  ])('%j', (text, ...says) => {
    expect(toldOf(text)).toEqual(says);
  });

  test.each<[TextOf]>([[[['state', 'exp real = 1', 'x real = exp + exp(1)']]]])(
    'variables may have the name of one: %j',
    (text) => {
      expect(toldOf(text)).toEqual([]);
    },
  );
});
