// Keywords are no names, wherever a name is declared.
import { booleans, keywords } from '../../lib/nestml/tokens';
import { toldOf } from './told';

const words = [...keywords, ...booleans];

test.each(words)('%s', (word) => {
  const refused = (what: string): string =>
    `Expected ${what}, found '${word}', which is a keyword.`;
  const isMarked = word === 'recordable' || word === 'inline';
  const state = toldOf([['state', `${word} real = 1`, 'x real = 0']]);
  // These may stand in front of a name.
  const named = isMarked
    ? "Expected the name of a variable, found 'real', which is a keyword."
    : '';
  expect(state[0]).toBe(
    isMarked
      ? `3:${5 + word.length + 1}: error: ${named}`
      : `3:5: error: ${refused('the name of a variable')}`,
  );
  expect(toldOf([['input', `${word} <- spike`]])[0]).toBe(
    `3:5: error: ${refused('the name of a port')}`,
  );
  expect(toldOf([[`function ${word}(a real)`, 'x = a']])[0]).toBe(
    `2:12: error: ${refused('the name of the function')}`,
  );
  expect(toldOf([[`function f(${word} real)`, 'x = 1']])[0]).toBe(
    `2:14: error: ${refused('the name of a parameter')}`,
  );
  expect(toldOf([['equations', `inline ${word} real = 1`]])[0]).toBe(
    `3:12: error: ${refused('the name of the inline expression')}`,
  );
  expect(toldOf(`model ${word}:\n  state:\n    x real = 0\n`)[0]).toBe(
    `1:7: error: ${refused('the name of the model')}`,
  );
});

test('words like keywords are names', () => {
  const names = ['Step', 'end', 'model_', 'neuron', 'synapse', 'update1', 'TRUE', 'integers'];
  expect(toldOf([['update', ...names.map((name) => `${name} real = 1`)]])).toEqual([]);
});
