import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { native } from '../../lib/native';
import { collectUntil, settle } from './collector';
import { type CompiledPrograms, compilePrograms } from '../compiled';
import { buildNetwork, spikeHash } from './programs/network';

let programs: CompiledPrograms;
beforeAll(() => {
  programs = compilePrograms('test/life/programs');
});
afterAll(() => {
  programs.remove();
});

const start = (task: 'hash' | 'endless' | 'exit'): Worker =>
  new Worker(programs.file('worker'), { workerData: task });

/** First message; rejects with the worker's error. */
const firstMessage = async (worker: Worker): Promise<unknown> => {
  const [message] = (await once(worker, 'message')) as unknown[];
  return message;
};

const exitCode = async (worker: Worker): Promise<unknown> => {
  const [code] = (await once(worker, 'exit')) as unknown[];
  return code;
};

const simulateHere = async (): Promise<string> => {
  const network = buildNetwork();
  await network.kernel.Simulate(300);
  return spikeHash(network);
};

test('several workers and the main thread simulate at once, with the same result', async () => {
  const workers = [0, 1, 2].map(() => start('hash'));
  const exits = workers.map(exitCode);
  const hashes = await Promise.all([...workers.map(firstMessage), simulateHere()]);
  expect(new Set(hashes)).toEqual(new Set([await simulateHere()]));
  expect(await Promise.all(exits)).toEqual([0, 0, 0]);
});

test('the addon loads in many workers in succession', async () => {
  const expected = await simulateHere();
  for (let i = 0; i < 20; i++) {
    const worker = start('hash');
    const exit = exitCode(worker);
    expect(await firstMessage(worker)).toBe(expected);
    expect(await exit).toBe(0);
  }
});

test('terminating workers in mid-run ends cleanly and frees their kernels', async () => {
  await settle();
  const base = native.liveKernels();
  for (let i = 0; i < 5; i++) {
    const workers = [start('endless'), start('endless')];
    await Promise.all(workers.map(firstMessage));
    expect(native.liveKernels()).toBeGreaterThanOrEqual(base + 2);
    expect(await Promise.all(workers.map((worker) => worker.terminate()))).toEqual([1, 1]);
  }
  await collectUntil(() => native.liveKernels() === base);
  expect(native.liveKernels()).toBe(base);
  expect(await simulateHere()).toBe(await simulateHere());
});

test('a worker may exit out of its progress callback', async () => {
  const workers = [0, 1, 2].map(() => start('exit'));
  expect(await Promise.all(workers.map(exitCode))).toEqual([7, 7, 7]);
});
