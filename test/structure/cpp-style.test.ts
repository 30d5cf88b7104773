import { problemsAdded, repository, type Rule } from './house';
import { spoilt } from './source-files';

/** What a rule says of a file to which lines are added at the end. */
function problemsAfter(rule: Rule, file: string, ...lines: readonly string[]): string[] {
  const last = repository.find(({ path }) => path === file)!.text.split('\n').length - 1;
  const files = spoilt(repository, file, (text) => [text.trimEnd(), ...lines, ''].join('\n'));
  // Lines as counted from the first that was added.
  return problemsAdded(rule, files).map((problem) =>
    problem.replace(/:(\d+):/, (_, line: string) => `:+${Number(line) - last}:`),
  );
}

const file = 'cpp/base/column.h';

it('a friend is found, whatever it is', () => {
  const lines = ['class A {', '  friend class Engine;', '  friend void f(A&);', '};'];
  expect(problemsAfter('no friend', file, ...lines)).toEqual([
    `${file}:+2: Makes Engine a friend: hand over what it needs instead.`,
    `${file}:+3: Makes void f a friend: hand over what it needs instead.`,
  ]);
});

it('a friend in a comment or a text is none', () => {
  const lines = [
    '// a friend class',
    '/* friend class A; */',
    'const char* s = "friend class A;";',
  ];
  expect(problemsAfter('no friend', file, ...lines)).toEqual([]);
});

it.each(['columns[5]', 'column(3)', 'number[2]', 'texts[0]', 'value(7)', 'values[1]'])(
  '%s is found',
  (index) => {
    const lines = ["const int million = 1'000'000;", `double x = s.${index};`];
    expect(problemsAfter('no numeric index', file, ...lines)).toEqual([
      `${file}:+2: Takes ${index} by its number: name it.`,
    ]);
  },
);

it.each(['columns[at]', 'lanes[0]', 'char text[40];', '// columns[5]', "case ')': return '\"';"])(
  '%s is no numeric index of a column',
  (line) => {
    expect(problemsAfter('no numeric index', file, line)).toEqual([]);
  },
);

describe('a switch', () => {
  const rule = 'no default in a switch over an enum';
  const switchOf = (...labels: readonly string[]): string[] => [
    'int f(Kind kind) {',
    '  switch (kind) {',
    ...labels.map((label) => `    ${label}: { return g(kind); }`),
    '  }',
    '}',
  ];

  it('over an enum with a default is found', () => {
    expect(problemsAfter(rule, file, ...switchOf('case Kind::kNeuron', 'default'))).toEqual([
      `${file}:+4: A switch over Kind has a default: name the other constants.`,
    ]);
  });

  it('is found by constants without their enum too', () => {
    expect(problemsAfter(rule, file, ...switchOf('case kNeuron', 'default'))).toEqual([
      `${file}:+4: A switch over an enum has a default: name the other constants.`,
    ]);
  });

  it('over numbers may have one, and one that names all constants needs none', () => {
    expect(problemsAfter(rule, file, ...switchOf('case 0', 'default'))).toEqual([]);
    expect(problemsAfter(rule, file, ...switchOf('case Kind::kNeuron'))).toEqual([]);
  });

  it('is not blamed for the default of one inside it', () => {
    const lines = ['switch (a) {', 'case Kind::kA: {', ...switchOf('case 0', 'default'), '}}'];
    expect(problemsAfter(rule, file, ...lines)).toEqual([]);
  });
});
