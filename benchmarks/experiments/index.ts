import type { Experiment } from '../../lib/cli/experiment';
import { brunel } from './brunel';
import { cartPole } from './cart-pole';
import { cueAssociation } from './cue-association';
import { distalReward } from './distal-reward';
import { dopaminePairs } from './dopamine-pairs';
import { dopamineTiming } from './dopamine-timing';
import { florianStdp } from './florian-stdp';
import { florianXor } from './florian-xor';
import { biofeedback } from './legenstein/biofeedback';
import { discrimination } from './legenstein/discrimination';
import { drift } from './legenstein/drift';
import { imitation } from './legenstein/imitation';
import { speech } from './legenstein/speech/speech';
import { pong } from './pong/pong';
import { reinforceBandit } from './reinforce-bandit';

/** The networks that `tegmenta run` knows. */
export const experiments: readonly Experiment[] = [
  brunel,
  cartPole,
  cueAssociation,
  distalReward,
  dopaminePairs,
  dopamineTiming,
  florianStdp,
  florianXor,
  biofeedback,
  imitation,
  drift,
  discrimination,
  speech,
  pong,
  reinforceBandit,
];
