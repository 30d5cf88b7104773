import { type AskedRun, checkRun } from './asked-run';
import { BadParameter } from './errors';
import { prepareAsync } from './job';
import { NodeCollection, nodeIdsOf } from './node-collection';
import { type OnProgress, Reports } from './progress';
import type { Session } from './session';
import type { Report, RewardSource, SimulateOptions } from './simulation';
import { orAborted, throwIfAborted } from './signal';
import { checkKeys } from './suggest';
import { isRevoked } from './words';
import { checkObject, entriesOf, isInstance, mismatch } from './forms';

/** @internal */
export function checkReward(
  name: string,
  reward: unknown,
  session: Session,
): asserts reward is RewardSource {
  const given = checkObject(reward, 'reward', 'an object', name);
  checkKeys(given, ['transmitter', 'interval', 'source'], `reward of ${name} has no option`);
  const { transmitter, interval, source } = given;
  const one = isInstance(transmitter, NodeCollection) && transmitter.length === 1;
  if (!one || transmitter.get('model') !== 'reward_transmitter') {
    throw mismatch(
      'reward.transmitter',
      'a collection of one reward_transmitter',
      transmitter,
      name,
    );
  }
  nodeIdsOf(session)(transmitter); // throws for another kernel's
  if (typeof interval !== 'number') {
    throw mismatch('reward.interval', 'a number of ms', interval, name);
  }
  const iterable =
    typeof source === 'object' &&
    source !== null &&
    !isRevoked(source) &&
    (Symbol.iterator in source || Symbol.asyncIterator in source);
  if (typeof source !== 'function' && !iterable) {
    throw mismatch('reward.source', 'a function or an iterable of numbers', source, name);
  }
}

/** What asks a source for its next value; undefined when it has ended. */
interface Asking {
  next(time: number): Promise<number | undefined>;
  /** Tells a source that has not ended that no more is wanted. */
  close(): Promise<void>;
}

function asking(name: string, source: RewardSource['source']): Asking {
  if (typeof source === 'function') {
    return {
      next: async (time) => checkValue(name, await source(time)),
      close: () => Promise.resolve(),
    };
  }
  const iterator = iteratorOf(name, source);
  let ended = false;
  return {
    async next() {
      if (ended) return undefined;
      const result: unknown = await nextOf(iterator).catch((error: unknown) => {
        ended = true; // a source that fails has ended
        throw error;
      });
      if (typeof result !== 'object' || result === null) {
        throw mismatch('reward.source', 'an iterable, whose results are objects', result, name);
      }
      const { done, value } = result as { done?: unknown; value?: unknown };
      ended = Boolean(done);
      if (ended) return undefined;
      return checkValue(name, value);
    },
    async close() {
      if (!ended && typeof iterator.return === 'function') await iterator.return();
    },
  };
}

// An async function, so that what next throws is a rejection.
const nextOf = async (iterator: Iterator<unknown> | AsyncIterator<unknown>): Promise<unknown> =>
  iterator.next();

function iteratorOf(
  name: string,
  source: Iterable<number> | AsyncIterable<number>,
): Iterator<unknown> | AsyncIterator<unknown> {
  if (ArrayBuffer.isView(source)) return entriesOf(source as Iterable<unknown>);
  const make: unknown =
    Symbol.asyncIterator in source ? source[Symbol.asyncIterator] : source[Symbol.iterator];
  const iterator: unknown = typeof make === 'function' ? make.call(source) : make;
  if (typeof (iterator as Partial<Iterator<unknown>> | null | undefined)?.next === 'function') {
    return iterator as Iterator<unknown>;
  }
  throw mismatch('reward.source', 'an iterable, with an iterator that has next', iterator, name);
}

/** The core checks the range. */
function checkValue(name: string, value: unknown): number {
  if (typeof value === 'number') return value;
  throw mismatch('reward of reward_transmitter', 'a number', value, name);
}

/**
 * A simulation in intervals, each with the next reward of a source.
 * @param run Simulates one interval of a prepared kernel.
 * @internal
 */
export async function runRewarded(
  session: Session,
  asked: AskedRun,
  options: SimulateOptions,
  { transmitter, interval, source }: RewardSource,
  run: (ms: number, options: SimulateOptions) => Promise<Report>,
): Promise<Report> {
  const { ms, prepared } = asked;
  const name = prepared ? 'Run' : 'Simulate';
  const { signal, onProgress } = options;
  throwIfAborted(signal);
  // What is refused is refused before the source is asked.
  checkRun(session, asked);
  const { resolution, biological_time: start } = session.native.getStatus([
    'resolution',
    'biological_time',
  ]) as Record<'resolution' | 'biological_time', number>;
  const steps = Math.round(ms / resolution);
  const stride = stepsOfInterval(name, interval, resolution);
  const startedAt = performance.now();
  const rewards = asking(name, source);
  const core = session.native;
  const reports = onProgress && new Reports(onProgress, () => core.cancel());
  const total = { steps: 0, biological_time: 0, spikes: 0, synaptic_events: 0 };
  const simulateInIntervals = async (): Promise<void> => {
    for (let done = 0; done < steps; done += stride) {
      const next = rewards.next(start + done * resolution);
      const reward = await orAborted(reports ? reports.orFailed(next) : next, signal);
      if (reward !== undefined) transmitter.set({ reward });
      const part = Math.min(stride, steps - done);
      const report = await run(part * resolution, {
        ...(signal && { signal }),
        ...(reports && { onProgress: partly(reports, { done, part, steps }, startedAt) }),
      });
      reports?.check();
      for (const key of ['steps', 'biological_time', 'spikes', 'synaptic_events'] as const) {
        total[key] += report[key];
      }
    }
  };
  try {
    const preparing = reports ? { ...options, onProgress: reports.give.bind(reports) } : options;
    await (prepared
      ? simulateInIntervals()
      : whilePrepared(session, preparing, simulateInIntervals));
  } catch (error) {
    // The first error counts, and a source that hangs is not waited for.
    rewards.close().catch(() => undefined);
    reports?.check();
    throw error;
  }
  await orAborted(rewards.close(), signal);
  await reports?.settle(signal);
  const wall_time = (performance.now() - startedAt) / 1000;
  const seconds = total.biological_time / 1000;
  return { ...total, wall_time, real_time_factor: seconds > 0 ? wall_time / seconds : 0 };
}

/** Hands on the progress of a part of the whole. */
function partly(
  reports: Reports,
  { done, part, steps }: Readonly<Record<'done' | 'part' | 'steps', number>>,
  startedAt: number,
): OnProgress {
  return (progress) => {
    const fraction = Math.min((done + progress.fraction * part) / steps, 1);
    reports.give({
      ...progress,
      ...(progress.phase === 'simulate' && { fraction }),
      wall_time: (performance.now() - startedAt) / 1000,
    });
  };
}

/** @throws BadParameter unless the interval is a positive multiple of the resolution. */
function stepsOfInterval(name: string, interval: number, resolution: number): number {
  const steps = Math.round(interval / resolution);
  const onGrid = Math.abs(interval - steps * resolution) <= 1e-9 * interval;
  if (interval > 0 && onGrid) return steps;
  const allowed = `a positive multiple of the resolution (${resolution} ms)`;
  throw new BadParameter(`reward.interval of ${name} must be ${allowed}, got ${interval}.`, {
    parameter: 'reward.interval',
    value: interval,
    allowed,
  });
}

/** Prepare, work and Cleanup; however the work ends, the kernel is left as it was found. */
async function whilePrepared(
  session: Session,
  options: SimulateOptions,
  work: () => Promise<void>,
): Promise<void> {
  const { generation } = session;
  await prepareAsync(session, options);
  try {
    await work();
  } finally {
    // The source may have started a run of its own, reset the kernel or disposed of it.
    await session.jobs;
    const same = !session.disposed && session.generation === generation;
    if (same && session.native.getStatus(['prepared']).prepared) session.native.cleanup();
  }
}
