// Figures 4 and 5 of the paper, and that of two neurons reinforced in opposite directions.
import { spikesWithin, spikeTrains, type TimeWindow, train } from '../../../lib/analysis';
import { stackedPanels, type CurvePanel, type Figure, type Series } from '../../../lib/plot';
import { BLUE, GREY, ORANGE, VERMILLION } from '../colors';
import { seconds } from '../dopamine';
import {
  crossCorrelation,
  type CrossCorrelation,
  isSeen,
  LAG_MAX,
  minuteOf,
  minutes,
  MINUTES,
  type PairCovariance,
  pairCovariance,
  parts,
  rateBins,
  rateHistogram,
  shownWindows,
  slidingRate,
  weightsAt,
} from './biofeedback-analysis';
import type { MeasuredRun } from './biofeedback-merits';
import { NETWORK } from './biofeedback-parameters';
import { WEIGHT_BINS } from './biofeedback-record';

/** Minutes at either end over which correlations are counted. */
const CORRELATED = 5;
/** What of the reinforced neuron's spikes is shown: 8 s from 3 s on, and 16 s before the end. */
const EXCERPT = { length: 8000, from: 3000, beforeEnd: 16_000 };

const COLORS = [BLUE, VERMILLION];

/** A run and what its figures say about it. */
export interface ShownRun extends MeasuredRun {
  /** What was simulated, in a line. */
  readonly what: string;
  /** Spikes of each reinforced neuron. */
  readonly own: readonly Float64Array[];
  /** Spikes of the neurons that the first of them gets plastic synapses from. */
  readonly afferents: readonly Float64Array[];
}

export function biofeedbackFigures(run: ShownRun): Figure[] {
  if (run.record.end === 0) return [];
  const correlation = run.variant === 'differential' ? [] : [correlationFigure(run)];
  return [
    courseFigure(run),
    spikesFigure(run),
    ...correlation.flatMap((figure) => figure ?? []),
    ...distributionFigures(run),
    ...covarianceFigure(run),
  ];
}

/** Reinforced neurons by name. */
export const namesOf = ({ variant }: MeasuredRun): string[] =>
  variant === 'differential'
    ? ['A: rewarded, then punished', 'B: punished, then rewarded']
    : ['reinforced neuron'];

/** Rates and weights over the whole run (figures 4B and 4C). */
function courseFigure(run: ShownRun): Figure {
  const { record, chosen, time, variant } = run;
  const width = minuteOf(time);
  const names = namesOf(run);
  const t = seconds(record.weights.map((reading) => reading.t));
  const rate = (name: string, color: string, ids: readonly number[]): Series => {
    const curve = slidingRate(record, ids, width);
    return { name, color, x: seconds(curve.t), y: curve.y };
  };
  const isDifferential = variant === 'differential';
  return {
    name: 'biofeedback',
    spec: stackedPanels({
      title: isDifferential
        ? 'Two neurons, one rewarded for its spikes while the other is punished'
        : 'A neuron that is rewarded for its spikes, and others',
      subtitle: [
        run.what,
        `Rates in a sliding window of ${width / 1000} s; others: ${chosen.others.length} excitatory neurons ` +
          `for rates, ${chosen.weighed.length} for weights`,
      ],
      x: { title: 'time (s)', domain: [0, record.end / 1000] },
      ...(isDifferential && {
        marks: [{ name: 'rewards are exchanged', color: ORANGE, x: [time / 2000] }],
      }),
      panels: [
        {
          kind: 'curves',
          title: 'rate (spikes/s)',
          height: 190,
          zero: true,
          series: [
            ...names.map((name, i) => rate(name, COLORS[i]!, [chosen.reinforced[i]!])),
            rate('mean of others', GREY, chosen.others),
          ],
        },
        {
          kind: 'curves',
          title: ['mean weight', 'onto neurons (w_max)'],
          height: 190,
          legend: false,
          rules: [0.5],
          series: [
            ...names.map((name, i) => ({
              ...{ name, color: COLORS[i]!, x: t },
              y: record.weights.map(({ reinforced }) => reinforced[i]!),
            })),
            {
              ...{ name: 'mean of others', color: GREY, x: t },
              y: record.weights.map(({ others }) => others),
            },
          ],
        },
      ],
    }),
  };
}

/** Spikes of the reinforced neurons at the beginning and at the end (figure 4D). */
function spikesFigure(run: ShownRun): Figure {
  const { own, time, record } = run;
  const { length, from, beforeEnd } = EXCERPT;
  // A short run has its last excerpt nearer to its end, and one that has just begun has none.
  const last = Math.max(from + length, Math.min(time - beforeEnd, record.end - length));
  const starts = [from, last].filter((start) => start < record.end);
  const names = namesOf(run);
  return {
    name: 'biofeedback-spikes',
    spec: stackedPanels({
      title: 'Spikes at the beginning and at the end',
      subtitle: [run.what, ...(names.length > 1 ? [`Rows, upwards: ${names.join('; ')}`] : [])],
      x: { title: 'time from there (s)', domain: [0, length / 1000] },
      panels: starts.map((start) => ({
        kind: 'raster' as const,
        title: [`from ${start / 1000} s`],
        height: 45 * names.length,
        legend: false,
        groups: names.map((name, i) => ({
          ...{ name, color: COLORS[i]! },
          trains: [
            seconds(
              spikesWithin(own[i]!, { start, stop: start + length }).map((spike) => spike - start),
            ),
          ],
        })),
      })),
    }),
  };
}

/** How the reinforced neuron follows its afferents, early and late (figure 4E). */
function correlationFigure(run: ShownRun): Figure | undefined {
  const { time, record } = run;
  const windows = [minutes(0, CORRELATED, time), minutes(MINUTES - CORRELATED, MINUTES, time)];
  if (!windows.every((window) => isSeen(record, window))) return undefined;
  const [early, late] = correlationsOf(run);
  const curves = (correlation: CrossCorrelation, side: 'causal' | 'acausal'): Series => ({
    name: side === 'causal' ? 'arrives before' : 'arrives after',
    color: side === 'causal' ? BLUE : GREY,
    x: correlation.lag,
    y: correlation[side],
  });
  const domain = axisOf([early!, late!].flatMap(({ causal, acausal }) => [...causal, ...acausal]));
  const panel = (title: string, correlation: CrossCorrelation, legend: boolean): CurvePanel => ({
    ...{ kind: 'curves', domain, legend },
    title: [title, 'spikes in a bin'],
    height: 150,
    series: [curves(correlation, 'acausal'), curves(correlation, 'causal')],
  });
  return {
    name: 'biofeedback-correlation',
    spec: stackedPanels({
      title: 'Afferent spikes around those of the reinforced neuron',
      subtitle: [
        run.what,
        `Spikes of one of ${run.afferents.length} afferents that arrive in 0.5 ms so long before or after a spike`,
      ],
      x: { title: 'distance (ms)', domain: [0, LAG_MAX] },
      panels: [
        panel(`minutes 1–${CORRELATED}:`, early!, true),
        panel(`minutes ${MINUTES - CORRELATED + 1}–${MINUTES}:`, late!, false),
      ],
    }),
  };
}

/** Cross-correlations of the first and the last minutes. */
export function correlationsOf({ own, afferents, time }: ShownRun): CrossCorrelation[] {
  const arrivals = afferents.map((times) => times.map((t) => t + NETWORK.delay));
  return [minutes(0, CORRELATED, time), minutes(MINUTES - CORRELATED, MINUTES, time)].map(
    (window) => crossCorrelation(spikesWithin(own[0]!, window), arrivals),
  );
}

/** An axis from 0 that the values of all panels fit on. */
const axisOf = (values: readonly number[]): [number, number] => [
  0,
  1.08 * values.reduce((high, value) => Math.max(high, value), 0) || 1,
];

/** Weights and rates of the whole network at four times (figure 5). */
function distributionFigures(run: ShownRun): Figure[] {
  const { record, time, excitatory } = run;
  const shown = shownWindows(time).filter(({ window }) => isSeen(record, window));
  if (shown.length === 0) return [];
  const named = (counts: (window: TimeWindow) => readonly number[]): NamedHistogram[] =>
    shown.map(({ minute, window }) => ({ minute, counts: counts(window) }));
  return [
    histograms(
      run,
      { name: 'biofeedback-weights', title: 'All weights that learn' },
      { title: 'weight (w_max)', width: 1 / WEIGHT_BINS },
      named((window) => parts(weightsAt(record, window.stop)!.histogram)),
    ),
    histograms(
      run,
      { name: 'biofeedback-rates', title: 'Rates of all excitatory neurons' },
      { title: 'rate (spikes/s)', width: rateBins(minuteOf(time)).width },
      named((window) => rateHistogram(record, excitatory, window)),
    ),
  ];
}

interface NamedHistogram {
  readonly minute: number;
  readonly counts: readonly number[];
}

/** Histograms one above the other, on the same axes. */
function histograms(
  { what }: ShownRun,
  { name, title }: { readonly name: string; readonly title: string },
  x: { readonly title: string; readonly width: number },
  shown: readonly NamedHistogram[],
): Figure {
  const percent = (counts: readonly number[]) => counts.map((part) => 100 * part);
  const domain = axisOf(shown.flatMap(({ counts }) => percent(counts)));
  const bins = shown[0]!.counts.length;
  return {
    name,
    spec: stackedPanels({
      title,
      subtitle: [what],
      x: { title: x.title, domain: [0, bins * x.width] },
      panels: shown.map(({ minute, counts }): CurvePanel => ({
        ...{ kind: 'curves', domain, legend: false, height: 85 },
        title: [`minute ${minute}`, '(%)'],
        series: [
          {
            ...{ name: 'all', color: BLUE, shape: 'steps' },
            // Once more at the end: a step needs both edges.
            x: [...counts, 0].map((_, k) => k * x.width),
            y: percent([...counts, counts.at(-1)!]),
          },
        ],
      })),
    }),
  };
}

/** Covariances of pairs in the shown windows that have been simulated. */
export function covariancesOf({
  record,
  chosen,
  time,
}: ShownRun): (PairCovariance & { readonly minute: number })[] {
  const spikes = {
    times: Float64Array.from(record.paired.times),
    senders: Uint32Array.from(record.paired.senders),
  };
  const sorted = spikeTrains(spikes, Uint32Array.from(chosen.paired));
  const trains = chosen.paired.map((_, i) => train(sorted, i));
  return shownWindows(time)
    .filter(({ window }) => isSeen(record, window))
    .map(({ minute, window }) => ({
      minute,
      ...pairCovariance(
        trains.map((times) => spikesWithin(times, window)),
        window,
      ),
    }));
}

/** How pairs of neurons fire together at four times (figure 5). */
function covarianceFigure(run: ShownRun): Figure[] {
  const shown = covariancesOf(run);
  if (shown.length === 0) return [];
  const thousandths = ({ covariance }: PairCovariance) => covariance.map((value) => 1000 * value);
  const all = shown.flatMap(thousandths).filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...all), Math.max(0, ...all)];
  const lags = shown[0]!.lag;
  return [
    {
      name: 'biofeedback-covariance',
      spec: stackedPanels({
        title: 'How pairs of neurons fire together',
        subtitle: [
          run.what,
          `Covariance over variances in bins of 0.2 ms, mean of ${run.chosen.paired.length / 2} pairs with little noise`,
        ],
        x: { title: 'lag (ms)', domain: [lags[0]!, lags.at(-1)!] },
        panels: shown.map((of): CurvePanel => ({
          ...{ kind: 'curves', domain: [1.05 * low, 1.05 * high || 1], legend: false, height: 85 },
          title: [`minute ${of.minute}`, '(10⁻³)'],
          rules: [0],
          series: [{ name: 'mean', color: BLUE, x: of.lag, y: thousandths(of) }],
        })),
      }),
    },
  ];
}
