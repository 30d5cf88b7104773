import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from '../../lib/nestml/parse';
import { Problems, problemsText } from '../../lib/nestml/source';
import type { Expression, Model } from '../../lib/nestml/syntax';
import { expression, written } from './written';

const textOf = (name: string): string => readFileSync(path.join(__dirname, 'texts', name), 'utf8');

function read(text: string): { models: Model[]; told: string } {
  const problems = new Problems();
  const models = parse(text, problems);
  return { models, told: problemsText(problems.all) };
}

/** A tree without places. */
const bare = (tree: unknown): unknown =>
  JSON.parse(
    JSON.stringify(tree, (key, value: unknown) => {
      if (key === 'start' || key === 'end') return undefined;
      return value === Infinity ? 'inf' : value;
    }),
  );

/** What stands behind `x = ` in an update block. */
function parsed(text: string): Expression {
  const { models, told } = read(`model m:\n  update:\n    x = ${text}\n`);
  expect(told).toBe('');
  const [block] = models[0]!.blocks;
  const [statement] = block!.is === 'update' ? block!.body : [];
  if (statement?.is !== 'assignment') throw new Error('no assignment');
  return statement.value;
}

describe.each(['everything.nestml', 'neuromodulated_stdp_5x.nestml'])('%s', (name) => {
  test('is read without a problem', () => {
    const { models, told } = read(textOf(name));
    expect(told).toBe('');
    expect(models.map((model) => model.name.text)).toEqual([
      name.startsWith('everything') ? 'everything' : 'neuromodulated_stdp',
    ]);
  });

  test('is the same tree when it is written again', () => {
    const { models } = read(textOf(name));
    const again = read(models.map(written).join('\n'));
    expect(again.told).toBe('');
    expect(bare(again.models)).toEqual(bare(models));
  });

  test('is the same tree with other ends of lines, tabs and blank lines', () => {
    const { models } = read(textOf(name));
    const changed = textOf(name)
      .replaceAll(/^ {8}/gm, '\t')
      .replaceAll('\n', ' \r\n \t\r\n')
      .replaceAll(/\\ \r\n \t\r\n/g, '\\\r\n');
    const again = read(`\uFEFF${changed}`);
    expect(again.told).toBe('');
    expect(bare(again.models)).toEqual(bare(models));
  });
});

test('a text without a last end of line, and one with comments only', () => {
  expect(read('model m:\n  update:\n    x = 1').told).toBe('');
  expect(read('# nothing\n\n   # more\n')).toEqual({ models: [], told: '' });
  expect(read('')).toEqual({ models: [], told: '' });
});

test('several models in a text', () => {
  const text =
    'model a:\n  update:\n    x = 1\n\nneuron b:\n  update:\n    x = 1\nsynapse c:\n  update:\n    x = 1\n';
  const { models } = read(text);
  expect(models.map(({ keyword, name }) => `${keyword} ${name.text}`)).toEqual([
    ...['model a', 'neuron b', 'synapse c'],
  ]);
});

describe('operators', () => {
  test.each([
    ['1 + 2 * 3', '(1 + (2 * 3))'],
    ['1 - 2 - 3', '((1 - 2) - 3)'],
    ['8 / 4 / 2 * 3', '(((8 / 4) / 2) * 3)'],
    ['2 ** 3 ** 2', '(2 ** (3 ** 2))'],
    ['-2 ** 2', '(- (2 ** 2))'],
    ['2 ** -1', '(2 ** (- 1))'],
    ['-a * b', '((- a) * b)'],
    ['~a & b', '((~ a) & b)'],
    ['not a and b', '((not a) and b)'],
    ['not a == b', '(not (a == b))'],
    ['a and b or c and d', '(((a and b) or c) and d)'],
    ['a or b and c', '((a or b) and c)'],
    ['a < b and c >= d', '((a < b) and (c >= d))'],
    ['a <> b', '(a != b)'],
    ['1 << 2 + 3', '(1 << (2 + 3))'],
    ['a & b == c', '((a & b) == c)'],
    ['a ? b : c ? d : e', '(a ? b : (c ? d : e))'],
    ['a ? b ? c : d : e', '(a ? (b ? c : d) : e)'],
    ['3 mV / ms', '(3 mV / ms)'],
    ["x'' + y[i + 1]'", "(x'' + y[(i + 1)]')"],
    ['3e', '3 e'],
    ['3e2', '300.'],
    ['1.', '1.'],
    ['.5', '0.5'],
    ['inf', 'inf'],
    ['f() + g(1, h(2))', '(f() + g(1, h(2)))'],
  ])('%s', (text, expected) => {
    expect(expression(parsed(text))).toBe(expected);
  });
});

test('places are those of the text', () => {
  const { models } = read('model m:\n  update:\n    x = 12 mV + f(a, b)\n');
  const [block] = models[0]!.blocks;
  const [statement] = block!.is === 'update' ? block!.body : [];
  expect(statement).toMatchObject({
    start: { line: 3, column: 5 },
    end: { line: 3, column: 24 },
    value: {
      left: { start: { column: 9 }, end: { column: 14 }, unit: { start: { column: 12 } } },
      right: { start: { column: 17 }, end: { column: 24 } },
    },
  });
});
