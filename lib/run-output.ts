import { setTimeout } from 'node:timers/promises';
import { beginFiles, writeEvents, writeEventsSync, Writers } from './recording-files';
import { type AskedRun, checkRun } from './asked-run';
import type { Session } from './session';
import type { Report, SimulateOptions } from './simulation';

// What a simulation writes while it goes on: the files of recorders, and the time.

/** Milliseconds between two looks at what recorders have. */
const writingInterval = 50;

/**
 * Runs a simulation whose recorders write, or whose time is printed, or both.
 * @param run The simulation.
 * @returns What that gives, once all is written. Rejects with IOError where something cannot be
 * written; the simulation is stopped then.
 */
export async function runWriting(
  session: Session,
  asked: AskedRun,
  options: SimulateOptions,
  run: (options: SimulateOptions) => Promise<Report>,
): Promise<Report> {
  const time = begin(session, asked);
  const ended = new AbortController();
  const writers = new Writers(session);
  const pending = run(time ? { ...options, onProgress: time.heardBy(options) } : options);
  const writing = writeUntil(session, writers, ended.signal).finally(() => {
    writers.end();
  });
  writing.catch(() => undefined); // heard below, once the simulation has stopped
  const report = await pending.finally(() => {
    ended.abort();
    return writing;
  });
  time?.end(session, report);
  return report;
}

/** The same on the calling thread: all is written at the end. */
export function runWritingSync(session: Session, asked: AskedRun, run: () => Report): Report {
  const time = begin(session, asked);
  let report: Report;
  try {
    report = run();
  } finally {
    writeEventsSync(session);
  }
  time?.end(session, report);
  return report;
}

/** What is refused is refused before a file is made. */
function begin(session: Session, asked: AskedRun): PrintedTime | undefined {
  checkRun(session, asked);
  beginFiles(session);
  return session.native.getStatus(['print_time']).print_time ? new PrintedTime() : undefined;
}

/** Writes again and again until the simulation has ended, then the rest. */
async function writeUntil(session: Session, writers: Writers, ended: AbortSignal): Promise<void> {
  if (session.written.size === 0) return;
  try {
    for (let isLast = false; !isLast;) {
      isLast = ended.aborted;
      if (!isLast)
        await setTimeout(writingInterval, undefined, { signal: ended }).catch(() => null);
      await writeEvents(session, writers);
    }
  } catch (error) {
    if (!ended.aborted) session.native.cancel();
    throw error;
  }
}

/** The time, in one line on the standard error stream that is written anew. */
class PrintedTime {
  #first: number | undefined;

  heardBy({ onProgress }: SimulateOptions): NonNullable<SimulateOptions['onProgress']> {
    return (progress) => {
      const { phase, fraction, biological_time, wall_time } = progress;
      if (phase === 'simulate' && fraction < 1) {
        this.#first ??= biological_time;
        const seconds = (biological_time - this.#first) / 1000;
        if (seconds > 0) this.#print(fraction, biological_time, wall_time / seconds);
      }
      return onProgress?.(progress);
    };
  }

  end(session: Session, { real_time_factor }: Report): void {
    const { biological_time } = session.native.getStatus(['biological_time']);
    this.#print(1, biological_time as number, real_time_factor);
    process.stderr.write('\n');
  }

  #print(fraction: number, time: number, factor: number): void {
    const percent = String(Math.floor(100 * fraction)).padStart(3);
    const [at, speed] = [time.toFixed(1), factor.toFixed(4)];
    process.stderr.write(`\r[ ${percent}% ] Model time: ${at} ms, Real-time factor: ${speed}`);
  }
}
