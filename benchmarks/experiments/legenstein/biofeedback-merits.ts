// Whether simulation 1 shows what the paper says: numbers, and what they have to be.
import { mean } from '../../../lib/analysis';
import type { Quantity } from '../../../lib/cli/experiment';
import { highestRate, minutes, MINUTES, ratesIn, weightsAt } from './biofeedback-analysis';
import type { Chosen } from './biofeedback-choice';
import type { BiofeedbackRecord } from './biofeedback-record';
import type { RewardName } from './reward-factor';

export const VARIANTS = ['feedback', 'differential', 'weight-dependent'] as const;
export type Variant = (typeof VARIANTS)[number];

/** What is asked of the numbers. */
export const CRITERIA = {
  /** (a) Reinforced rate, last minute over the second, at least; that of others within this of 1. */
  rateRatio: 1.8,
  othersBand: 0.2,
  /** (b) By how much of the largest one weights onto the reinforced neuron are above others. */
  weightLead: { '1': 0.035, e: 0.12 } satisfies Record<RewardName, number>,
  /** (c) No excitatory neuron faster in any minute, spikes/s; the mean of all within this of 1. */
  highest: 25,
  populationBand: 0.12,
  /** (d) Lead of weights onto A over those onto B at the turn, and part of it that is gone later. */
  difference: 0.04,
  gone: 0.75,
};

/** What the numbers are of. */
export interface MeasuredRun {
  readonly record: BiofeedbackRecord;
  readonly chosen: Chosen;
  readonly variant: Variant;
  readonly reward: RewardName;
  /** How long the run is to be, ms. */
  readonly time: number;
  /** IDs of all excitatory neurons. */
  readonly excitatory: Uint32Array;
}

const UNSEEN = 'not simulated so far';

/** Numbers of a run by minutes. */
export function meritsOf(run: MeasuredRun): Quantity[] {
  const own = run.variant === 'differential' ? differentialMerits(run) : feedbackMerits(run);
  return [...own, ...stability(run)];
}

/** Mean rate of the neurons in the minute that ends so many minutes after the start. */
const rateAt = ({ record, time }: MeasuredRun, ids: ArrayLike<number>, minute: number): number =>
  mean(ratesIn(record, ids, minutes(minute - 1, minute, time)));

const quantity = (key: string, label: string, value: number, unit = ''): Quantity => ({
  ...{ key, label, value, unit },
  note: UNSEEN,
});

/** Whether a criterion is met: 1 or 0, or nothing while its numbers are not there. */
function verdict(letter: string, text: string, numbers: readonly number[], met: boolean): Quantity {
  const value = numbers.some(Number.isNaN) ? NaN : Number(met);
  return quantity(`criterion_${letter}`, `criterion (${letter}) met: ${text}`, value);
}

const FIRST = 2;

function feedbackMerits(run: MeasuredRun): Quantity[] {
  const { record, chosen, reward, time, variant } = run;
  const [before, after] = [FIRST, MINUTES].map((at) => rateAt(run, chosen.reinforced, at));
  const [othersBefore, othersAfter] = [FIRST, MINUTES].map((at) => rateAt(run, chosen.others, at));
  const ratio = after! / before!;
  const othersRatio = othersAfter! / othersBefore!;
  const weights = weightsAt(record, time);
  const isComplete = record.end >= time;
  const onto = isComplete && weights ? weights.reinforced[0]! : NaN;
  const ontoOthers = isComplete && weights ? weights.others : NaN;
  const lead = onto - ontoOthers;
  const { rateRatio, othersBand, weightLead } = CRITERIA;
  const isQuiet = Math.abs(othersRatio - 1) <= othersBand;
  const quantities = [
    quantity('rate_before', 'reinforced neuron, minute 2', before!, 'spikes/s'),
    quantity('rate_after', 'reinforced neuron, last minute', after!, 'spikes/s'),
    quantity('rate_ratio', 'its rate, last minute over minute 2', ratio),
    quantity(
      'others_before',
      `${chosen.others.length} others, minute 2`,
      othersBefore!,
      'spikes/s',
    ),
    quantity('others_after', 'the others, last minute', othersAfter!, 'spikes/s'),
    quantity('others_ratio', 'their rate, last minute over minute 2', othersRatio),
    quantity('weight', 'mean weight onto the reinforced neuron / w_max', onto),
    quantity('weight_others', `onto ${chosen.weighed.length} others`, ontoOthers),
    quantity('weight_lead', 'difference of these weights', lead),
  ];
  // What the weight-dependent rule is to reach is not published.
  if (variant === 'weight-dependent') return quantities;
  return [
    ...quantities,
    verdict(
      'a',
      `ratio ≥ ${rateRatio}, others within ±${100 * othersBand} %`,
      [ratio, othersRatio],
      ratio >= rateRatio && isQuiet,
    ),
    verdict('b', `weights differ by ≥ ${weightLead[reward]}`, [lead], lead >= weightLead[reward]),
  ];
}

/** The minute at which rewards are exchanged. */
const TURN = MINUTES / 2;

function differentialMerits(run: MeasuredRun): Quantity[] {
  const { record, chosen, time } = run;
  const names = ['A', 'B'] as const;
  const rates = names.flatMap((name, i) =>
    [TURN, MINUTES].map((at) =>
      quantity(
        `rate_${name}_${at}`,
        `neuron ${name}, minute ${at}`,
        rateAt(run, [chosen.reinforced[i]!], at),
        'spikes/s',
      ),
    ),
  );
  const [atTurn, atEnd] = [TURN, MINUTES].map((at) => {
    const window = minutes(0, at, time);
    const weights = window.stop <= record.end ? weightsAt(record, window.stop) : undefined;
    return weights ? weights.reinforced[0]! - weights.reinforced[1]! : NaN;
  });
  const gone = 1 - atEnd! / atTurn!;
  return [
    ...rates,
    quantity(`weight_difference_${TURN}`, `w_A − w_B over w_max, minute ${TURN}`, atTurn!),
    quantity(`weight_difference_${MINUTES}`, `the same, minute ${MINUTES}`, atEnd!),
    quantity('gone', 'part of that difference that is gone', gone),
    verdict(
      'd',
      `difference ≥ ${CRITERIA.difference}, of which ≥ ${100 * CRITERIA.gone} % go`,
      [atTurn!, gone],
      atTurn! >= CRITERIA.difference && gone >= CRITERIA.gone,
    ),
  ];
}

/** Whether the network stays as it is but for what is rewarded. */
function stability(run: MeasuredRun): Quantity[] {
  const { record, excitatory, time } = run;
  const highest = highestRate(record, excitatory, time);
  const ratio = rateAt(run, excitatory, MINUTES) / rateAt(run, excitatory, FIRST);
  const weights = record.weights.at(-1);
  return [
    quantity(
      'rate_highest',
      'highest rate of an excitatory neuron in a minute',
      highest,
      'spikes/s',
    ),
    quantity('population_ratio', 'all excitatory neurons, last minute over minute 2', ratio),
    quantity('weight_mean', 'mean of all weights that learn / w_max', weights?.mean ?? NaN),
    quantity('weight_sd', 'their standard deviation / w_max', weights?.sd ?? NaN),
    verdict(
      'c',
      `no neuron above ${CRITERIA.highest}, all within ±${100 * CRITERIA.populationBand} %`,
      [highest, ratio],
      highest <= CRITERIA.highest && Math.abs(ratio - 1) <= CRITERIA.populationBand,
    ),
  ];
}
