import { ModelTextError } from '../../lib/errors';
import { check } from '../../lib/nestml/check';
import { modelTextError } from '../../lib/nestml/model-text-error';
import { Problems } from '../../lib/nestml/source';

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
    `models/m.nestml:4:5: warning: 'ms' is also the name of a unit; an expression with ms means this one.
models/m.nestml:6:11: error: There is no variable 'V_n'; did you mean 'V_m'?`,
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
    ...['a.nestml:3:5:', '4:5:', '6:11:'],
  ]);
  expect(error.problems.map(({ file }) => file)).toEqual(['a.nestml', undefined, undefined]);
  expect(error.file).toBeUndefined();
});
