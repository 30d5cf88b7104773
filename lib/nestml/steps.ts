import { setImmediate } from 'node:timers/promises';

/** Work that others may come between: it stops now and then, and gives its result at the end. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** What an event loop hardly notices. */
const TURN_MS = 8;

/** Does work without a stop. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Does work in turns with all else that the event loop has to do. */
export async function inTurns<Result>(steps: Steps<Result>): Promise<Result> {
  let began = performance.now();
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() - began > TURN_MS) {
      await setImmediate();
      began = performance.now();
    }
  }
}
