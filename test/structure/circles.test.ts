import { problemsAdded, repository } from './house';
import { type SourceFile, spoilt } from './source-files';

const rule = 'no circle of files';

/** A file, and what it includes or imports. */
const file = (path: string, ...lines: readonly string[]): SourceFile => ({
  path,
  text: lines.join('\n'),
});

/** Circles of the repository are known; here there are only these files and all that is listed. */
const circlesOf = (...files: readonly SourceFile[]): string[] =>
  problemsAdded(rule, files).filter((problem) => !problem.includes('is no more'));

it('a circle of includes is found, with all its files', () => {
  const files = [
    file('cpp/base/a.h', '#pragma once', '#include "base/b.h"'),
    file('cpp/base/b.h', '#include "c.h"'),
    file('cpp/base/c.h', '#include "base/a.h"'),
    file('cpp/base/d.h', '#include "base/a.h"'),
  ];
  expect(circlesOf(...files)).toEqual([
    'cpp/base/a.h:2: Closes a circle of files: cpp/base/a.h → cpp/base/b.h → cpp/base/c.h → ' +
      'cpp/base/a.h.',
    'cpp/base/b.h:1: Closes a circle of files: cpp/base/b.h → cpp/base/c.h → cpp/base/a.h → ' +
      'cpp/base/b.h.',
    'cpp/base/c.h:1: Closes a circle of files: cpp/base/c.h → cpp/base/a.h → cpp/base/b.h → ' +
      'cpp/base/c.h.',
  ]);
});

it('an import of a type closes a circle too, and so does one of a folder', () => {
  const files = [
    file('lib/plot/index.ts', "export { draw } from './draw';"),
    file('lib/plot/draw.ts', 'import {', '  type Figure,', "} from '../plot';"),
  ];
  expect(circlesOf(...files)).toEqual([
    'lib/plot/index.ts:1: Closes a circle of files: lib/plot/index.ts → lib/plot/draw.ts → ' +
      'lib/plot/index.ts.',
    'lib/plot/draw.ts:1: Closes a circle of files: lib/plot/draw.ts → lib/plot/index.ts → ' +
      'lib/plot/draw.ts.',
  ]);
});

it('a file that imports itself is a circle', () => {
  expect(circlesOf(file('lib/a.ts', "import './a';"))).toEqual([
    'lib/a.ts:1: Closes a circle of files: lib/a.ts → lib/a.ts.',
  ]);
});

it('modules of the page and generated declarations are followed', () => {
  const files = [
    file('lib/server/page/a.mts', "import { b } from './b.mjs';"),
    file('lib/server/page/b.mts', "import { a } from '../protocol.js';"),
    file('lib/server/protocol.ts', "const late = import('./page/a.mjs');"),
  ];
  expect(circlesOf(...files)).toHaveLength(3);
});

it('a circle put into a copy of the repository is found', () => {
  const spoiltFiles = spoilt(
    repository,
    'cpp/base/time_grid.h',
    (text) => `#include "base/value.h"\n#include "models/declaration.h"\n${text}`,
  );
  const closed = spoilt(
    spoiltFiles,
    'cpp/base/value.h',
    (text) => `#include "base/time_grid.h"\n${text}`,
  );
  expect(problemsAdded(rule, closed)).toEqual([
    'cpp/base/time_grid.h:1: Closes a circle of files: cpp/base/time_grid.h → cpp/base/value.h → ' +
      'cpp/base/time_grid.h.',
    'cpp/base/value.h:1: Closes a circle of files: cpp/base/value.h → cpp/base/time_grid.h → ' +
      'cpp/base/value.h.',
  ]);
});
