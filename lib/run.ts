import { guardNames, nativeGuards, Used } from './guards';
import { checkAsyncOptions, runJob } from './job';
import type { NativeReport } from './native';
import { checkReward, runRewarded } from './reward';
import { mismatch } from './forms';
import type { AskedRun } from './asked-run';
import { runWriting, runWritingSync } from './run-output';
import type { Session } from './session';
import type { Report, SimulateOptions } from './simulation';

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
  const guards = nativeGuards(name, options);
  const asked = { ms, prepared, guards };
  return session.during(options.signal, (signal) => {
    const all = { ...options, signal };
    const run = (each: SimulateOptions): Promise<Report> => simulate(session, asked, each);
    return session.hasOutput ? runWriting(session, asked, all, run) : run(all);
  });
}

async function simulate(
  session: Session,
  asked: AskedRun,
  options: SimulateOptions,
  used = new Used(),
): Promise<Report> {
  const { reward: source } = options;
  if (source) {
    return runRewarded(session, asked, options, source, (ms, each) =>
      simulate(session, { ...asked, ms, prepared: true }, each, used),
    );
  }
  const { ms, prepared, guards } = asked;
  session.activeRuns++;
  try {
    const report = await runJob(
      session,
      options,
      (core, reached) => core.runAsync(ms, prepared, reached, ...used.with(guards)),
      isCancelled,
    );
    const [, , wall_time, , , events] = report;
    used.add(events, wall_time);
    return makeReport(report);
  } finally {
    session.activeRuns--;
  }
}

/** Simulates on the calling thread. @internal */
export function runSync(session: Session, ms: number, prepared: boolean): Report {
  checkOptions(session, prepared ? 'RunSync' : 'SimulateSync', ms, {});
  const run = (): Report => makeReport(prepared ? session.open.run(ms) : session.open.simulate(ms));
  const asked = { ms, prepared, guards: {} };
  return session.hasOutput ? runWritingSync(session, asked, run) : run();
}

function checkOptions(session: Session, name: string, ms: unknown, options: SimulateOptions): void {
  if (typeof ms !== 'number') throw mismatch('time', 'a number of ms', ms, name);
  checkAsyncOptions(name, options, ['reward', ...guardNames]);
  if (options.reward !== undefined) checkReward(name, options.reward, session);
}

function isCancelled([, , , , , , cancelled]: NativeReport): boolean {
  return cancelled;
}

function makeReport([
  steps,
  biological_time,
  wall_time,
  spikes,
  synaptic_events,
]: NativeReport): Report {
  const real_time_factor = biological_time > 0 ? wall_time / (biological_time / 1000) : 0;
  return { steps, biological_time, wall_time, real_time_factor, spikes, synaptic_events };
}
