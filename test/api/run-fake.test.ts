import { setTimeout as delay } from 'node:timers/promises';
import type * as Fake from './fake-native';
import { named } from './named';
import * as nest from '../../lib';

jest.mock('../../lib/native', () => jest.requireActual<typeof Fake>('./fake-native'));
const fake = jest.requireMock<typeof Fake>('../../lib/native');

const running = (): Fake.FakeRun => {
  if (!fake.run) throw new Error('nothing is running');
  return fake.run;
};

let kernel: nest.Kernel;
beforeEach(() => {
  kernel = new nest.Kernel();
  fake.calls.length = 0;
  fake.recorded.times = [];
  fake.recorded.senders = [];
});

describe('Simulate', () => {
  it('reports what was done', async () => {
    const report = kernel.Simulate(50);
    expect(kernel.running).toBe(true);
    running().finish();
    await expect(report).resolves.toEqual({
      steps: 500,
      biological_time: 50,
      wall_time: 0.5,
      real_time_factor: 10,
      spikes: 3,
      synaptic_events: 4,
    });
    expect(kernel.SimulateSync(50).real_time_factor).toBe(10);
    expect(kernel.SimulateSync(0).real_time_factor).toBe(0);
  });

  it('tells Run from Simulate', async () => {
    const report = kernel.Run(5);
    running().finish();
    await report;
    expect(fake.calls).toEqual([['runAsync', 5, true]]);
  });

  it('gives progress as fraction of this call', async () => {
    const seen: nest.Progress[] = [];
    const report = kernel.Simulate(50, { onProgress: (progress) => seen.push(progress) });
    running().progress(110);
    running().progress(150);
    running().finish();
    await report;
    expect(seen.map((progress) => progress.fraction)).toEqual([0.2, 1]);
    expect(seen.map((progress) => progress.biological_time)).toEqual([110, 150]);
    expect(seen[0]?.wall_time).toBeGreaterThanOrEqual(0);
  });

  it('stops and rejects with what onProgress threw', async () => {
    const onProgress = jest.fn(() => {
      throw new RangeError('enough');
    });
    const report = kernel.Simulate(50, { onProgress });
    running().progress(110);
    running().progress(120);
    await expect(report).rejects.toThrow(new RangeError('enough'));
    expect(onProgress).toHaveBeenCalledTimes(1);
    expect(running().cancelled).toBe(true);
  });

  it('rejects with AbortError on abort, and the kernel can go on', async () => {
    const controller = new AbortController();
    const report = kernel.Simulate(50, { signal: controller.signal });
    controller.abort();
    await expect(report).rejects.toThrow(named('AbortError'));
    const next = kernel.Simulate(50);
    running().finish();
    await expect(next).resolves.toHaveProperty('steps', 500);
  });

  it('rejects with the reason of the abort', async () => {
    const controller = new AbortController();
    const report = kernel.Simulate(50, { signal: controller.signal });
    controller.abort(new Error('no time'));
    await expect(report).rejects.toThrow('no time');
  });

  it('does not start with a signal aborted before', async () => {
    await expect(kernel.Simulate(50, { signal: AbortSignal.abort() })).rejects.toThrow(
      named('AbortError'),
    );
    expect(fake.calls).toEqual([]);
  });

  it('forgets the signal once done', async () => {
    const controller = new AbortController();
    const report = kernel.Simulate(50, { signal: controller.signal });
    running().finish();
    await report;
    controller.abort();
    expect(running().cancelled).toBe(false);
  });

  /** A signal of another make. */
  class Polyfill extends EventTarget {
    aborted = false;
    reason: unknown = undefined;
    throwIfAborted(): void {
      if (this.aborted) throw this.reason as Error;
    }
    abort(): void {
      this.aborted = true;
      this.reason = new Error('polyfilled');
      this.dispatchEvent(new Event('abort'));
    }
  }

  it('takes a signal of another make', async () => {
    const signal = new Polyfill();
    const report = kernel.Simulate(50, { signal: signal as unknown as AbortSignal });
    signal.abort();
    await expect(report).rejects.toThrow('polyfilled');
  });

  it('hears an abort that comes while it begins to listen', async () => {
    class Eager extends Polyfill {
      override addEventListener(type: string, listener: () => void): void {
        super.addEventListener(type, listener);
        this.abort();
      }
    }
    const signal = new Eager() as unknown as AbortSignal;
    await expect(kernel.Simulate(50, { signal })).rejects.toThrow('polyfilled');
    expect(running().cancelled).toBe(true);
  });

  it('loses no run where a signal throws, and later streams end', async () => {
    const throws = (): never => {
      throw new Error('listening');
    };
    const recorder = kernel.Create('recorder');
    const started = (): unknown[] => fake.calls.filter(([name]) => name === 'runAsync');
    const deaf = Object.assign(new Polyfill(), { addEventListener: throws });
    await expect(kernel.Simulate(50, { signal: deaf as unknown as AbortSignal })).rejects.toThrow(
      'listening',
    );
    expect(started()).toEqual([]);
    const clinging = Object.assign(new Polyfill(), { removeEventListener: throws });
    const report = kernel.Simulate(50, { signal: clinging as unknown as AbortSignal });
    running().finish();
    await expect(report).rejects.toThrow('listening');
    await expect(recorder.stream().next()).resolves.toEqual({ value: undefined, done: true });
  });

  it('passes errors of the core on', async () => {
    const report = kernel.Simulate(50, { onProgress: () => undefined });
    running().fail(new nest.NumericalInstability('V_m of node 3 left every range', { node: 3 }));
    await expect(report).rejects.toThrow(named('NumericalInstability', { node: 3 }));
  });

  it.each<[string, unknown, unknown, string, object]>([
    [
      'a misspelt option',
      5,
      { onprogress: 1 },
      'UnaccessedDictionaryEntry',
      { suggestion: 'onProgress' },
    ],
    ['no function', 5, { onProgress: 1 }, 'TypeMismatch', { parameter: 'onProgress' }],
    ['no signal', 5, { signal: 1 }, 'TypeMismatch', { parameter: 'signal' }],
    [
      'a signal that cannot be listened to',
      5,
      { signal: { aborted: false, throwIfAborted: () => undefined } },
      'TypeMismatch',
      { parameter: 'signal' },
    ],
    [
      'a signal that does not tell whether it has aborted',
      5,
      { signal: Object.assign(new EventTarget(), { throwIfAborted: () => undefined }) },
      'TypeMismatch',
      { parameter: 'signal' },
    ],
    ['null for a signal', 5, { signal: null }, 'TypeMismatch', { parameter: 'signal' }],
    ['no number', '5', {}, 'TypeMismatch', { expected: 'a number of ms' }],
    ['no options', 5, 5, 'TypeMismatch', {}],
  ])('refuses %s', async (_, ms, options, name, fields) => {
    await expect(kernel.Simulate(ms as number, options as nest.SimulateOptions)).rejects.toThrow(
      named(name, fields),
    );
    expect(fake.calls).toEqual([]);
  });
});

describe('stream', () => {
  const record = (...times: number[]): void => {
    fake.recorded.times.push(...times);
    fake.recorded.senders.push(...times.map(() => 1));
  };
  const collect = async (stream: nest.RecorderStream): Promise<number[]> => {
    const times: number[] = [];
    for await (const batch of stream) times.push(...batch.times);
    return times;
  };

  it('gives everything recorded while a simulation runs, then ends', async () => {
    const recorder = kernel.Create('recorder');
    const report = kernel.Simulate(50);
    const times = collect(recorder.stream());
    record(1, 2);
    await delay(30);
    record(3);
    await delay(30);
    record(4);
    running().finish();
    await report;
    await expect(times).resolves.toEqual([1, 2, 3, 4]);
  });

  it('waits for a simulation started in the same turn, and goes on over awaited ones', async () => {
    const recorder = kernel.Create('recorder');
    const times = collect(recorder.stream());
    for (const time of [1, 2, 3]) {
      const report = kernel.Simulate(50);
      record(time);
      await delay(15);
      running().finish();
      await report;
    }
    await expect(times).resolves.toEqual([1, 2, 3]);
  });

  it('gives what is held and ends where nothing runs', async () => {
    const recorder = kernel.Create('recorder');
    record(1, 2);
    await expect(collect(recorder.stream())).resolves.toEqual([1, 2]);
    record(3);
    await expect(collect(recorder.stream())).resolves.toEqual([3]);
    await expect(collect(recorder.stream())).resolves.toEqual([]);
  });

  it('gives everything to each of two streams open at the same time', async () => {
    const recorder = kernel.Create('recorder');
    record(1, 2);
    const streams = [recorder.stream(), recorder.stream()];
    await expect(Promise.all(streams.map(collect))).resolves.toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  it('keeps what a reader that left has not seen', async () => {
    const recorder = kernel.Create('recorder');
    record(1);
    for await (const batch of recorder.stream()) {
      expect([...batch.times]).toEqual([1]);
      record(2);
      break;
    }
    await expect(collect(recorder.stream())).resolves.toEqual([2]);
  });

  it('starts again once the events were cleared', async () => {
    const recorder = kernel.Create('recorder');
    record(1, 2);
    await collect(recorder.stream());
    recorder.set({ n_events: 0 });
    fake.recorded.times = [];
    record(3);
    await expect(collect(recorder.stream())).resolves.toEqual([3]);
  });

  it('throws the reason of an abort', async () => {
    const recorder = kernel.Create('recorder');
    const report = kernel.Simulate(50);
    const controller = new AbortController();
    const times = collect(recorder.stream({ signal: controller.signal }));
    controller.abort(new Error('no time'));
    await expect(times).rejects.toThrow('no time');
    running().finish();
    await report;
  });

  it('needs one recorder and known options', () => {
    const recorders = kernel.Create('recorder', 2);
    expect(() => recorders.stream()).toThrow(named('DimensionMismatch'));
    expect(() => recorders.at(0).stream({ sgnal: 1 } as object)).toThrow(
      named('UnaccessedDictionaryEntry', { suggestion: 'signal' }),
    );
    for (const signal of [5, null, {}, { throwIfAborted: () => undefined }]) {
      expect(() => recorders.at(0).stream({ signal } as object)).toThrow(
        named('TypeMismatch', { parameter: 'signal' }),
      );
    }
  });
});
