import { setImmediate } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';

// Works in every jest mode, without --expose-gc on the command line.
v8.setFlagsFromString('--expose-gc');
const gc = vm.runInNewContext('gc') as () => void;

/**
 * Collects garbage until the condition holds, or often enough to be sure that it never will.
 * Finalizers run after a collection, from the event loop.
 */
export async function collectUntil(condition: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 10 && !condition(); attempt++) {
    gc();
    await setImmediate();
    await setImmediate();
  }
}

/** Collects what earlier tests left behind. */
export async function settle(): Promise<void> {
  let rounds = 0;
  await collectUntil(() => ++rounds > 3);
}
