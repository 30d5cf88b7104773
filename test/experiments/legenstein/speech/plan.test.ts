// The trials of simulation 5, what is heard in them, what readouts hear, and baselines.
import { baselines } from '../../../../benchmarks/experiments/legenstein/speech/baselines';
import { speechJob } from '../../../../benchmarks/experiments/legenstein/speech/speech-job';
import {
  PUBLISHED,
  WHAT_LEARNS,
} from '../../../../benchmarks/experiments/legenstein/speech/speech-parameters';
import {
  isTrained,
  listeningTrials,
  PHASES,
  speechTrials,
} from '../../../../benchmarks/experiments/legenstein/speech/speech-plan';
import {
  type Digit,
  SPOKEN,
  type Utterance,
} from '../../../../benchmarks/experiments/legenstein/speech/utterances';
import { random } from '../../../../lib';

const amounts = { takes: 20, training: 2000, repetitions: 5 };

const utterances: readonly Utterance[] = SPOKEN.flatMap((digit) =>
  Array.from({ length: 20 }, (_, take) => ({
    ...{ digit, take },
    times: new Float64Array(),
    channels: new Uint8Array(),
  })),
);

describe('the trials', () => {
  const trials = speechTrials(amounts, random.stream(3));
  const of = (phase: string) => trials.filter((trial) => trial.phase === phase);

  test('are as many as in the paper, phase by phase', () => {
    expect(PHASES.map((phase) => of(phase).length)).toEqual([
      20, 20, 100, 100, 2000, 100, 100, 20, 20,
    ]);
    expect(trials.map(({ phase }) => phase).filter((p, i, all) => p !== all[i - 1])).toEqual(
      PHASES,
    );
  });

  test('learn trained takes only, digits taking turns', () => {
    const training = of('training');
    expect(training.every(({ learns, take }) => learns && isTrained(take))).toBe(true);
    expect(training.map(({ digit }) => digit)).toEqual(
      Array.from({ length: 2000 }, (_, i) => SPOKEN[i % 2]),
    );
    expect(new Set(training.map(({ take }) => take)).size).toBe(10);
    expect(trials.filter(({ learns }) => learns)).toHaveLength(2000);
  });

  test('try takes that were held out, all as often', () => {
    for (const phase of ['held out before', 'held out after']) {
      const takes = of(phase).map(({ digit, take }) => `${digit} ${take}`);
      expect(new Set(takes).size).toBe(20);
      expect(of(phase).some(({ take }) => isTrained(take))).toBe(false);
    }
  });

  test('reward “two” and punish “one”, and look at potentials at both ends', () => {
    expect(trials.every(({ digit, sign }) => (digit === 2) === (sign === 1))).toBe(true);
    expect(trials.filter(({ free }) => free)).toHaveLength(40);
    expect(trials.filter(({ watched }) => watched)).toHaveLength(80);
  });

  test('each has noise of its own', () => {
    const heard = listeningTrials(trials, utterances, random.stream(4));
    expect(new Set(heard.map(({ seed }) => seed)).size).toBe(trials.length);
    heard.forEach(({ utterance }, i) => {
      expect(utterances[utterance]).toMatchObject({
        ...{ digit: trials[i]!.digit, take: trials[i]!.take },
      });
    });
  });
});

describe('readouts', () => {
  const trials = speechTrials({ takes: 2, training: 2, repetitions: 1 }, random.stream(1));
  const responses = trials.map(() => ({
    steps: Uint16Array.of(10, 3000),
    neurons: Uint16Array.of(1, 0),
  }));
  const job = (settings: typeof PUBLISHED) =>
    speechJob({ seed: 5, readouts: 3 }, settings, trials, { excitatory: 2, responses });

  test('hear the circuit 100 ms after each trial has begun', () => {
    const [first, second] = job(WHAT_LEARNS).times();
    expect(first!.slice(0, 2)).toEqual([400, 2900]);
    expect(second!.slice(0, 2)).toEqual([101, 2601]);
    expect(first).toHaveLength(trials.length);
  });

  test('have the constants that were chosen', () => {
    const { w_max, reward } = job(PUBLISHED);
    expect(w_max).toBeCloseTo(2.024, 3);
    expect(reward).toBeCloseTo(0.8829e-3, 7);
    const chosen = job(WHAT_LEARNS);
    expect(chosen).toMatchObject({ transmission: 'static', ratio: 0.8, readouts: 3, seed: 5 });
    expect(chosen.w_max / w_max).toBeCloseTo(0.3, 12);
    expect(chosen.reward / reward).toBeCloseTo(0.5, 12);
  });
});

describe('baselines', () => {
  const trials = speechTrials({ takes: 6, training: 0, repetitions: 4 }, random.stream(1));
  const respond = (spikesOf: (digit: Digit) => readonly number[]) => {
    const responses = trials.map(({ digit }) => {
      const neurons = Uint16Array.from(spikesOf(digit));
      return { neurons, steps: new Uint16Array(neurons.length) };
    });
    return { excitatory: 4, responses };
  };

  test('by the number of spikes, whichever has more', () => {
    expect(
      baselines(
        trials,
        respond((digit) => (digit === 1 ? [0, 1, 2] : [0])),
      ),
    ).toEqual({
      ...{ count: 1, logistic: 1 },
    });
    expect(
      baselines(
        trials,
        respond((digit) => (digit === 2 ? [0, 1, 2] : [0])),
      ).count,
    ).toBe(1);
  });

  test('by which neurons fire, where the number says nothing', () => {
    const found = baselines(
      trials,
      respond((digit) => (digit === 1 ? [0, 1] : [2, 3])),
    );
    expect(found).toEqual({ count: 0.5, logistic: 1 });
  });

  test('nothing tells apart what is alike', () => {
    const { count, logistic } = baselines(
      trials,
      respond(() => [1, 2]),
    );
    expect(count).toBe(0.5);
    expect(logistic).toBe(0.5);
  });
});
