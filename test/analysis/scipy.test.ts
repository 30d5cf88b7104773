// Numbers that NumPy and SciPy computed.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as analysis from '../../lib/analysis';
import { expectAll } from './naive';

interface Spectrum {
  readonly frequencies: readonly number[];
  readonly density: readonly number[];
}
interface Reference {
  readonly signal: readonly number[];
  readonly interval: number;
  readonly welch: readonly (Spectrum & { readonly samples: number })[];
  readonly trains: readonly (readonly number[])[];
  readonly window: analysis.TimeWindow;
  readonly bin: number;
  readonly cv: readonly number[];
  readonly lv: readonly number[];
  readonly lvr: readonly number[];
  readonly fano: readonly number[];
  readonly counts: readonly number[];
  readonly fanoOfNeurons: number;
  readonly correlation: number;
  readonly cross: readonly number[];
  readonly auto: readonly number[];
  readonly spikeDensity: Spectrum & { readonly segment: number };
}

const file = path.join(__dirname, '..', 'reference', 'data', 'scipy.json');
const reference = JSON.parse(readFileSync(file, 'utf8')) as Reference;
const { trains, window, bin, signal, interval } = reference;

test.each(reference.welch)(
  "Welch's density, segments of $samples samples",
  ({ samples, ...expected }) => {
    const segment = samples * interval;
    const { frequencies, density } = analysis.powerSpectralDensity(signal, { interval, segment });
    expectAll(frequencies, expected.frequencies);
    // Relative to the largest: the mean of −65 leaves 10⁻¹⁴ of it everywhere.
    const largest = Math.max(...expected.density);
    expectAll(
      density.map((value) => value / largest),
      expected.density.map((value) => value / largest),
    );
  },
);

test('density of spikes', () => {
  const { segment, ...expected } = reference.spikeDensity;
  const { frequencies, density } = analysis.spikeSpectralDensity(trains[0]!, {
    ...{ window, bin, segment },
  });
  expectAll(frequencies, expected.frequencies);
  expectAll(density, expected.density);
});

test('variation of intervals', () => {
  const intervals = trains.map((times) => analysis.interspikeIntervals(times));
  expectAll(intervals.map(analysis.coefficientOfVariation), reference.cv);
  expectAll(analysis.intervalVariations(trains), reference.cv);
  expectAll(intervals.map(analysis.localVariation), reference.lv);
  expectAll(
    intervals.map((list) => analysis.revisedLocalVariation(list)),
    reference.lvr,
  );
});

test('counts', () => {
  expectAll(analysis.spikeCounts(trains[0]!, window, bin), reference.counts);
  expectAll(analysis.fanoFactors(trains, window, bin), reference.fano);
  const neurons = analysis.spikesPerTrain(trains, window);
  expectAll([analysis.fanoFactor(neurons)], [reference.fanoOfNeurons]);
});

test('correlations', () => {
  const correlation = analysis.meanPairwiseCorrelation(trains, window, bin);
  expectAll([correlation], [reference.correlation]);
  const options = { window, bin: 0.1, maxLag: 5 };
  expectAll(analysis.crossCorrelogram(trains[0]!, trains[1]!, options).counts, reference.cross);
  const auto = analysis.autoCorrelogram(trains[0]!, options).counts;
  // NumPy pairs every spike with itself, too.
  auto[50]! += trains[0]!.length;
  expectAll(auto, reference.auto);
});
