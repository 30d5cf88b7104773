'use strict';

module.exports = {
  edits: [
    {
      file: 'cpp/base/errors.def',
      after: 'TEGMENTA_ERROR(NewModelNameExists, "A model of that name exists already.")\n',
      insert: 'TEGMENTA_ERROR(MadeUpFailure, "Made up.")\n',
    },
  ],
  test: `
it('an error is a class with a code, and documented', () => {
  const error: nest.TegmentaError = new nest.MadeUpFailure('text');
  expect({ ...error }).toEqual({ code: 'ERR_TEGMENTA_MADE_UP_FAILURE' });
  expect(error.name).toBe('MadeUpFailure');
  expect(textOf('docs/errors.md')).toContain(
    '| \`MadeUpFailure\` | \`ERR_TEGMENTA_MADE_UP_FAILURE\` | Made up. |',
  );
});
`,
  covered: [['test/api/errors.test.ts', 'MadeUpFailure']],
};
