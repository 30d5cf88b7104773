import { ModelTextError } from '../../lib/errors';
import { check } from '../../lib/nestml/check';
import { modelTextError } from '../../lib/nestml/model-text-error';
import { Problems, problemsText } from '../../lib/nestml/source';

/** What is wrong with a text. */
function problemsOf(text: string): Problems['all'] {
  const problems = new Problems();
  check(text, problems);
  return problems.all;
}

const wrong = `model m:
  state:
    V_m mV = -70 mV
    ms real = 0
  update:
    V_m = V_n + 1 mV
`;
const warned = 'model n:\n  state:\n    mV real = 1\n';

test('an error of a text says where, what, and what was probably meant', () => {
  const error = modelTextError([{ file: 'models/m.nestml', problems: problemsOf(wrong) }]);
  expect(error).toBeInstanceOf(ModelTextError);
  expect(error.message).toBe(
    `models/m.nestml:6:11: error: There is no variable 'V_n'; did you mean 'V_m'?
models/m.nestml:4:5: warning: 'ms' is also the name of a unit; an expression with ms means this one.`,
  );
  expect({ ...error }).toEqual({
    code: 'ERR_TEGMENTA_MODEL_TEXT_ERROR',
    file: 'models/m.nestml',
    problems: [
      {
        file: 'models/m.nestml',
        ...{ line: 4, column: 5, endLine: 4, endColumn: 7, level: 'warning' },
        message: "'ms' is also the name of a unit; an expression with ms means this one.",
      },
      {
        file: 'models/m.nestml',
        ...{ line: 6, column: 11, endLine: 6, endColumn: 14, level: 'error' },
        message: "There is no variable 'V_n'; did you mean 'V_m'?",
        suggestion: 'V_m',
      },
    ],
  });
});

test('an error of several texts tells of all of them', () => {
  const error = modelTextError([
    { file: 'a.nestml', problems: problemsOf(warned) },
    { file: 'right.nestml', problems: [] },
    { problems: problemsOf(wrong) },
  ]);
  expect(error.message.split('\n').map((line) => line.split(' ')[0])).toEqual([
    ...['a.nestml:3:5:', '6:11:', '4:5:'],
  ]);
  expect(error.problems.map(({ file }) => file)).toEqual(['a.nestml', undefined, undefined]);
  expect(error.file).toBeUndefined();
});

test('where not all have room, warnings are left out of the message', () => {
  const names = Array.from({ length: 19 }, (_, i) => `    v${i} real = nono\n`);
  const problems = problemsOf(
    `model m:\n  state:\n    mV real = 1\n    ms real = 1\n${names.join('')}`,
  );
  const error = modelTextError([{ problems }]);
  const lines = error.message.split('\n');
  expect(lines).toHaveLength(21);
  expect(lines[0]).toBe("5:15: error: There is no variable 'nono'.");
  expect(lines.slice(-2)).toEqual([
    "3:5: warning: 'mV' is also the name of a unit; an expression with mV means this one.",
    '… and 1 more',
  ]);
  expect(error.problems.slice(0, 3).map(({ line }) => line)).toEqual([3, 4, 5]);
  // Where lines are in the order of the text, the same ones are left out.
  const inOrder = problemsText(problems).split('\n');
  expect([inOrder[0], inOrder.length]).toEqual([lines[19], 21]);
});
