// The threads of a process: as many as are allowed compute at once, the others wait in turn, and
// say so.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { counters, Kernel, setConcurrency } from '../../lib';
import { type CompiledPrograms, compilePrograms } from '../compiled';

function network(threads = 1): Kernel {
  const kernel = new Kernel();
  kernel.set({ local_num_threads: threads });
  const noise = kernel.Create('poisson_generator', { rate: 8000 });
  const neurons = kernel.Create('iaf_psc_exp', 300);
  kernel.Connect(noise, neurons, 'all_to_all', { weight: 30 });
  return kernel;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setTimeout(5);
}

afterEach(() => {
  setConcurrency();
});

it('is as many as processors at first, and what was set', () => {
  const first = setConcurrency();
  expect(first).toBeGreaterThanOrEqual(1);
  expect(setConcurrency(3)).toBe(3);
  expect(counters().concurrency).toBe(3);
  expect(setConcurrency(undefined)).toBe(first);
});

it.each([0, -1, 1.5, NaN, Infinity, 1e6])('refuses %d', (n) => {
  expect(() => setConcurrency(n)).toThrow(
    expect.objectContaining({
      code: 'ERR_TEGMENTA_BAD_PARAMETER_VALUE',
      parameter: 'concurrency',
    }) as Error,
  );
  expect(() => setConcurrency('2' as unknown as number)).toThrow(/must be a number/);
});

it('lets no more threads compute, and those that wait begin in turn', async () => {
  setConcurrency(1);
  const end = new AbortController();
  const first = network(2).Simulate(1e8, { signal: end.signal });
  const ended: number[] = [];
  const runs = Array.from({ length: 4 }, async (_, i) => {
    await network(2).Simulate(50);
    ended.push(i);
  });
  await until(() => counters().running === 1);
  expect(counters()).toMatchObject({ queued: 4, running: 1, threads: 1 });
  end.abort();
  await expect(first).rejects.toMatchObject({ name: 'AbortError' });
  await Promise.all(runs);
  expect(ended).toEqual([0, 1, 2, 3]);
  expect(counters()).toMatchObject({ queued: 0, running: 0, threads: 0 });
});

it('does not depend on how many threads a run was given', async () => {
  const spikes = async (limit: number): Promise<unknown> => {
    setConcurrency(limit);
    const kernel = network(3);
    const recorder = kernel.Create('spike_recorder');
    kernel.Connect(kernel.GetNodes({ model: 'iaf_psc_exp' }), recorder);
    await kernel.Simulate(30);
    setConcurrency(3);
    await kernel.Simulate(30);
    return recorder.get('events');
  };
  expect(await spikes(1)).toEqual(await spikes(3));
});

it('a call that waits is running, and leaves the queue when it is aborted or disposed of', async () => {
  setConcurrency(1);
  const [first, second, third] = [network(), network(), network()];
  const end = new AbortController();
  const long = first.Simulate(1e7, { signal: end.signal });
  const abort = new AbortController();
  const waiting = second.Simulate(10, { signal: abort.signal });
  const disposed = third.Simulate(10);
  expect(counters()).toMatchObject({ queued: 2, running: 1 });
  expect(() => second.Create('iaf_psc_exp')).toThrow(/simulation is running/);
  abort.abort(new Error('no longer wanted'));
  await expect(waiting).rejects.toThrow('no longer wanted');
  expect(counters()).toMatchObject({ queued: 1, running: 1 });
  expect(second.biological_time).toBe(0);
  third.dispose();
  await expect(disposed).rejects.toMatchObject({ code: 'ERR_TEGMENTA_KERNEL_DISPOSED' });
  expect(counters()).toMatchObject({ queued: 0, running: 1 });
  // It can go on, once there is room.
  end.abort();
  await expect(long).rejects.toThrow();
  await second.Simulate(10);
  expect(second.biological_time).toBe(10);
});

it('Prepare, GetConnections, SaveState and LoadState wait, too; what blocks does not', async () => {
  setConcurrency(1);
  const busy = network();
  const end = new AbortController();
  const long = busy.Simulate(1e7, { signal: end.signal });
  const kernel = network();
  kernel.SimulateSync(5);
  expect(kernel.biological_time).toBe(5);
  const abort = new AbortController();
  const { signal } = abort;
  const calls = [
    kernel.GetConnectionsAsync({}, { signal }),
    network().PrepareAsync({ signal }),
    network().SaveState({ signal }),
  ];
  expect(counters().queued).toBe(3);
  abort.abort();
  for (const call of calls) await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  end.abort();
  await expect(long).rejects.toMatchObject({ name: 'AbortError' });
  expect(counters()).toMatchObject({ queued: 0, running: 0, threads: 0 });
});

it('tells the bytes of each kernel and of its parts', async () => {
  // Kernels of other tests may be collected at any time.
  const others = new Set(counters().kernels.map((each) => each.kernel));
  const kernel = network();
  const recorder = kernel.Create('spike_recorder');
  kernel.Connect(kernel.GetNodes({ model: 'iaf_psc_exp' }), recorder);
  await kernel.Simulate(500);
  const { kernels, bytes } = counters();
  const [mine, ...more] = kernels.filter((each) => !others.has(each.kernel));
  expect(more).toEqual([]);
  if (!mine) throw new Error('it is not there');
  const sum = Object.values(mine.parts).reduce((a, b) => a + b, 0);
  expect(mine.bytes).toBe(kernel.memory_total);
  expect(sum).toBe(mine.bytes);
  expect(mine.parts.recorders).toBeGreaterThan(10_000);
  expect(bytes).toBe(kernels.reduce((all, each) => all + each.bytes, 0));
  kernel.dispose();
  expect(counters().kernels.map((each) => each.kernel)).not.toContain(mine.kernel);
});

it('warns once of more threads than processors', async () => {
  const warnings: Error[] = [];
  const hear = (warning: Error): void => void warnings.push(warning);
  process.on('warning', hear);
  try {
    for (let i = 0; i < 2; i++) new Kernel().SetKernelStatus({ local_num_threads: 1000 });
    await new Promise((resolve) => setImmediate(resolve));
    const mine = warnings.filter(({ name }) => name === 'TegmentaWarning');
    expect(mine.length).toBeLessThanOrEqual(1); // another test of this process may have heard it
    for (const { message } of mine) expect(message).toContain('local_num_threads is 1000');
  } finally {
    process.off('warning', hear);
  }
});

describe('in programs of their own', () => {
  let programs: CompiledPrograms;
  beforeAll(() => {
    programs = compilePrograms('test/life/programs');
  });
  afterAll(() => {
    programs.remove();
  });

  it('whether slices are shared makes no difference', () => {
    const digest = (threads: number, env: Record<string, string>): string => {
      const { TEGMENTA_WORK_PER_THREAD, TEGMENTA_CONCURRENCY, ...others } = process.env;
      void [TEGMENTA_WORK_PER_THREAD, TEGMENTA_CONCURRENCY];
      return execFileSync(process.execPath, [programs.file('shared'), String(threads)], {
        env: { ...others, ...env },
        encoding: 'utf8',
      });
    };
    const alone = digest(1, {});
    expect(alone).toMatch(/^[0-9a-f]{64}$/);
    expect(digest(2, { TEGMENTA_CONCURRENCY: '2' })).toBe(alone); // as it pays
    expect(digest(3, { TEGMENTA_CONCURRENCY: '2' })).toBe(alone);
    expect(digest(2, { TEGMENTA_WORK_PER_THREAD: '0', TEGMENTA_CONCURRENCY: '2' })).toBe(alone);
  });

  it('worker threads are counted, too', async () => {
    setConcurrency(1);
    const worker = new Worker(programs.file('worker'), { workerData: 'endless' });
    const exited = once(worker, 'exit');
    await once(worker, 'message');
    const here = network().Simulate(10);
    await until(() => counters().queued === 1);
    expect(counters()).toMatchObject({ queued: 1, running: 1, threads: 1 });
    // It ends while another one waits for it.
    await worker.terminate();
    await exited;
    await here;
    expect(counters()).toMatchObject({ queued: 0, running: 0, threads: 0 });
  });
});
