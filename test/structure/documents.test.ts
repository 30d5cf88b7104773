import { problemsAdded, repository, type Rule } from './house';
import { type SourceFile, spoilt } from './source-files';

const links: Rule = 'no dead link';
const comments: Rule = 'no dead name in a comment';
const documents: Rule = 'no dead name in a document';

/** The repository with a document more. */
const withDocument = (...lines: readonly string[]): SourceFile[] => [
  ...repository,
  { path: 'docs/new.md', text: lines.join('\n') },
];

describe('a link', () => {
  it.each([
    ['[a](pong-2.md)', 'there is no docs/pong-2.md'],
    ['[a]: ../lib/none.ts', 'there is no lib/none.ts'],
    ['<img src="pong.svg">', 'there is no docs/pong.svg'],
    ['![a](pong.svg "Pong")', 'there is no docs/pong.svg'],
    ['[a](pong.md#the-rules)', 'docs/pong.md has no heading #the-rules'],
    ['[a](#next)', 'docs/new.md has no heading #next'],
  ])('%s is found', (link, fault) => {
    expect(problemsAdded(links, withDocument('# New', '', `See ${link}.`.trimEnd()))).toEqual(
      // A definition of a link ends its line.
      link.startsWith('[a]:') ? [] : [`docs/new.md:3: Dead link: ${fault}.`],
    );
    expect(problemsAdded(links, withDocument('# New', '', link))).toEqual([
      `docs/new.md:3: Dead link: ${fault}.`,
    ]);
  });

  it.each([
    '[a](pong.md)',
    '[a](./pong.md#the-game)',
    '[a](../lib/)',
    '[a](../LICENSE)',
    '[a](https://example.org/none.md)',
    '[a](#words-and-code--this)',
    '[a](#again-1)',
    '`[a](none.md)`',
  ])('%s is good', (link) => {
    const headings = ['# Words, and `code` – this', '## Again', '## Again'];
    expect(problemsAdded(links, withDocument(...headings, link))).toEqual([]);
  });

  it('in a block of code is none', () => {
    expect(problemsAdded(links, withDocument('```', '[a](none.md)', '# none', '```'))).toEqual([]);
  });

  it('to a heading that is renamed is found', () => {
    const files = spoilt(withDocument('[a](pong.md#the-game)'), 'docs/pong.md', (text) =>
      text.replace('## The game', '## The field'),
    );
    expect(problemsAdded(links, files)).toEqual([
      'docs/new.md:1: Dead link: docs/pong.md has no heading #the-game.',
    ]);
  });
});

describe('a comment', () => {
  const after = (file: string, line: string): string[] =>
    problemsAdded(
      comments,
      spoilt(repository, file, (text) => `${line}\n${text}`),
    );

  it.each([
    ['cpp/base/column.h', '// See docs/none.md.', 'names docs/none.md: there is no docs/none.md.'],
    [
      'lib/kernel.ts',
      '/** See event-loop.md. */',
      'names event-loop.md: there is no event-loop.md.',
    ],
    ['lib/kernel.ts', '// As lib/colonel.ts.', 'names lib/colonel.ts, which does not exist.'],
    ['CMakeLists.txt', '# cmake/none.cmake', 'names cmake/none.cmake, which does not exist.'],
    [
      'test/compiled.ts',
      '// docs/pong.md#none has it.',
      'names docs/pong.md: docs/pong.md has no heading #none.',
    ],
    ['cpp/base/column.h', '// Rules: §4.3.', 'says "§4": name a document and its #heading.'],
    [
      'cpp/base/column.h',
      '// Spec of NEST 3.10.',
      'says "Spec of NEST": name a document and its #heading.',
    ],
  ])('of %s: %s', (file, line, says) => {
    expect(after(file, line)).toEqual([`${file}:1: The comment ${says}`]);
  });

  it.each([
    '// docs/pong.md#the-game, README.md, cpp/engine/, benchmarks/RESULTS.md and lib/kernel.ts.',
    'const name = "docs/none.md";',
    '// https://example.org/docs/none.md',
  ])('%s is good', (line) => {
    expect(after('lib/run.ts', line)).toEqual([]);
  });
});

it('a file that a document names is found when it is not there', () => {
  expect(
    problemsAdded(documents, withDocument('`lib/kernel.ts`', '`cpp/none.cc`, `none()`')),
  ).toEqual(['docs/new.md:2: Names `cpp/none.cc`, which does not exist.']);
});
