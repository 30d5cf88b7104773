// Streams with a limit: a simulation waits while the reader is behind, for as long as there is one.
import { setTimeout } from 'node:timers/promises';
import {
  counters,
  Kernel,
  type NodeCollection,
  type RecorderStream,
  setConcurrency,
} from '../../lib';
import { collectUntil } from '../life/collector';

/** 100 neurons that repeat noise: some 100 000 events a second of biological time. */
function network(): { kernel: Kernel; recorder: NodeCollection<'spike_recorder', false> } {
  const kernel = new Kernel();
  const noise = kernel.Create('poisson_generator', { rate: 1000 });
  const parrots = kernel.Create('parrot_neuron', 100);
  const recorder = kernel.Create('spike_recorder');
  kernel.Connect(noise, parrots);
  kernel.Connect(parrots, recorder);
  return { kernel, recorder };
}

/** Recorded so far, which can be read while a simulation goes on. */
const recorded = (recorder: NodeCollection<'spike_recorder', false>): number => recorder.n_events;

/** Until nothing more is recorded. */
async function standstill(recorder: NodeCollection<'spike_recorder', false>): Promise<number> {
  for (let before = -1; ;) {
    const now = recorded(recorder);
    if (now === before && now > 0) return now;
    before = now;
    await setTimeout(50);
  }
}

it('waits while the reader is behind, and gives all events once', async () => {
  const { kernel, recorder } = network();
  const stream = recorder.stream({ limit: 1000 });
  const run = kernel.Simulate(200);
  // Two slices more than the limit at most, some 100 events each, and those of the batch.
  const first = await standstill(recorder);
  expect(first).toBeGreaterThan(1000);
  expect(first).toBeLessThan(1900);
  expect(kernel.running).toBe(true);
  const times: number[] = [];
  const senders: number[] = [];
  let most = 0;
  for await (const batch of stream) {
    most = Math.max(most, recorded(recorder) - times.length);
    expect(batch.times.length).toBeLessThanOrEqual(1000);
    times.push(...batch.times);
    senders.push(...batch.senders);
  }
  await run;
  expect(most).toBeLessThan(1900);
  const same = network();
  await same.kernel.Simulate(200);
  expect(recorder.events).toEqual(same.recorder.events);
  expect(times).toHaveLength(recorded(recorder));
  expect([...recorder.events.times].sort((a, b) => a - b)).toEqual(times.sort((a, b) => a - b));
});

it('with release memory does not grow', async () => {
  const { kernel, recorder } = network();
  const stream = recorder.stream({ limit: 5000, release: true });
  const run = kernel.Simulate(2000);
  let n = 0;
  for await (const { times } of stream) n += times.length;
  await run;
  expect(n).toBe(recorded(recorder));
  expect(n).toBeGreaterThan(150_000);
  expect(counters().kernels.at(-1)!.parts.recorders).toBeLessThan(2e6);
});

it('a run that waits lets others compute', async () => {
  const { kernel, recorder } = network();
  const stream = recorder.stream({ limit: 10 });
  const run = kernel.Simulate(20);
  await standstill(recorder);
  expect(counters()).toMatchObject({ queued: 0, running: 0, threads: 0 });
  await stream.return();
  await run;
});

it('a run that has waited, and waits for threads again, can be aborted', async () => {
  setConcurrency(1);
  try {
    const { kernel, recorder } = network();
    const abort = new AbortController();
    const stream = recorder.stream({ limit: 10 });
    const run = kernel.Simulate(1000, { signal: abort.signal });
    run.catch(() => undefined);
    await standstill(recorder);
    const other = new AbortController();
    const long = network().kernel.Simulate(1e7, { signal: other.signal });
    long.catch(() => undefined);
    // From here on nothing waits for the reader, but the other run has the thread.
    await stream.return();
    while (counters().queued !== 1) await setTimeout(5);
    abort.abort(new Error('no longer wanted'));
    await expect(run).rejects.toThrow('no longer wanted');
    expect(counters()).toMatchObject({ queued: 0, running: 1, threads: 1 });
    other.abort();
    await expect(long).rejects.toThrow();
  } finally {
    setConcurrency();
  }
});

describe('is waited for no more', () => {
  const blocked = async (): Promise<{
    run: Promise<unknown>;
    stream: RecorderStream;
    kernel: Kernel;
    abort: AbortController;
  }> => {
    const { kernel, recorder } = network();
    const abort = new AbortController();
    const stream = recorder.stream({ limit: 100 });
    const run = kernel.Simulate(100, { signal: abort.signal });
    run.catch(() => undefined);
    await standstill(recorder);
    return { run, stream, kernel, abort };
  };

  it('a stream that is returned', async () => {
    const { run, stream } = await blocked();
    await stream.return();
    expect(await run).toMatchObject({ steps: 1000 });
  });

  it('one whose reader leaves its loop', async () => {
    const { run, stream } = await blocked();
    for await (const batch of stream) {
      expect(batch.times.length).toBeGreaterThan(0);
      break;
    }
    expect(await run).toMatchObject({ steps: 1000 });
  });

  it('one that is aborted', async () => {
    const { kernel, recorder } = network();
    const abort = new AbortController();
    const stream = recorder.stream({ limit: 100, signal: abort.signal });
    const run = kernel.Simulate(100);
    await standstill(recorder);
    abort.abort(new Error('enough'));
    await run; // at once, also where nothing is asked for any more
    await expect(stream.next()).rejects.toThrow('enough');
  });

  it('one that nobody has any more', async () => {
    const { kernel, recorder } = network();
    (() => void recorder.stream({ limit: 100 }))();
    let ended = false;
    const run = kernel.Simulate(100).then(() => {
      ended = true;
    });
    const held = await standstill(recorder);
    const goesOn = (): boolean => ended || recorded(recorder) > held;
    // Collections, and what follows them, take their time where the processor is busy.
    while (!goesOn()) {
      await collectUntil(goesOn);
      await setTimeout(10);
    }
    await run;
    expect(kernel.biological_time).toBe(100);
  }, 120_000);

  it('any, where the simulation is aborted or the kernel closed', async () => {
    const first = await blocked();
    first.abort.abort(new Error('no longer wanted'));
    await expect(first.run).rejects.toThrow('no longer wanted');
    const { biological_time } = first.kernel;
    expect(biological_time).toBeLessThan(100);
    const second = await blocked();
    await second.kernel[Symbol.asyncDispose]();
    await expect(second.run).rejects.toMatchObject({ code: 'ERR_TEGMENTA_KERNEL_DISPOSED' });
  });

  it('any, where time is limited', async () => {
    const { kernel, recorder } = network();
    const stream = recorder.stream({ limit: 100 });
    await expect(kernel.Simulate(100, { maxWallTime: 0.1 })).rejects.toMatchObject({
      parameter: 'maxWallTime',
    });
    await stream.return();
  });

  it('any, by SimulateSync, which would wait for itself', () => {
    const { kernel, recorder } = network();
    const stream = recorder.stream({ limit: 100 });
    kernel.SimulateSync(100);
    expect(recorded(recorder)).toBeGreaterThan(5000);
    void stream.return();
  });
});

it('goes on after events were cleared', async () => {
  const { kernel, recorder } = network();
  const stream = recorder.stream({ limit: 200 });
  const run = kernel.Simulate(50);
  let n = 0;
  for await (const batch of stream) n += batch.times.length;
  await run;
  expect(n).toBe(recorded(recorder));
  recorder.n_events = 0;
  const again = recorder.stream({ limit: 200 });
  const second = kernel.Simulate(50);
  n = 0;
  for await (const batch of again) n += batch.times.length;
  await second;
  expect(n).toBe(recorded(recorder));
});

it.each([0, -1, 1.5, NaN, Infinity, '7'])('refuses a limit of %p', (limit) => {
  const { recorder } = network();
  expect(() => recorder.stream({ limit: limit as number })).toThrow(/limit/);
});
