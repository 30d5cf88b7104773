// How well the digits are told apart without anything that learns by reward: by the number of
// spikes of the circuit alone, and by a logistic readout of its rates.
import { mean } from '../../../../lib/analysis';
import type { Responses } from './responses';
import type { SpeechTrial } from './speech-plan';
import { SPOKEN } from './utterances';

/** Steps, and length, of the descent; and how strongly weights are held small. */
const DESCENT = { steps: 300, rate: 0.5, decay: 0.01 } as const;

export interface Baselines {
  /** By more or less spikes of the circuit, whichever is right more often in training. */
  readonly count: number;
  readonly logistic: number;
}

/** Trials with their class: 1 for the rewarded digit. */
interface Example {
  readonly spikes: number;
  readonly rates: Float64Array;
  readonly isSecond: number;
}

function examplesOf(
  trials: readonly SpeechTrial[],
  { responses, excitatory }: Responses,
  phase: SpeechTrial['phase'],
): Example[] {
  return trials.flatMap((trial, i) => {
    if (trial.phase !== phase) return [];
    const rates = new Float64Array(excitatory);
    for (const neuron of responses[i]!.neurons) rates[neuron]!++;
    const isSecond = Number(trial.digit === SPOKEN[1]);
    return [{ spikes: responses[i]!.neurons.length, rates, isSecond }];
  });
}

/** Parts of held-out trials that are told apart, learned from the others before training. */
export function baselines(trials: readonly SpeechTrial[], responses: Responses): Baselines {
  const trained = examplesOf(trials, responses, 'before');
  const tested = examplesOf(trials, responses, 'held out before');
  return { count: byCount(trained, tested), logistic: byRates(trained, tested) };
}

function byCount(trained: readonly Example[], tested: readonly Example[]): number {
  const ofClass = (wanted: number): number =>
    mean(trained.filter(({ isSecond }) => isSecond === wanted).map(({ spikes }) => spikes));
  const [first, second] = [ofClass(0), ofClass(1)];
  const middle = (first + second) / 2;
  const sign = second >= first ? 1 : -1;
  return mean(
    tested.map(({ spikes, isSecond }) =>
      spikes === middle ? 0.5 : Number(sign * (spikes - middle) > 0 === (isSecond === 1)),
    ),
  );
}

/** Logistic regression by gradient descent on standardised rates. */
function byRates(trained: readonly Example[], tested: readonly Example[]): number {
  const size = trained[0]!.rates.length;
  const middle = Float64Array.from({ length: size }, (_, k) =>
    mean(trained.map(({ rates }) => rates[k]!)),
  );
  const spread = Float64Array.from({ length: size }, (_, k) =>
    Math.sqrt(mean(trained.map(({ rates }) => (rates[k]! - middle[k]!) ** 2)) + 1e-12),
  );
  const scaled = ({ rates }: Example): Float64Array =>
    rates.map((rate, k) => (rate - middle[k]!) / spread[k]!);
  const inputs = trained.map(scaled);
  const weights = new Float64Array(size);
  let bias = 0;
  const answer = (x: Float64Array): number =>
    1 / (1 + Math.exp(-x.reduce((sum, value, k) => sum + value * weights[k]!, bias)));
  for (let step = 0; step < DESCENT.steps; step++) {
    const errors = inputs.map((x, i) => trained[i]!.isSecond - answer(x));
    const pace = DESCENT.rate / inputs.length;
    for (let k = 0; k < size; k++) {
      const slope = errors.reduce((sum, error, i) => sum + error * inputs[i]![k]!, 0);
      weights[k] = weights[k]! * (1 - DESCENT.rate * DESCENT.decay) + pace * slope;
    }
    bias += pace * errors.reduce((sum, error) => sum + error, 0);
  }
  return mean(
    tested.map((example) => Number(answer(scaled(example)) > 0.5 === (example.isSecond === 1))),
  );
}
