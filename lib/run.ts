import type { NativeReport } from './native';
import { checkReward, type RewardSource, runRewarded } from './reward';
import type { Session } from './session';
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
  checkOptions(name, ms, options);
  const { signal, onProgress, reward: source } = options;
  if (source) {
    return runRewarded(session, ms, prepared, options, source, (part, each) =>
      runAsync(session, part, true, each),
    );
  }
  signal?.throwIfAborted();
  const core = session.native;
  const report = onProgress && progressReporter(session, ms, onProgress);
  const abort = (): void => core.cancel();
  const pending = core.runAsync(ms, prepared, report?.reached);
  session.activeRuns++;
  signal?.addEventListener('abort', abort, { once: true });
  try {
    const result = await pending;
    if (report?.failure) throw report.failure.error;
    if (result.cancelled) {
      signal?.throwIfAborted();
      throw new DOMException('The simulation was cancelled.', 'AbortError');
    }
    return makeReport(result);
  } finally {
    session.activeRuns--;
    signal?.removeEventListener('abort', abort);
  }
}

/** Simulates on the calling thread. @internal */
export function runSync(session: Session, ms: number, prepared: boolean): Report {
  checkOptions(prepared ? 'RunSync' : 'SimulateSync', ms, {});
  return makeReport(prepared ? session.native.run(ms) : session.native.simulate(ms));
}

function checkOptions(name: string, ms: unknown, options: SimulateOptions): void {
  if (typeof ms !== 'number') throw mismatch('time', 'a number of ms', ms, name);
  checkObject(options, 'options', 'an object', name);
  checkKeys(options, ['onProgress', 'signal', 'reward'], `${name} has no option`);
  const { onProgress, signal, reward } = options;
  if (reward !== undefined) checkReward(name, reward);
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw mismatch('onProgress', 'a function', onProgress, name);
  }
  // Not instanceof: signals of another realm or a polyfill do as well.
  if (
    signal !== undefined &&
    typeof (signal as AbortSignal | null)?.throwIfAborted !== 'function'
  ) {
    throw mismatch('signal', 'an AbortSignal', signal, name);
  }
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
