import type { ExperimentResult } from '../../lib/cli/experiment';

/** The result of an experiment that does nothing. */
export const nothing: ExperimentResult = {
  ...{ parameters: {}, quantities: [], figures: [] },
  spikes: { times: new Float64Array(), senders: new Uint32Array() },
};
