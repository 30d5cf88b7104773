// The readouts of simulation 5, which hear what a circuit has answered.
import { CELL } from '../cell';
import type { ReadoutJob } from '../readout-run';
import { STEP } from '../step';
import type { Responses } from './responses';
import { SPEECH, type SpeechSettings } from './speech-parameters';
import type { SpeechTrial } from './speech-plan';

export function speechJob(
  { seed, readouts }: { readonly seed: number; readonly readouts: number },
  { transmission, w_max, ratio, reward }: SpeechSettings,
  trials: readonly SpeechTrial[],
  { excitatory, responses }: Responses,
): ReadoutJob<SpeechTrial> {
  const { trial: length, onset, counted, watched } = SPEECH;
  return {
    ...{ seed, readouts, trials, transmission, ratio, tau_syn: CELL.tau_syn },
    w_max: w_max * SPEECH.w_max,
    reward: reward * SPEECH.A,
    timing: { length, onset, counted, watched },
    times: () => {
      const times = Array.from({ length: excitatory }, () => [] as number[]);
      responses.forEach(({ steps, neurons }, k) => {
        const begin = k * length + onset;
        steps.forEach((step, i) => times[neurons[i]!]!.push(begin + step * STEP));
      });
      return times;
    },
  };
}
