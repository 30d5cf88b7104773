import { type AsyncOptions, checkAsyncOptions, runJob } from './job';
import type { NativeReport } from './native';
import { checkReward, type RewardSource, runRewarded } from './reward';
import type { Session } from './session';
import { mismatch } from './values';

/** Options of Simulate and Run. */
export interface SimulateOptions extends AsyncOptions {
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
  const { reward: source } = options;
  if (source) {
    return runRewarded(session, ms, prepared, options, source, (part, each) =>
      runAsync(session, part, true, each),
    );
  }
  session.activeRuns++;
  try {
    const report = await runJob(
      session,
      options,
      (core, reached) => core.runAsync(ms, prepared, reached),
      ({ cancelled }) => cancelled,
    );
    return makeReport(report);
  } finally {
    session.activeRuns--;
  }
}

/** Simulates on the calling thread. @internal */
export function runSync(session: Session, ms: number, prepared: boolean): Report {
  checkOptions(session, prepared ? 'RunSync' : 'SimulateSync', ms, {});
  return makeReport(prepared ? session.native.run(ms) : session.native.simulate(ms));
}

function checkOptions(session: Session, name: string, ms: unknown, options: SimulateOptions): void {
  if (typeof ms !== 'number') throw mismatch('time', 'a number of ms', ms, name);
  checkAsyncOptions(name, options, ['reward']);
  if (options.reward !== undefined) checkReward(name, options.reward, session);
}

function makeReport(report: NativeReport): Report {
  const { steps, biological_time, wall_time, spikes, synaptic_events } = report;
  const real_time_factor = biological_time > 0 ? wall_time / (biological_time / 1000) : 0;
  return { steps, biological_time, wall_time, real_time_factor, spikes, synaptic_events };
}
