// Programs that documents show: the editor accepts them, they run, and they print what is said.
import { documents, programsOf } from './blocks';
import { compilerErrors, printedBy } from './shown-programs';

const programs = documents.flatMap(programsOf);

it('there are programs in README and in the documents', () => {
  const files = new Set(programs.map(({ name }) => name.split(':')[0]));
  expect([...files]).toEqual([
    'README.md',
    'docs/analysis.md',
    'docs/api.md',
    'docs/dense.md',
    'docs/from-pynest.md',
    'docs/nest-differences.md',
    'docs/nestml.md',
    'docs/plotting.md',
    'docs/services.md',
    'docs/state-file.md',
    'docs/three-factor-rules.md',
  ]);
});

it('are accepted by the editor', () => {
  expect(compilerErrors(programs)).toBe('');
}, 300_000);

it.each(programs)(
  '$name runs',
  async ({ text, prints }) => {
    // Ports are what is free.
    const printed = (await printedBy(text)).replace(/127\.0\.0\.1:\d+/g, '127.0.0.1:…');
    expect(printed).toBe(prints);
  },
  60_000,
);
