import {
  coefficientOfVariation,
  interspikeIntervals,
  intervalVariations,
  mean,
  meanPairwiseCorrelation,
  meanRate,
  mergeSpikes,
  populationRate,
  spikeCounts,
  spikesWithin,
  spikeTrains,
  standardDeviation,
  train,
} from '../../lib/analysis';

const events = (spikes: [time: number, sender: number][]) => ({
  times: Float64Array.from(spikes, ([time]) => time),
  senders: Uint32Array.from(spikes, ([, sender]) => sender),
});

/** Trains from a list of spike times for each neuron, with node IDs from 1. */
const trainsOf = (lists: number[][]) => {
  const spikes = lists.flatMap((times, i) => times.map((t): [number, number] => [t, i + 1]));
  spikes.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return spikeTrains(
    events(spikes),
    Uint32Array.from(lists, (_, i) => i + 1),
  );
};

describe('moments', () => {
  test('mean and population standard deviation', () => {
    expect(mean([2, 4, 4, 4, 5, 5, 7, 9])).toBe(5);
    expect(standardDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toBe(2);
  });

  test('of nothing there is none', () => {
    expect(mean([])).toBeNaN();
    expect(standardDeviation([])).toBeNaN();
  });

  test('a large mean costs no digits', () => {
    expect(standardDeviation([1e9 + 1, 1e9 + 3])).toBe(1);
  });
});

describe('trains', () => {
  const recorded = events([
    [0.1, 7],
    [0.2, 5],
    [0.3, 9],
    [0.4, 7],
    [0.4, 12],
  ]);

  test('are sorted by neuron, in the order of the IDs, silent ones included', () => {
    const trains = spikeTrains(recorded, Uint32Array.of(5, 6, 7, 9));
    expect([...trains.offsets]).toEqual([0, 1, 1, 3, 4]);
    expect([0, 1, 2, 3].map((i) => [...train(trains, i)])).toEqual([[0.2], [], [0.1, 0.4], [0.3]]);
  });

  test('leave out spikes of other neurons', () => {
    const trains = spikeTrains(recorded, Uint32Array.of(12));
    expect([...trains.times]).toEqual([0.4]);
  });

  test('of nobody', () => {
    const trains = spikeTrains(recorded, new Uint32Array(0));
    expect([...trains.offsets]).toEqual([0]);
    expect(trains.times).toHaveLength(0);
  });
});

describe('merged recordings', () => {
  const a = events([
    [0.1, 3],
    [0.2, 1],
    [0.2, 9],
  ]);
  const b = events([
    [0.2, 5],
    [0.4, 4],
  ]);

  test('are sorted by time, then sender', () => {
    const { times, senders } = mergeSpikes(a, b);
    expect([...times]).toEqual([0.1, 0.2, 0.2, 0.2, 0.4]);
    expect([...senders]).toEqual([3, 1, 5, 9, 4]);
    expect(mergeSpikes(b, a)).toEqual({ times, senders });
  });

  test('with an empty one are the other', () => {
    expect(mergeSpikes(events([]), a)).toEqual(a);
    expect(mergeSpikes(a, events([]))).toEqual(a);
  });
});

describe('a window', () => {
  const times = Float64Array.of(1, 2, 0.1 * 30, 4, 5);

  test('takes what comes after its start, up to and including its stop', () => {
    expect([...spikesWithin(times, { start: 2, stop: 4 })]).toEqual([times[2], 4]);
    expect([...spikesWithin(times, { start: 3, stop: 9 })]).toEqual([4, 5]);
    expect(spikesWithin(times, { start: 5, stop: 9 })).toHaveLength(0);
    expect(spikesWithin(times, { start: 0, stop: 0.5 })).toHaveLength(0);
  });
});

describe('rates', () => {
  test('mean rate in spikes per second', () => {
    expect(meanRate(60, 3, 500)).toBe(40);
  });

  test('a bin is open on the left and closed on the right', () => {
    const counts = spikeCounts([10, 10.1, 11, 11.1, 12, 12.1], { start: 10, stop: 12 }, 1);
    expect([...counts]).toEqual([2, 2]);
  });

  test('times on the grid stay in their bin whatever the rounding', () => {
    const times = Float64Array.from({ length: 10_000 }, (_, step) => (step + 1) * 0.1);
    const counts = spikeCounts(times, { start: 0, stop: 1000 }, 1);
    expect(counts).toHaveLength(1000);
    expect(counts.every((count) => count === 10)).toBe(true);
    const accumulated = Float64Array.from(times);
    for (let i = 1; i < accumulated.length; i++) accumulated[i] = accumulated[i - 1]! + 0.1;
    expect([...spikeCounts(accumulated, { start: 0, stop: 1000 }, 1)]).toEqual([...counts]);
  });

  test('an incomplete last bin is left out', () => {
    expect(spikeCounts([0.5, 2.2], { start: 0, stop: 2.5 }, 1)).toHaveLength(2);
    expect(spikeCounts([], { start: 5, stop: 5.5 }, 1)).toHaveLength(0);
  });

  test('population rate', () => {
    const rate = populationRate([0.1, 0.2, 1.5], 4, { start: 0, stop: 2 }, 1);
    expect([...rate]).toEqual([500, 250]);
  });
});

describe('inter-spike intervals', () => {
  test('of a train', () => {
    expect([...interspikeIntervals(Float64Array.of(1, 2, 4, 8))]).toEqual([1, 2, 4]);
    expect(interspikeIntervals(new Float64Array(0))).toHaveLength(0);
  });

  test('coefficient of variation', () => {
    expect(coefficientOfVariation([1, 3])).toBe(0.5);
    expect(coefficientOfVariation([2, 2, 2])).toBe(0);
  });

  test('only neurons with enough spikes have one', () => {
    const trains = trainsOf([[1, 2], [], [1, 2, 5], [2, 4, 6]]);
    expect([...intervalVariations(trains)]).toEqual([0.5, 0]);
    expect(intervalVariations(trains, 4)).toHaveLength(0);
  });
});

describe('pairwise correlation', () => {
  const window = { start: 0, stop: 4 };

  test('is 1 for equal trains and −1 for opposite ones', () => {
    expect(
      meanPairwiseCorrelation(
        trainsOf([
          [1, 3],
          [1, 3],
        ]),
        window,
        1,
      ),
    ).toBeCloseTo(1, 12);
    expect(
      meanPairwiseCorrelation(
        trainsOf([
          [1, 3],
          [2, 4],
        ]),
        window,
        1,
      ),
    ).toBeCloseTo(-1, 12);
  });

  test('equals the mean over all pairs', () => {
    // Counts a = 1100, b = 1010, c = 1110: r_ab = 0, r_ac = r_bc = 1/√3.
    const trains = trainsOf([
      [1, 2],
      [1, 3],
      [1, 2, 3],
    ]);
    expect(meanPairwiseCorrelation(trains, window, 1)).toBeCloseTo(2 / Math.sqrt(3) / 3, 12);
  });

  test('ignores spikes outside the window and neurons that never change', () => {
    const trains = trainsOf([[1, 3, 9], [1, 3], [], [1, 2, 3, 4]]);
    expect(meanPairwiseCorrelation(trains, window, 1)).toBeCloseTo(1, 12);
  });

  test('needs two neurons', () => {
    expect(meanPairwiseCorrelation(trainsOf([[1, 3]]), window, 1)).toBeNaN();
    expect(meanPairwiseCorrelation(trainsOf([]), window, 1)).toBeNaN();
  });
});
