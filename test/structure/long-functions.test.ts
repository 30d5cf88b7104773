import { problemsAdded, repository } from './house';
import { mostLines } from './long-functions';
import { spoilt } from './source-files';

const file = 'cpp/base/column.h';
const rule = 'functions fit on a screen';

const statements = (n: number): string[] => Array.from({ length: n }, () => '  work();');

/** Problems of a file to which lines are added at the end. */
const problemsAfter = (...lines: readonly string[]): string[] =>
  problemsAdded(
    rule,
    spoilt(repository, file, (text) => [text.trimEnd(), ...lines, ''].join('\n')),
  ).map((problem) => problem.replace(/:\d+:/, ':'));

it.each([
  ['a function', 'f', ['void f() {', ...statements(mostLines - 1), '}']],
  ['a template', 'f', ['template <typename T>', 'void f(T) {', ...statements(mostLines - 2), '}']],
  ['a method', 'A::g', ['int A::g() const noexcept {', ...statements(mostLines - 1), '}']],
  [
    'a method within its class, in a namespace',
    'g',
    ['namespace n {', 'struct A {', ' public:', '  int g() {', ...statements(59), '  }', '};', '}'],
  ],
  [
    'a constructor that begins with its members',
    'A::A',
    ['A::A(int x)', '    : x_(x),', '      y_{x} {', ...statements(mostLines - 3), '}'],
  ],
  [
    'a function with blocks and lambdas',
    'f',
    [
      'void f() {',
      '  for (;;) {',
      ...statements(50),
      '  }',
      '  [] {',
      ...statements(10),
      '  }();',
      '}',
    ],
  ],
])('%s of too many lines is found', (_, name, lines) => {
  const problems = problemsAfter(...lines);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(
    new RegExp(`^${file}: ${name} has \\d+ lines: at most ${mostLines} fit on a screen\\.$`),
  );
});

it.each([
  ['a function that just fits', ['void f() {', ...statements(mostLines - 2), '}']],
  ['a class', ['class A {', ...statements(100).map((line) => line.replace('()', '(int)')), '};']],
  ['a namespace', ['namespace n {', ...statements(100), '}']],
  ['a table', ['constexpr int kTable[] = {', ...statements(100).map(() => '  1,'), '};']],
  ['a comment', ['/*', ...statements(100), '*/']],
])('%s is none', (_, lines) => {
  expect(problemsAfter(...lines)).toEqual([]);
});
