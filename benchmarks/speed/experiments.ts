import type { Experiment } from '../../lib/cli/experiment';
import { brunel, brunelDopa, brunelMstdpet, brunelStdp } from './brunel';
import { build } from './build';
import { call } from './call';
import { dense } from './dense';
import { hpc } from './hpc';
import { loop } from './loop';
import { microcircuit } from './microcircuit';
import { scaling } from './scaling';
import { silent } from './silent';
import { slices } from './slices';
import { sparse } from './sparse';
import { tegmentaEngine } from './tegmenta-engine';
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

/** The workloads, and checks of size, as `tegmenta run` knows them. */
export const speedExperiments: readonly Experiment[] = [
  ...workloads.map(timed),
  timed(brunelMstdpet),
  silent,
  loop,
  call,
  dense,
  build,
  slices,
  scaling(tegmentaEngine()),
];

/**
 * One of them by its name.
 * @throws Error if there is none.
 */
export function experimentNamed(name: string): Experiment {
  const found = speedExperiments.find((experiment) => experiment.name === name);
  if (!found) throw new Error(`There is no experiment ${name}.`);
  return found;
}
