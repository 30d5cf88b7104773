// What is written as in other languages, or only nearly right: one message each, which says what is meant.
import { toldOf, type WrongText } from './told';

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
