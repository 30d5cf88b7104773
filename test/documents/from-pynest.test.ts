// The tables of docs/from-pynest.md: what they say is here is here, and what they say is not is not.
import nest from '../../lib';
import { textOf } from './blocks';

const text = textOf('docs/from-pynest.md');
const [there, missing] = text.split('## What is not there') as [string, string];

/** The names `nest.…` in columns of the tables of a text, which are chosen row by row. */
function namesOf(part: string, chosen: (cells: readonly string[]) => readonly string[]): string[] {
  const rows = part.split('\n').filter((line) => line.startsWith('| '));
  const cells = rows.flatMap((row) => chosen(row.slice(2).split(' | ')));
  const names = cells.flatMap((cell) => [...cell.matchAll(/\bnest\.([A-Za-z_]+(?:\.[a-z_]+)?)/g)]);
  return [...new Set(names.map(([, name]) => name!))];
}

const namesThere = namesOf(there, ([pynest = '', here = '']) =>
  /\bthe same\b/.test(here) ? [pynest, here] : [here],
);
const namesMissing = namesOf(missing, ([pynest = '']) => [pynest]);

/** What a name stands for; undefined where there is nothing. */
function meant(name: string): unknown {
  const [first, second] = name.split('.') as [string, string?];
  const value: unknown = (nest as unknown as Record<string, unknown>)[first];
  return second === undefined ? value : (value as Record<string, unknown> | undefined)?.[second];
}

it('there are names of both kinds', () => {
  const some = ['Simulate', 'GetConnections', 'resolution', 'random.uniform', 'math.exp'];
  expect(namesThere).toEqual(expect.arrayContaining(some));
  expect(namesMissing).toEqual(expect.arrayContaining(['spatial', 'SonataNetwork']));
});

it.each(namesThere)('nest.%s is there', (name) => {
  expect(meant(name)).toBeDefined();
});

it.each(namesMissing)('nest.%s is not', (name) => {
  const [first] = name.split('.');
  expect([...Object.keys(nest), ...Object.keys(nest.GetKernelStatus())]).not.toContain(first);
});
