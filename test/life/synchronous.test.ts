// Programs that never let the event loop turn: what they drop is freed all the same.
import { execFileSync } from 'node:child_process';
import { type CompiledPrograms, compilePrograms } from '../compiled';

let programs: CompiledPrograms;
beforeAll(() => {
  programs = compilePrograms('test/life/programs');
});
afterAll(() => {
  programs.remove();
});

const MB = 1e6;

// What is dropped in all: 800, 800, 300, 160 and 260 MB, in pieces of 0.6 to 4.4 MB.
test.each([
  ['nodes', 50],
  ['weights', 50],
  ['events', 50],
  ['collections', 100],
  ['kernels', 120],
])('a loop that drops %s needs at most %d MB more', (loop, most) => {
  const grown = execFileSync(process.execPath, [programs.file('synchronous'), loop], {
    encoding: 'utf8',
  });
  expect(Number(grown)).toBeLessThan(most * MB);
});
