import type { Experiment } from '../../lib/cli/experiment';
import { measured } from '../speed';
import { scaling } from './scaling';
import { tegmentaEngine } from './tegmenta-engine';

/** What is measured, and the study that measures it, as `tegmenta run` knows them. */
export const speedExperiments: readonly Experiment[] = [...measured, scaling(tegmentaEngine())].map(
  (experiment) => ({ ...experiment, timed: true }),
);
