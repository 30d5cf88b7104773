import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { native } from '../../lib/native';
import { compilePrograms, type CompiledPrograms } from '../compiled';

const run = promisify(execFile);

let programs: CompiledPrograms;
beforeAll(() => {
  programs = compilePrograms('test/dense/programs');
});
afterAll(() => programs.remove());

test('dense components give the same bits at every instruction-set level', async () => {
  const digests = await Promise.all(
    native.simdLevels.map(async (level) => {
      const env = { ...process.env, TEGMENTA_SIMD: level };
      const { stdout } = await run(process.execPath, [programs.file('digest')], { env });
      return stdout.trim();
    }),
  );
  expect(digests[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(new Set(digests).size).toBe(1);
});

test('steps of dense components leave no memory behind', async () => {
  const { stdout } = await run(process.execPath, ['--expose-gc', programs.file('garbage')]);
  const { grown } = JSON.parse(stdout) as { grown: number };
  // 20,000 steps of five components: less than one byte in each.
  expect(grown).toBeLessThan(100_000);
});
