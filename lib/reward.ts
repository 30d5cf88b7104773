import { BadParameter } from './errors';
import { NodeCollection } from './node-collection';
import type { Report, SimulateOptions } from './run';
import type { Session } from './session';
import { checkKeys } from './suggest';
import { checkObject, mismatch } from './values';

/**
 * Rewards given while a simulation runs: it is cut into intervals, and before each the next value
 * is asked for and set as the `reward` of the transmitter. In between the kernel stands still, so a
 * function may read recorders and set parameters. A source that ends leaves the last reward.
 */
export interface RewardSource {
  /** The reward_transmitter. */
  readonly transmitter: NodeCollection;
  /** Length of an interval, ms: a multiple of the resolution. The last one may be shorter. */
  readonly interval: number;
  /** Called with the biological time (ms) from which the reward holds; or values in turn. */
  readonly source:
    ((time: number) => number | Promise<number>) | Iterable<number> | AsyncIterable<number>;
}

/** @internal */
export function checkReward(name: string, reward: unknown): asserts reward is RewardSource {
  const given = checkObject(reward, 'reward', 'an object', name);
  checkKeys(given, ['transmitter', 'interval', 'source'], `reward of ${name} has no option`);
  const { transmitter, interval, source } = given;
  const one = transmitter instanceof NodeCollection && transmitter.length === 1;
  if (!one || transmitter.get('model') !== 'reward_transmitter') {
    throw mismatch(
      'reward.transmitter',
      'a collection of one reward_transmitter',
      transmitter,
      name,
    );
  }
  if (typeof interval !== 'number') {
    throw mismatch('reward.interval', 'a number of ms', interval, name);
  }
  const iterable =
    typeof source === 'object' &&
    source !== null &&
    (Symbol.iterator in source || Symbol.asyncIterator in source);
  if (typeof source !== 'function' && !iterable) {
    throw mismatch('reward.source', 'a function or an iterable of numbers', source, name);
  }
}

/** What asks a source for its next value; undefined when it has ended. */
interface Asking {
  next(time: number): Promise<number | undefined>;
  close(): Promise<void>;
}

function asking(source: RewardSource['source']): Asking {
  if (typeof source === 'function') {
    return { next: async (time) => source(time), close: () => Promise.resolve() };
  }
  const iterator =
    Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
  let ended = false;
  return {
    async next() {
      if (ended) return undefined;
      const result = (await iterator.next()) as IteratorResult<number, undefined>;
      ended = result.done === true;
      return result.done ? undefined : result.value;
    },
    async close() {
      if (!ended) await iterator.return?.();
    },
  };
}

/** The promise, or the signal's reason as soon as it aborts. */
async function orAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  signal.throwIfAborted();
  let abort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/**
 * A simulation in intervals, each with the next reward of a source.
 * @param run Simulates one interval of a prepared kernel.
 * @internal
 */
export async function runRewarded(
  session: Session,
  ms: number,
  prepared: boolean,
  { signal, onProgress }: SimulateOptions,
  { transmitter, interval, source }: RewardSource,
  run: (ms: number, options: SimulateOptions) => Promise<Report>,
): Promise<Report> {
  const name = prepared ? 'Run' : 'Simulate';
  const { resolution, biological_time: start } = session.native.getStatus() as Record<
    'resolution' | 'biological_time',
    number
  >;
  const steps = Math.round(ms / resolution);
  const stride = Math.round(interval / resolution);
  const onGrid = (time: number, n: number) => Math.abs(time - n * resolution) <= 1e-9 * time;
  if (!(interval > 0) || !onGrid(interval, stride)) {
    const allowed = `a positive multiple of the resolution (${resolution} ms)`;
    throw new BadParameter(`reward.interval of ${name} must be ${allowed}, got ${interval}.`, {
      parameter: 'reward.interval',
      value: interval,
      allowed,
    });
  }
  signal?.throwIfAborted();
  // A time that is refused is refused before anything has been set.
  if (!(ms >= 0) || !onGrid(ms, steps)) return run(ms, {});
  const startedAt = performance.now();
  const asked = asking(source);
  if (!prepared) session.native.prepare();
  const total = { steps: 0, biological_time: 0, spikes: 0, synaptic_events: 0 };
  try {
    for (let done = 0; done < steps; done += stride) {
      const reward = await orAborted(asked.next(start + done * resolution), signal);
      if (reward !== undefined) transmitter.set({ reward });
      const part = Math.min(stride, steps - done);
      const report = await run(part * resolution, {
        ...(signal && { signal }),
        ...(onProgress && {
          onProgress: (p) => {
            onProgress({
              fraction: Math.min((done + p.fraction * part) / steps, 1),
              biological_time: p.biological_time,
              wall_time: (performance.now() - startedAt) / 1000,
            });
          },
        }),
      });
      for (const key of ['steps', 'biological_time', 'spikes', 'synaptic_events'] as const) {
        total[key] += report[key];
      }
    }
  } finally {
    await asked.close();
    if (!prepared && session.native.getStatus().prepared) session.native.cleanup();
  }
  const wall_time = (performance.now() - startedAt) / 1000;
  const seconds = total.biological_time / 1000;
  return { ...total, wall_time, real_time_factor: seconds > 0 ? wall_time / seconds : 0 };
}
