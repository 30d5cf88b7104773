import { dependenciesOf } from './dependencies';
import { knownViolations, problemsOf, repository, ruleNames } from './house';
import { problemsBeyond, type Violation } from './violations';

it.each(ruleNames)('%s', (rule) => {
  expect(problemsOf(rule)).toEqual([]);
});

it('known violations are those of rules', () => {
  const names: readonly string[] = ruleNames;
  expect(Object.keys(knownViolations).filter((name) => !names.includes(name))).toEqual([]);
});

it('every include and every import names a file', () => {
  const lost = dependenciesOf(repository).filter(({ to }) => to === undefined);
  expect(lost).toEqual([]);
});

describe('a list of known violations', () => {
  const place = (line: number): Violation => ({
    ...{ file: 'cpp/base/a.h', line, what: 'friend Engine', says: 'Makes Engine a friend.' },
  });
  const known = { 'cpp/base/a.h: friend Engine': 1 };

  it('excuses what it names, wherever in the file it is', () => {
    expect(problemsBeyond(known, [place(3)])).toEqual([]);
  });

  it('does not excuse one more', () => {
    expect(problemsBeyond(known, [place(3), place(7)])).toEqual([
      'cpp/base/a.h:3: Makes Engine a friend. (1 of these 2 are known)',
      'cpp/base/a.h:7: Makes Engine a friend. (1 of these 2 are known)',
    ]);
  });

  it('shrinks', () => {
    expect(problemsBeyond(known, [])).toEqual([
      '"cpp/base/a.h: friend Engine" is no more: take it off the list of known violations.',
    ]);
    expect(problemsBeyond({ 'cpp/base/a.h: friend Engine': 2 }, [place(3)])).toEqual([
      '"cpp/base/a.h: friend Engine" is there 1 times only: say so in the list of known violations.',
    ]);
  });
});
