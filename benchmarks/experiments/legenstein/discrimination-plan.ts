// Simulation 4: two patterns of spikes, and the trials in which neurons learn to tell them apart.
import { random } from '../../../lib';
import { NETWORK, PROTOCOL } from './discrimination-parameters';
import { PLASTIC } from './plastic-parameters';
import type { ReadoutJob, TrialPlan } from './readout-run';
import { STEP } from './step';

/** P is to cause spikes, N is not. */
export type PatternName = 'P' | 'N';

/** Spikes of the two patterns: for every input its time after the onset, ms. */
export type Patterns = Readonly<Record<PatternName, readonly number[]>>;

/** A trial, and the pattern that is heard in it. */
export interface PatternTrial extends TrialPlan {
  readonly pattern: PatternName;
}

export const PHASES = ['free before', 'before', 'training', 'after', 'free after'] as const;
export type Phase = (typeof PHASES)[number];

/** Draws two patterns. */
export function drawPatterns(draws: random.RandomStream): Patterns {
  const steps = Math.round(NETWORK.pattern / STEP);
  const drawn = () => Array.from({ length: NETWORK.inputs }, () => (draws.below(steps) + 1) * STEP);
  return { P: drawn(), N: drawn() };
}

/** All trials, with so many of training; patterns take turns. */
export function patternTrials(training: number): PatternTrial[] {
  const { free, tests } = PROTOCOL;
  const lengths: Readonly<Record<Phase, number>> = {
    'free before': free,
    before: tests,
    training,
    after: tests,
    'free after': free,
  };
  return PHASES.flatMap((phase) =>
    Array.from({ length: lengths[phase] }, (_, i): PatternTrial => {
      const pattern = i % 2 === 0 ? 'P' : 'N';
      return {
        ...{ phase, pattern, sign: pattern === 'P' ? 1 : -1 },
        free: phase.startsWith('free'),
        watched: phase.startsWith('free'),
        learns: phase === 'training',
      };
    }),
  );
}

/** A pair of patterns that so many neurons are to tell apart, by `factor` times the reward. */
export function discriminationJob(
  { seed, readouts, factor }: { seed: number; readouts: number; factor: number },
  trials: readonly PatternTrial[],
): ReadoutJob<PatternTrial> {
  const { tau_syn, w_max, pattern } = NETWORK;
  const { trial: length, onset, counted } = PROTOCOL;
  return {
    ...{ seed, readouts, trials, tau_syn, w_max, reward: factor * NETWORK.A },
    transmission: 'dynamic',
    ratio: PLASTIC.ratio,
    timing: { length, onset, counted, watched: onset + pattern },
    times: () => {
      const patterns = drawPatterns(random.stream(seed));
      return Array.from({ length: NETWORK.inputs }, (_, input) =>
        trials.map((plan, k) => k * length + onset + patterns[plan.pattern][input]!),
      );
    },
  };
}
