import type { Experiment } from '../../lib/cli/experiment';
import { brunel, brunelDopa, brunelMstdpet, brunelStdp } from './brunel';
import { build } from './build';
import { call } from './call';
import { dense } from './dense';
import { hpc } from './hpc';
import { loop } from './loop';
import { microcircuit } from './microcircuit';
import { silent } from './silent';
import { slices } from './slices';
import { sparse } from './sparse';
import { timed } from './timing';
import type { Workload } from './workload';

/** The networks whose simulation is timed. */
export const workloads: readonly Workload[] = [
  brunel,
  brunelStdp,
  brunelDopa,
  hpc,
  microcircuit,
  sparse,
];

/** The workloads, and checks of size: what is measured in a process of its own. */
export const measured: readonly Experiment[] = [
  ...workloads.map(timed),
  timed(brunelMstdpet),
  silent,
  loop,
  call,
  dense,
  build,
  slices,
];

/**
 * One of them by its name.
 * @throws Error if there is none.
 */
export function experimentNamed(name: string): Experiment {
  const found = measured.find((experiment) => experiment.name === name);
  if (!found) throw new Error(`There is no experiment ${name}.`);
  return found;
}
