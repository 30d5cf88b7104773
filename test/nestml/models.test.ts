// The neurons in models/ are read without a problem.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { check } from '../../lib/nestml/check';
import { Problems, problemsText } from '../../lib/nestml/source';

const folder = path.join(__dirname, 'models');
const files = readdirSync(folder);

test('there are more than thirty', () => {
  expect(files.length).toBeGreaterThan(30);
});

test.each(files)('%s', (file) => {
  const problems = new Problems();
  const models = check(readFileSync(path.join(folder, file), 'utf8'), problems);
  expect(models.map(({ text }) => text.name.text)).toContain(`${path.parse(file).name}_nestml`);
  // A variable may have the name of a unit.
  const told = problems.all.filter(({ message }) => !message.includes('the name of a unit'));
  expect(problemsText(told)).toBe('');
});
