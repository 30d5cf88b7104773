import { problemsAdded, repository } from './house';
import { layerOf, layersOf } from './layers';
import { type SourceFile, spoilt } from './source-files';

const cpp = 'C++ includes only its own layer and lower ones';
const lib = 'lib imports only its own layer and lower ones';
const benchmarks = 'benchmarks import only their own layer and lower ones';
const borders = 'top folders use only what they may';

const prepend = (file: string, line: string): SourceFile[] =>
  spoilt(repository, file, (text) => `${line}\n${text}`);

describe('the layers of docs/architecture.md', () => {
  const document = (...lines: readonly string[]): SourceFile => ({
    path: 'docs/architecture.md',
    text: ['# Layers', '```layers cpp', ...lines, '```', ''].join('\n'),
  });

  it('are read from the lowest to the highest, several folders in one of them', () => {
    const layers = layersOf([document('base, simd   what all need', '.')], 'cpp');
    expect(layers).toEqual([['base', 'simd'], ['.']]);
  });

  it('are those of the innermost folder or file that is named', () => {
    const layers = layersOf([document('models', 'models/devices', 'kernel.h', '.')], 'cpp');
    expect(layerOf('cpp/models/neurons/a.h', 'cpp', layers)).toBe(0);
    expect(layerOf('cpp/models/devices/a.h', 'cpp', layers)).toBe(1);
    expect(layerOf('cpp/kernel.h', 'cpp', layers)).toBe(2);
    expect(layerOf('cpp/simulator.h', 'cpp', layers)).toBe(3);
    expect(layerOf('cpp/other/a.h', 'cpp', layers)).toBe(-1);
  });

  it('must be there', () => {
    expect(() => layersOf([document('base')], 'lib')).toThrow(
      'docs/architecture.md has no list of the layers of lib.',
    );
  });
});

it('an include of a higher layer is found', () => {
  const files = prepend('cpp/base/random.h', '#include "synapses/calendar.h"');
  expect(problemsAdded(cpp, files)).toEqual([
    'cpp/base/random.h:1: Uses cpp/synapses/calendar.h, but the layer "synapses" lies above "base" ' +
      '(docs/architecture.md).',
  ]);
});

it('a folder that no layer names is found', () => {
  const files = [...repository, { path: 'cpp/helpers/tools.h', text: '' }];
  expect(problemsAdded(cpp, files)).toEqual([
    'cpp/helpers/tools.h:1: The layers of cpp/ in docs/architecture.md do not name its folder.',
  ]);
});

it.each([
  ["import type { Kernel } from '../index';", 'cli', 'lib/plot/frame.ts', 'lib/index.ts', []],
  [
    "import type { CliIO } from '../cli/io';",
    'cli',
    'lib/analysis/rates.ts',
    'lib/cli/io.ts',
    ['the layer "cli" lies above "analysis"'],
  ],
  [
    "export { frame } from '../plot/frame';",
    'plot',
    'lib/dense/index.ts',
    'lib/plot/frame.ts',
    ['the layer "plot" lies above "dense"'],
  ],
  [
    "const late = import('./server');",
    'server',
    'lib/session.ts',
    'lib/server/index.ts',
    ['the layer "server" lies above "., generated"'],
  ],
])('%s in a part of lib', (line, _, file, used, faults) => {
  expect(problemsAdded(lib, prepend(file, line))).toEqual(
    faults.map((fault) => `${file}:1: Uses ${used}, but ${fault} (docs/architecture.md).`),
  );
});

it('an experiment that uses what measures it is found', () => {
  const line = "import { benchmarks } from '../measuring';";
  expect(problemsAdded(benchmarks, prepend('benchmarks/experiments/psp.ts', line))).toEqual([
    'benchmarks/experiments/psp.ts:1: Uses benchmarks/measuring/index.ts, but the layer ' +
      '"measuring" lies above "experiments" (docs/architecture.md).',
  ]);
});

it.each([
  ['benchmarks/speed/call.ts', "import { mean } from '../../lib/analysis';"],
  ['benchmarks/speed/call.ts', "import { defineExperiment } from '../../lib/cli/experiment';"],
  ['benchmarks/measuring/benchmarks.ts', "import { nearestName } from '../../lib/suggest';"],
])('%s may say %s', (file, line) => {
  expect(problemsAdded(borders, prepend(file, line))).toEqual([]);
});

it.each([
  ['lib/plot/frame.ts', "import { brunel } from '../../benchmarks/experiments/brunel';", 'lib'],
  ['lib/kernel.ts', "import { named } from '../test/api/named';", 'lib'],
  ['benchmarks/speed/call.ts', "import type { named } from '../../test/api/named';", 'benchmarks'],
  ['benchmarks/speed/call.ts', "import { Kernel } from '../../lib/kernel';", 'benchmarks'],
  ['benchmarks/experiments/psp.ts', "import type { CliIO } from '../../lib/cli/io';", 'benchmarks'],
  ['binding/values.cc', '#include "network/network.h"', 'binding'],
  ['cpp/dense/stdp.h', '#include "../../binding/values.h"', 'cpp'],
])('what %s must not use is found', (file, line, top) => {
  const problems = problemsAdded(borders, prepend(file, line));
  expect(problems).toEqual([expect.stringMatching(`^${file}:1: Uses .*, which ${top}/ must not`)]);
});
