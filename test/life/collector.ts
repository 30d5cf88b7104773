import { setImmediate, setTimeout } from 'node:timers/promises';
import v8 from 'node:v8';
import vm from 'node:vm';
import { native } from '../../lib/native';

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

/**
 * Collects what earlier tests left behind. What tests of other files of this process left can need
 * time as well: whoever counts kernels must not count those.
 */
export async function settle(): Promise<void> {
  let rounds = 0;
  await collectUntil(() => ++rounds > 3);
  for (let wait = 0; wait < 10 && native.liveKernels() > 0; wait++) {
    await setTimeout(10);
    await collectUntil(() => native.liveKernels() === 0);
  }
}
