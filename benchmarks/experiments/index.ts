import type { Experiment } from '../../lib/cli/experiment';
import { brunel } from './brunel';

/** The networks that `tegmenta run` knows. */
export const experiments: readonly Experiment[] = [brunel];
