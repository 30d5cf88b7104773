// What comes before a simulation: counted without laying synapses out, laid out on another thread.
import { setImmediate } from 'node:timers/promises';
import * as nest from '../../lib';
import { named } from './named';

/** Synapses with drawn delays and weights, not laid out yet; some ms of work for each 10,000. */
function build(nodes = 2000, indegree = 1000): nest.Kernel {
  const kernel = new nest.Kernel();
  const neurons = kernel.Create('iaf_psc_exp', nodes, { I_e: 400 });
  kernel.Connect(
    neurons,
    neurons,
    { rule: 'fixed_indegree', indegree },
    { weight: nest.random.uniform(1, 2), delay: nest.random.uniform(1, 3) },
  );
  kernel.Connect(neurons, kernel.Create('spike_recorder'));
  return kernel;
}

const laidOut = (kernel: nest.Kernel): number => kernel.GetKernelStatus('memory_synapses');

/** For comparing millions of numbers, which takes a minute with toEqual. */
function bytesOf(column: unknown): Buffer {
  const { buffer, byteOffset, byteLength } = column as Float64Array;
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** CPU time of a call, ms. */
function cpuOf(call: () => unknown): number {
  const before = process.cpuUsage();
  call();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function spikesOf(kernel: nest.Kernel): unknown {
  const recorder = kernel.GetNodes({ model: 'spike_recorder' });
  return recorder.get('events');
}

/** A signal that aborts when preparing has come as far as that, and what was seen until then. */
function abortAt(fraction: number): {
  options: nest.AsyncOptions;
  seen: nest.Progress[];
  reason: Error;
} {
  const controller = new AbortController();
  const seen: nest.Progress[] = [];
  const reason = new Error('no time');
  const onProgress = (progress: nest.Progress): void => {
    seen.push(progress);
    if (progress.fraction >= fraction) controller.abort(reason);
  };
  return { options: { signal: controller.signal, onProgress }, seen, reason };
}

describe('20 million synapses that are not laid out', () => {
  // Drawing or laying out these takes more than a second of CPU time.
  const most = 100;
  let kernel: nest.Kernel;
  beforeAll(() => {
    kernel = build(20_000, 1000);
  });
  afterAll(() => {
    kernel.dispose();
  });

  test.each([
    ['num_connections', 20_020_000],
    ['min_delay', 1],
    ['max_delay', 3],
  ] as const)('%s is known at once', (key, expected) => {
    const cpu = cpuOf(() => {
      expect(kernel.GetKernelStatus(key)).toBe(expected);
    });
    expect(cpu).toBeLessThan(most);
    expect(laidOut(kernel)).toBe(0);
  });

  test('Simulate with onProgress and with reward returns at once', async () => {
    const transmitter = kernel.Create('reward_transmitter');
    const reward = { transmitter, interval: 1, source: [1] };
    for (const own of [{ onProgress: () => undefined }, { reward }]) {
      const controller = new AbortController();
      const runs: Promise<unknown>[] = [];
      const cpu = cpuOf(() => {
        runs.push(kernel.Simulate(1, { ...own, signal: controller.signal }));
      });
      controller.abort();
      await expect(runs[0]).rejects.toThrow(named('AbortError'));
      expect(cpu).toBeLessThan(5 * most); // what its own thread has begun is counted too
      expect(laidOut(kernel)).toBe(0);
    }
  });
});

describe.each<[string, (kernel: nest.Kernel, options: nest.AsyncOptions) => Promise<unknown>]>([
  ['PrepareAsync', (kernel, options) => kernel.PrepareAsync(options)],
  ['GetConnectionsAsync', (kernel, options) => kernel.GetConnectionsAsync({}, options)],
  ['Simulate', (kernel, options) => kernel.Simulate(5, options)],
])('%s', (_, start) => {
  test('leaves the event loop free, and the kernel to itself', async () => {
    const kernel = build();
    let done = false;
    const pending = start(kernel, {}).finally(() => (done = true));
    expect(kernel.running).toBe(true);
    expect(() => kernel.GetKernelStatus('num_connections')).toThrow(nest.SimulationRunning);
    expect(() => kernel.GetConnections()).toThrow(nest.SimulationRunning);
    await expect(kernel.PrepareAsync()).rejects.toThrow(nest.SimulationRunning);
    let turns = 0;
    for (; !done; turns++) await setImmediate();
    await pending;
    expect(turns).toBeGreaterThan(20);
    expect(kernel.running).toBe(false);
    kernel.dispose();
  });

  test('an abort leaves it amid preparing, and nothing has changed', async () => {
    const kernel = build();
    const { options, seen, reason } = abortAt(0);
    const before = kernel.GetKernelStatus();
    await expect(start(kernel, options)).rejects.toBe(reason);
    expect(seen[0]).toMatchObject({ phase: 'prepare', biological_time: 0 });
    expect(seen.at(-1)?.fraction).toBeLessThan(1);
    expect(laidOut(kernel)).toBe(0);
    expect(kernel.GetKernelStatus()).toEqual(before);

    await start(kernel, abortAt(0).options).catch(() => undefined);
    const control = build();
    const [found, expected] = [kernel.GetConnections(), control.GetConnections()];
    for (const key of ['source', 'target', 'weight', 'delay'] as const) {
      expect(bytesOf(found.get(key)).equals(bytesOf(expected.get(key)))).toBe(true);
    }
    for (const each of [kernel, control]) each.SimulateSync(30);
    expect(spikesOf(kernel)).toEqual(spikesOf(control));
    kernel.dispose();
    control.dispose();
  });

  test('stops when onProgress throws', async () => {
    const enough = new RangeError('enough');
    const onProgress = (): void => {
      throw enough;
    };
    // Where the processor is busy, all may be done by the time that this thread hears of progress.
    const left: number[] = [];
    while (left.at(-1) !== 0 && left.length < 20) {
      const kernel = build();
      await expect(start(kernel, { onProgress })).rejects.toBe(enough);
      left.push(laidOut(kernel));
      kernel.dispose();
    }
    expect(left.at(-1)).toBe(0);
  });

  test('does not begin with a signal that has aborted', async () => {
    const kernel = build(10, 5);
    const signal = AbortSignal.abort();
    await expect(start(kernel, { signal })).rejects.toThrow(named('AbortError'));
    expect(laidOut(kernel)).toBe(0);
  });

  test.each<[string, unknown, string]>([
    ['an unknown option', { onprogress: 1 }, 'UnaccessedDictionaryEntry'],
    ['no function', { onProgress: 1 }, 'TypeMismatch'],
    ['no signal', { signal: 1 }, 'TypeMismatch'],
    ['no options', 5, 'TypeMismatch'],
  ])('refuses %s', async (_case, options, name) => {
    const kernel = build(10, 5);
    await expect(start(kernel, options as nest.AsyncOptions)).rejects.toThrow(named(name));
    expect(laidOut(kernel)).toBe(0);
  });
});

describe('PrepareAsync', () => {
  test('with Run and Cleanup equals Simulate', async () => {
    const [one, two] = [build(200, 100), build(200, 100)];
    await one.Simulate(30);
    await two.PrepareAsync();
    expect(two.GetKernelStatus('prepared')).toBe(true);
    await two.Run(10);
    await two.Run(20);
    two.Cleanup();
    expect(spikesOf(one)).toEqual(spikesOf(two));
  });

  test('twice is refused', async () => {
    const kernel = build(10, 5);
    await kernel.PrepareAsync();
    await expect(kernel.PrepareAsync()).rejects.toThrow(nest.KernelException);
    kernel.Cleanup();
  });

  test('progress rises from 0 to 1 in the phase that it belongs to', async () => {
    const kernel = build();
    const seen: nest.Progress[] = [];
    await kernel.PrepareAsync({ onProgress: (progress) => seen.push(progress) });
    // How many are told depends on how fast the machine is.
    expect(seen.length).toBeGreaterThan(0);
    const fractions = seen.map(({ fraction }) => fraction);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect(fractions.every((fraction) => fraction >= 0 && fraction <= 1)).toBe(true);
    expect(new Set(seen.map(({ phase }) => phase))).toEqual(new Set(['prepare']));
    await kernel.Run(1, { onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).toMatchObject({ phase: 'simulate', fraction: 1, biological_time: 1 });
    kernel.dispose();
  });
});

describe('GetConnectionsAsync', () => {
  test('finds what GetConnections finds', async () => {
    const [one, two] = [build(100, 10), build(100, 10)];
    const some = (kernel: nest.Kernel): nest.ConnectionFilter => ({
      source: kernel.GetNodes({ model: 'iaf_psc_exp' }).slice(0, 10),
      synapse_model: 'static_synapse',
    });
    const found = await one.GetConnectionsAsync(some(one));
    expect(found.get()).toEqual(two.GetConnections(some(two)).get());
    expect((await one.GetConnectionsAsync()).length).toBe(1100);
  });

  test('rejects with what is wrong with the filter', async () => {
    const kernel = build(10, 5);
    const model = { synapse_model: 'static_synaps' };
    await expect(kernel.GetConnectionsAsync(model)).rejects.toThrow(
      named('UnknownSynapseType', { suggestion: 'static_synapse' }),
    );
    await expect(kernel.GetConnectionsAsync({ sourc: 1 } as object)).rejects.toThrow(
      named('UnaccessedDictionaryEntry', { suggestion: 'source' }),
    );
    expect(laidOut(kernel)).toBe(0);
  });
});

test('an unknown attribute of the kernel is refused with the nearest one', () => {
  const kernel = new nest.Kernel();
  for (const keys of ['resolutoin', ['rng_seed', 'resolutoin']]) {
    expect(() => kernel.GetKernelStatus(keys as 'resolution')).toThrow(
      named('UnaccessedDictionaryEntry', { suggestion: 'resolution' }),
    );
  }
});

test('drawn delays are those that come, wherever their limits lie', () => {
  const draws: [nest.Parameter, number][] = [
    [nest.random.uniform(1, 2), 2000],
    [nest.random.uniform(1, 200), 50],
    [nest.math.redraw(nest.random.normal(2, 1), 0.5, 100), 2000],
    [nest.random.exponential(2).add(0.5), 2000],
  ];
  for (const [delay, n] of draws) {
    const kernel = new nest.Kernel();
    const neurons = kernel.Create('iaf_psc_exp', n);
    kernel.Connect(neurons, neurons, 'one_to_one', { delay });
    const [min, max] = kernel.GetKernelStatus(['min_delay', 'max_delay']);
    const delays = kernel.GetConnections().get('delay');
    expect([min, max]).toEqual([Math.min(...delays), Math.max(...delays)]);
    expect(kernel.GetKernelStatus(['min_delay', 'max_delay'])).toEqual([min, max]);
  }
});
