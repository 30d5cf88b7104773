import { defineExperiment } from '../../lib/cli/experiment';
import { conditionStimulus } from './distal-reward-conditioning';
import { distalRewardOptions, STEP } from './distal-reward-network';
import { rewardSynapse } from './distal-reward-synapse';

export const distalReward = defineExperiment({
  name: 'distal-reward',
  summary: 'Reward that comes seconds late finds the synapse, or the stimulus, that earned it',
  reference:
    'E. M. Izhikevich (2007), Solving the distal reward problem through linkage of STDP and ' +
    'dopamine signaling, Cereb. Cortex 17, 2443-2452, figures 1 and 2',
  defaultTime: 3_600_000,
  resolution: STEP,
  options: distalRewardOptions,
  resumable: true,
  run: (context) =>
    context.options.part === 'synapse' ? rewardSynapse(context) : conditionStimulus(context),
});
