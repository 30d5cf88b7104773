// Rates, weights, correlations and figures of merit of simulation 1, from spikes that are made up.
import {
  crossCorrelation,
  highestRate,
  minutes,
  pairCovariance,
  rateBins,
  rateByMinute,
  rateHistogram,
  ratesIn,
  shownWindows,
  slidingRate,
  weightsAt,
} from '../../../benchmarks/experiments/legenstein/biofeedback-analysis';
import {
  chooseNeurons,
  OTHERS,
  WEIGHED,
} from '../../../benchmarks/experiments/legenstein/biofeedback-choice';
import {
  biofeedbackFigures,
  type ShownRun,
} from '../../../benchmarks/experiments/legenstein/biofeedback-figures';
import {
  meritsOf,
  type Variant,
} from '../../../benchmarks/experiments/legenstein/biofeedback-merits';
import type { RewardName } from '../../../benchmarks/experiments/legenstein/reward-factor';
import {
  type BiofeedbackRecord,
  emptyRecord,
  histogramOf,
  NOBODY,
  readWeights,
  takeSpikes,
} from '../../../benchmarks/experiments/legenstein/biofeedback-record';
import { renderSvg } from '../../../lib/plot';
import { stream } from '../../../lib/random-stream';

/** Minutes of 2 s. */
const TIME = 40_000;
const NEURONS = 6;

/** Spikes at regular distances: of each neuron as many in a second as `rate` says for it. */
function recordOf(
  rate: (neuron: number, second: number) => number,
  seconds = TIME / 1000,
): BiofeedbackRecord {
  const record = emptyRecord(NEURONS, TIME);
  const windows = shownWindows(TIME).map(({ window }) => window);
  for (let second = 0; second < seconds; second++) {
    const spikes = Array.from({ length: NEURONS }, (_, i) => {
      const count = rate(i + 1, second);
      return Array.from({ length: count }, (_, k) => ({
        // The last one on the edge to the next second.
        t: 1000 * second + (1000 * (k + 1)) / count,
        id: i + 1,
      }));
    }).flat();
    spikes.sort((a, b) => a.t - b.t);
    const [times, senders] = [spikes.map(({ t }) => t), spikes.map(({ id }) => id)];
    const events = { times: Float64Array.from(times), senders: Uint32Array.from(senders) };
    const watched = { ...NOBODY, always: new Set([1]), paired: new Set([3, 4, 5, 6]), windows };
    takeSpikes(record, events, watched, 1000 * (second + 1));
  }
  return record;
}

describe('rates', () => {
  const record = recordOf((neuron, second) => (neuron === 1 ? second + 1 : neuron));

  test('count spikes at the edge of two seconds for the first', () => {
    expect([...ratesIn(record, [1, 3], { start: 2000, stop: 3000 })]).toEqual([3, 3]);
    expect([...ratesIn(record, [1], { start: 0, stop: 4000 })]).toEqual([2.5]);
    expect(ratesIn(record, [1], { start: 0, stop: TIME + 1000 })[0]).toBeNaN();
  });

  test('slide in a window', () => {
    const { t, y } = slidingRate(record, [1], 2000);
    expect(t).toHaveLength(39);
    expect([t[0], t.at(-1)]).toEqual([1000, 39_000]);
    expect([y[0], y.at(-1)]).toEqual([1.5, 39.5]);
  });

  test('are those of a minute, a twentieth of the run', () => {
    expect(minutes(1, 2, TIME)).toEqual({ start: 2000, stop: 4000 });
    const { t, y } = rateByMinute(record, [1, 2], TIME);
    expect([t[1], y[1]]).toEqual([3000, (3.5 + 2) / 2]);
    expect(highestRate(record, [1, 2, 3], TIME)).toBe(39.5);
    expect(highestRate(emptyRecord(NEURONS, TIME), [1], TIME)).toBeNaN();
  });

  test('are sorted into bins of whole spikes, near 0.9 spikes/s', () => {
    expect(rateBins(60_000)).toEqual({ count: 20, width: 0.9 });
    expect(rateBins(1000)).toEqual({ count: 18, width: 1 });
    const parts = rateHistogram(record, [2, 3, 4, 5], minutes(0, 1, TIME));
    expect(parts.flatMap((part, k) => (part > 0 ? [[k, part]] : []))).toEqual([
      [2, 0.25],
      [3, 0.25],
      [4, 0.25],
      [5, 0.25],
    ]);
  });

  test('keep the spikes of the neurons that are watched', () => {
    expect(new Set(record.senders)).toEqual(new Set([1]));
    expect(record.times).toHaveLength((40 * 41) / 2);
  });
});

test('histograms keep what is outside in their last bins', () => {
  expect(histogramOf([-1, 0, 0.49, 0.5, 1, 7], 2, 1)).toEqual([3, 3]);
});

test('weights are those of the last look', () => {
  const record = emptyRecord(NEURONS, TIME);
  for (const t of [0, 200, 400]) {
    const all = Float64Array.of(0.25, 0.75);
    record.weights.push(readWeights(t, [Float64Array.of(t, 0)], all, all));
  }
  expect(weightsAt(record, 399)).toMatchObject({
    t: 200,
    reinforced: [100],
    others: 0.5,
    sd: 0.25,
  });
  expect(weightsAt(record, -1)).toBeUndefined();
});

describe('cross-correlation', () => {
  test('has spikes by which side and how far they arrive', () => {
    const target = Float64Array.of(100, 1000);
    const sources = [Float64Array.of(70, 99.5, 100, 100.1), Float64Array.of(999.4, 1030, 1030.1)];
    const { lag, causal, acausal } = crossCorrelation(target, sources);
    expect([lag[0], lag.at(-1), lag.length]).toEqual([0.25, 29.75, 60]);
    const seen = (values: number[]) => values.flatMap((v, k) => (v > 0 ? [[k, v]] : []));
    // Two spikes of the target, two sources: each counts a quarter.
    expect(seen(causal)).toEqual([
      [0, 0.25],
      [1, 0.25],
      [59, 0.25],
    ]);
    expect(seen(acausal)).toEqual([
      [0, 0.25],
      [59, 0.25],
    ]);
  });
});

describe('the covariance of pairs', () => {
  const window = { start: 1000, stop: 2000 };
  const of = (...trains: number[][]) => {
    const { lag, covariance } = pairCovariance(
      trains.map((times) => Float64Array.from(times)),
      window,
    );
    return new Map(lag.map((ms, i) => [ms, covariance[i]!]));
  };

  test('is 1 where trains are equal, and less than 0 where they never meet', () => {
    const times = [1000.1, 1300, 1500.7];
    const equal = of(times, times);
    expect([equal.size, equal.get(0)]).toEqual([1001, expect.closeTo(1, 9)]);
    const p = 3 / 5000;
    expect(equal.get(50)).toBeCloseTo(-p / (1 - p), 12);
  });

  test('has the lag of the second, and the mean of those that fire', () => {
    const found = of([1200, 1400], [1300], [], [1190, 1480.2], [1300.1], [1700]);
    // The pair with a silent neuron is left out.
    for (const [lag, value] of [
      [-10, 0.25],
      [80.2, 0.25],
      [0.2, 0.5],
    ] as const) {
      expect(found.get(lag)).toBeCloseTo(value, 2);
    }
    expect([...found.values()].filter((value) => value > 0.1)).toHaveLength(3);
  });
});

describe('the choice of neurons', () => {
  const ids = Array.from({ length: 100 }, (_, i) => i + 1);

  test('takes one that begins with 4 to 7 spikes/s, and others by chance', () => {
    const rates = ids.map((id) => (id % 10 === 0 ? 5 : 9));
    for (const seed of [1, 2, 3]) {
      const { reinforced, others, weighed } = chooseNeurons(ids, rates, 2, stream(seed));
      expect(reinforced.every((id) => id % 10 === 0)).toBe(true);
      expect(new Set(reinforced).size).toBe(2);
      expect([others.length, weighed.length]).toEqual([OTHERS, WEIGHED]);
      expect([...others, ...weighed].filter((id) => reinforced.includes(id))).toEqual([]);
    }
  });

  test('takes the nearest where there is none', () => {
    const rates = ids.map((id) => (id === 42 ? 8 : 20));
    expect(chooseNeurons(ids, rates, 1, stream(1)).reinforced).toEqual([42]);
  });
});

/** A run in which the reinforced neuron doubles its rate, and weights onto it move. */
function runOf(variant: Variant, reward: RewardName, seconds = TIME / 1000): ShownRun {
  const record = recordOf((neuron, s) => (neuron === 1 && s >= 20 ? 8 : 4), seconds);
  for (let second = 0; second <= seconds; second++) {
    const t = 1000 * second;
    const moved = variant === 'differential' ? (second === 20 ? 0.05 : 0.002) : 0.002 * second;
    const [own, other] = [Float64Array.of(0.5 + moved), Float64Array.of(0.5)];
    const reinforced = variant === 'differential' ? [own, other] : [own];
    record.weights.push(readWeights(t, reinforced, other, Float64Array.of(0.4, 0.6)));
  }
  return {
    ...{ record, variant, reward, time: TIME, what: 'Made up' },
    chosen: {
      reinforced: variant === 'differential' ? [1, 2] : [1],
      ...{ others: [3, 4], weighed: [3], paired: [3, 4, 5, 6] },
    },
    excitatory: Uint32Array.of(1, 2, 3, 4, 5, 6),
    own: [Float64Array.from(record.times), Float64Array.of(3500)],
    afferents: [Float64Array.from(record.times, (t) => t - 3)],
  };
}

const values = (run: ShownRun): Record<string, number> =>
  Object.fromEntries(meritsOf(run).map(({ key, value }) => [key, value]));

describe('figures of merit', () => {
  test('of a neuron that is reinforced', () => {
    const found = values(runOf('feedback', '1'));
    expect(found).toMatchObject({
      ...{ rate_before: 4, rate_after: 8, rate_ratio: 2, others_ratio: 1 },
      ...{ rate_highest: 8, criterion_a: 1, criterion_b: 1 },
    });
    expect(found.weight_lead).toBeCloseTo(0.08, 12);
    // One of six neurons fires twice as much.
    expect(found.population_ratio).toBeCloseTo(7 / 6, 12);
    expect(found.criterion_c).toBe(0);
  });

  test('ask for more where the reward is larger', () => {
    expect(values(runOf('feedback', 'e'))).toMatchObject({ criterion_a: 1, criterion_b: 0 });
  });

  test('have no values for what has not been simulated', () => {
    const found = values(runOf('feedback', '1', 30));
    expect(found.rate_before).toBe(4);
    for (const key of ['rate_ratio', 'weight_lead', 'criterion_a', 'criterion_b', 'criterion_c']) {
      expect([key, found[key]]).toEqual([key, NaN]);
    }
  });

  test('of two neurons that change places', () => {
    const found = values(runOf('differential', '1'));
    expect(found).toMatchObject({ rate_A_10: 4, rate_A_20: 8, rate_B_20: 4, criterion_d: 1 });
    expect(found.weight_difference_10).toBeCloseTo(0.05, 12);
    expect(found.gone).toBeCloseTo(0.96, 12);
    expect(found.criterion_a).toBeUndefined();
  });

  test('of the weight-dependent rule say nothing of what it must reach', () => {
    const found = values(runOf('weight-dependent', '1'));
    expect(found.rate_ratio).toBe(2);
    expect(found.criterion_b).toBeUndefined();
  });
});

describe('figures', () => {
  test.each([
    ['feedback', 40, ['', '-spikes', '-correlation', '-weights', '-rates', '-covariance']],
    ['feedback', 14, ['', '-spikes', '-weights', '-rates', '-covariance']],
    ['feedback', 3, ['', '-spikes']],
    ['differential', 40, ['', '-spikes', '-weights', '-rates', '-covariance']],
  ] as const)('of %s after %d s are drawn without warnings', async (variant, seconds, names) => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const figures = biofeedbackFigures(runOf(variant, '1', seconds));
    expect(figures.map(({ name }) => name)).toEqual(names.map((name) => `biofeedback${name}`));
    const drawings = await Promise.all(figures.map(({ spec }) => renderSvg(spec)));
    expect(warn.mock.calls).toEqual([]);
    warn.mockRestore();
    for (const svg of drawings) expect(svg).toContain('Made up');
    expect(drawings[0]).toContain('rate (spikes/s)');
  });

  test('there are none of nothing', () => {
    expect(biofeedbackFigures(runOf('feedback', '1', 0))).toEqual([]);
  });
});
