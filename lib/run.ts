import type { NativeReport } from './native';
import { checkReward, type RewardSource, runRewarded } from './reward';
import type { Session } from './session';
import { cancelled, checkSignal, throwIfAborted } from './signal';
import { checkKeys } from './suggest';
import { checkObject, mismatch } from './values';

/** How far a simulation has come. */
export interface Progress {
  /** Part of this call that is done, 0 … 1. */
  readonly fraction: number;
  /** Biological time reached, ms. */
  readonly biological_time: number;
  /** Wall-clock time since the call, s. */
  readonly wall_time: number;
}

/** Options of Simulate and Run. */
export interface SimulateOptions {
  /**
   * Called now and then with the progress; calls are coalesced while JavaScript is busy. If it
   * throws, the simulation stops and the promise rejects with that error.
   */
  readonly onProgress?: (progress: Progress) => void;
  /** Stops the simulation at the next slice boundary; the promise rejects with `signal.reason`. */
  readonly signal?: AbortSignal;
  /** Rewards that are worked out or arrive while the simulation runs. */
  readonly reward?: RewardSource;
}

/** What a simulation did. */
export interface Report {
  /** Steps simulated by this call. */
  readonly steps: number;
  /** Biological time simulated by this call, ms. */
  readonly biological_time: number;
  /** Wall-clock time of this call, preparation included, s. */
  readonly wall_time: number;
  /** Wall-clock time divided by biological time; below 1 is faster than life. */
  readonly real_time_factor: number;
  /** Spikes emitted by neurons, with multiplicity. */
  readonly spikes: number;
  /** Spikes delivered through synapses between neurons. */
  readonly synaptic_events: number;
}

/**
 * Simulates on a thread of its own, inside (`prepared`) or outside Prepare and Cleanup.
 * @internal
 */
export async function runAsync(
  session: Session,
  ms: number,
  prepared: boolean,
  options: SimulateOptions = {},
): Promise<Report> {
  const name = prepared ? 'Run' : 'Simulate';
  checkOptions(session, name, ms, options);
  const { signal, onProgress, reward: source } = options;
  if (source) {
    return runRewarded(session, ms, prepared, options, source, (part, each) =>
      runAsync(session, part, true, each),
    );
  }
  throwIfAborted(signal);
  const core = session.native;
  const report = onProgress && progressReporter(session, ms, onProgress);
  let aborted = false;
  const abort = (): void => {
    aborted = true;
    core.cancel();
  };
  // Before the run, which nothing may lose once it has begun.
  signal?.addEventListener('abort', abort, { once: true });
  session.activeRuns++;
  try {
    const pending = core.runAsync(ms, prepared, report?.reached);
    session.lastRun = pending;
    if (aborted) core.cancel();
    const result = await pending;
    if (report?.failure) throw report.failure.error;
    if (result.cancelled) {
      throwIfAborted(signal);
      throw cancelled();
    }
    return makeReport(result);
  } finally {
    session.activeRuns--;
    signal?.removeEventListener('abort', abort);
  }
}

/** Simulates on the calling thread. @internal */
export function runSync(session: Session, ms: number, prepared: boolean): Report {
  checkOptions(session, prepared ? 'RunSync' : 'SimulateSync', ms, {});
  return makeReport(prepared ? session.native.run(ms) : session.native.simulate(ms));
}

function checkOptions(session: Session, name: string, ms: unknown, options: SimulateOptions): void {
  if (typeof ms !== 'number') throw mismatch('time', 'a number of ms', ms, name);
  checkObject(options, 'options', 'an object', name);
  checkKeys(options, ['onProgress', 'signal', 'reward'], `${name} has no option`);
  const { onProgress, signal, reward } = options;
  if (reward !== undefined) checkReward(name, reward, session);
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw mismatch('onProgress', 'a function', onProgress, name);
  }
  checkSignal(name, signal);
}

/** Never lets an exception out of the native callback: Node would swallow it. */
function progressReporter(
  session: Session,
  ms: number,
  onProgress: (progress: Progress) => void,
): { failure: { error: unknown } | undefined; reached: (biologicalTime: number) => void } {
  const core = session.native;
  const start = Number(core.getStatus().biological_time);
  const startedAt = performance.now();
  const reporter = {
    failure: undefined as { error: unknown } | undefined,
    reached(biologicalTime: number): void {
      if (reporter.failure) return;
      try {
        onProgress({
          fraction: ms > 0 ? Math.min((biologicalTime - start) / ms, 1) : 1,
          biological_time: biologicalTime,
          wall_time: (performance.now() - startedAt) / 1000,
        });
      } catch (error) {
        reporter.failure = { error };
        core.cancel();
      }
    },
  };
  return reporter;
}

function makeReport(report: NativeReport): Report {
  const { steps, biological_time, wall_time, spikes, synaptic_events } = report;
  const real_time_factor = biological_time > 0 ? wall_time / (biological_time / 1000) : 0;
  return { steps, biological_time, wall_time, real_time_factor, spikes, synaptic_events };
}
