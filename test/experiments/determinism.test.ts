// The spike list of Brunel's network of 12,500 neurons is the same to the last bit however it is
// computed. What is compared is a SHA-256 digest of all times (Float64) and senders (Uint32).
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { Kernel } from '../../lib/kernel';
import { native } from '../../lib/native';
import { compilePrograms, type CompiledPrograms } from '../compiled';
import { makeBrunel, spikeDigest, type Report, type SpikeDigest } from './programs/brunel-spikes';

jest.setTimeout(120_000);

/** Biological time that all runs in this process are compared over, ms. */
const LONG = 1000;
/** The start of it, for those in other processes and threads and after a reset. */
const SHORT = 300;

let long: SpikeDigest;
let short: SpikeDigest;

const simulate = async (threads: number, pieces: readonly number[]): Promise<SpikeDigest> => {
  const kernel = new Kernel();
  const network = makeBrunel(kernel, threads);
  for (const piece of pieces) await kernel.Simulate(piece);
  const digest = spikeDigest(network);
  kernel.dispose();
  return digest;
};

beforeAll(async () => {
  const kernel = new Kernel();
  const network = makeBrunel(kernel, 1);
  await kernel.Simulate(LONG);
  long = spikeDigest(network);
  short = spikeDigest(network, SHORT);
  kernel.dispose();
});

test('the spike list is worth comparing', () => {
  expect(long.spikes).toBeGreaterThan(300_000);
  expect(short.spikes).toBeGreaterThan(80_000);
  expect(short.spikes).toBeLessThan(long.spikes / 2);
  expect(short.sha256).not.toBe(long.sha256);
});

test('another seed gives other spikes', async () => {
  const kernel = new Kernel();
  const network = makeBrunel(kernel, 2, 56);
  await kernel.Simulate(SHORT);
  expect(spikeDigest(network).sha256).not.toBe(short.sha256);
  kernel.dispose();
});

test.each([2, 3, 7])('with %i threads', async (threads) => {
  expect(await simulate(threads, [LONG])).toEqual(long);
});

test.each<[string, number[]]>([
  ['10 × 100 ms', Array<number>(10).fill(100)],
  ['pieces that no slice of 1.5 ms fits', [0.1, 0.2, 1.4, 1.6, 33.3, 463.4, 0.3, 499.7]],
])('in %s', async (_, pieces) => {
  expect(pieces.reduce((sum, piece) => sum + piece)).toBeCloseTo(LONG, 9);
  expect(await simulate(2, pieces)).toEqual(long);
});

test('after ResetKernel', async () => {
  const kernel = new Kernel();
  makeBrunel(kernel, 2, 56);
  await kernel.Simulate(50);
  kernel.ResetKernel();
  const network = makeBrunel(kernel, 2);
  await kernel.Simulate(SHORT);
  expect(spikeDigest(network)).toEqual(short);
  kernel.dispose();
});

describe('in', () => {
  let programs: CompiledPrograms;
  beforeAll(() => {
    programs = compilePrograms('test/experiments/programs', 'benchmarks/experiments');
  });
  afterAll(() => {
    programs.remove();
  });

  test('a worker thread', async () => {
    const worker = new Worker(programs.file('brunel-spikes'), { argv: [String(SHORT)] });
    const exit = once(worker, 'exit');
    const [report] = (await once(worker, 'message')) as [Report];
    expect(report).toEqual({ ...short, simdLevel: native.simdLevel() });
    expect(await exit).toEqual([0]);
  });

  // The C++ tests, which run once a level, report those that this processor lacks as skipped.
  test.each([...native.simdLevels])('a process with TEGMENTA_SIMD=%s', async (level) => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [programs.file('brunel-spikes'), String(SHORT)],
      { env: { ...process.env, TEGMENTA_SIMD: level } },
    );
    expect(JSON.parse(stdout)).toEqual({ ...short, simdLevel: level });
  });

  test('a process whose TEGMENTA_SIMD names no level makes no kernel', async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [programs.file('refused-level')],
      { env: { ...process.env, TEGMENTA_SIMD: 'avx513' } },
    );
    expect(JSON.parse(stdout)).toMatchObject({
      name: 'BadProperty',
      code: 'ERR_TEGMENTA_BAD_PROPERTY',
      parameter: 'TEGMENTA_SIMD',
      value: 'avx513',
      allowed: `one of ${native.simdLevels.map((level) => `'${level}'`).join(' ')}`,
      message: expect.stringContaining("'avx513'") as string,
    });
  });
});
