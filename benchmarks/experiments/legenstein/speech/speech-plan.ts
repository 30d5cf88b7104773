// The trials of simulation 5: what is heard in each, and what the readouts do in it.
import type { random } from '../../../../lib';
import type { TrialPlan } from '../readout-run';
import type { ListeningTrial } from './liquid';
import { type Digit, SPOKEN, type Utterance } from './utterances';

/** The phases of the original, and tests of takes that are not trained. */
export const PHASES = [
  'free before',
  'watched before',
  'before',
  'held out before',
  'training',
  'after',
  'held out after',
  'watched after',
  'free after',
] as const;
export type Phase = (typeof PHASES)[number];

/** One utterance in one trial. */
export interface SpeechTrial extends TrialPlan {
  readonly phase: Phase;
  readonly digit: Digit;
  readonly take: number;
}

/** Even takes are trained, odd ones held out. */
export const isTrained = (take: number): boolean => take % 2 === 0;

const trial = (phase: Phase, digit: Digit, take: number): SpeechTrial => ({
  ...{ phase, digit, take },
  free: phase.startsWith('free'),
  watched: phase.startsWith('free') || phase.startsWith('watched'),
  learns: phase === 'training',
  sign: digit === SPOKEN[1] ? 1 : -1,
});

/** How much is heard. */
export interface Amounts {
  /** Takes of each digit. */
  readonly takes: number;
  /** Trials of training. */
  readonly training: number;
  /** Trials of every take in each test. */
  readonly repetitions: number;
}

/** All trials; in training the digits take turns, and takes are drawn. */
export function speechTrials(
  { takes, training, repetitions }: Amounts,
  draws: random.RandomStream,
): SpeechTrial[] {
  const all = Array.from({ length: takes }, (_, take) => take);
  const trained = all.filter(isTrained);
  const heldOut = all.filter((take) => !isTrained(take));
  const each = (phase: Phase, of: readonly number[], times: number): SpeechTrial[] =>
    Array.from({ length: times }, () =>
      SPOKEN.flatMap((digit) => of.map((take) => trial(phase, digit, take))),
    ).flat();
  const phases: Readonly<Record<Phase, SpeechTrial[]>> = {
    'free before': each('free before', trained, 1),
    'watched before': each('watched before', trained, 1),
    before: each('before', trained, repetitions),
    'held out before': each('held out before', heldOut, repetitions),
    training: Array.from({ length: training }, (_, i) =>
      trial('training', SPOKEN[i % 2]!, trained[draws.below(trained.length)]!),
    ),
    after: each('after', trained, repetitions),
    'held out after': each('held out after', heldOut, repetitions),
    'watched after': each('watched after', trained, 1),
    'free after': each('free after', trained, 1),
  };
  return PHASES.flatMap((phase) => phases[phase]);
}

/** Any seed that a kernel takes. */
export const drawSeed = (draws: random.RandomStream): number => 1 + draws.below(2 ** 32 - 1);

/** What a circuit hears in these trials, each with noise of its own. */
export const listeningTrials = (
  trials: readonly SpeechTrial[],
  utterances: readonly Utterance[],
  draws: random.RandomStream,
): ListeningTrial[] =>
  trials.map(({ digit, take }) => ({
    utterance: utterances.findIndex((one) => one.digit === digit && one.take === take),
    seed: drawSeed(draws),
  }));
