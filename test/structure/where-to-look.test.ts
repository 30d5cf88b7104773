import { existsSync } from 'node:fs';
import path from 'node:path';
import tasks from './where-to-look.json';

/**
 * Tasks of the kind that somebody new gets, and where their answers lie. Who has read README.md and
 * docs/architecture.md finds these files; where somebody does not, the documents are at fault.
 */
const cases = tasks.map(({ task, files }) => ({ task, files: Object.keys(files) }));

it('where-to-look.json has twenty tasks', () => {
  expect(new Set(cases.map(({ task }) => task)).size).toBe(20);
});

it.each(cases)('$task', ({ files }) => {
  const missing = files.filter((file) => !existsSync(path.join(__dirname, '..', '..', file)));
  expect(missing).toEqual([]);
});
