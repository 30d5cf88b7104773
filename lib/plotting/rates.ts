import { populationRate, smoothedRate, type Numbers, type TimeWindow } from '../analysis';
import { badValue } from '../analysis/checks';
import { inWords, seriesEncoding, timeAxisOf, xOf, yOf } from './axes';
import { checkedOptions, isPositive, type Checks } from './checks';
import { DrawnFigure, type Figure } from './figure';
import { heightChecks, timeChecks, type HeightOptions, type TimeOptions } from './options';
import {
  checkSpikes,
  isPopulations,
  populationsOf,
  sendersOf,
  type Population,
  type Populations,
  type Spikes,
} from './spikes';
import { thinLine, type Line } from './thinning';
import { notesOf, type Canvas, type SharedAxis } from './view';

/** What {@link rates} can be given. */
export interface RateOptions extends TimeOptions, HeightOptions {
  /**
   * Populations by their names: a line each. Spikes of other neurons are left out. Default: one
   * population of the neurons that fired, because recorders do not know of others.
   */
  readonly populations?: Populations;
  /**
   * Width of the bins in ms; default: 5. Smoothed rates are those in the middles of the bins; with
   * `sigma`, the default is a quarter of that where it is less than 5, but not less than 0.1.
   */
  readonly bin?: number;
  /** Standard deviation in ms of a Gaussian that smooths the rates; default: they are not. */
  readonly sigma?: number;
}

const rateChecks: Checks<RateOptions> = {
  ...timeChecks,
  ...heightChecks,
  populations: isPopulations,
  bin: isPositive,
  sigma: isPositive,
};

const WIDTH = 640;
const HEIGHT = 160;
const BIN = 5;
const LEAST_BIN = 0.1;
/** Bins of a line that are worked out: a window of hours in bins of 0.1 ms is a mistake. */
const MOST_BINS = 10_000_000;
/** Columns for each px, in which a line has four points at most. */
const COLUMNS = 2;

/** The line of a population. */
interface Rate extends Line {
  readonly name: string;
}

/**
 * Rates of populations over time, in spikes per second and neuron: in bins, or smoothed by a Gaussian.
 * @param events What a spike recorder holds (`recorder.events`), or times in ms and senders.
 * @throws TypeMismatch; DimensionMismatch; BadParameterValue; UnaccessedDictionaryEntry
 */
export function rates(events: Spikes, given: RateOptions = {}): Figure {
  checkSpikes('rates', 'events', events);
  const options = checkedOptions('rates', given, rateChecks);
  const { sigma, width = WIDTH, bin = binFor(sigma) } = options;
  const window = options.window ?? binsAround(events.times, bin);
  checkBins(window, bin);
  const x = { ...timeAxisOf({ ...options, window }, []), nice: options.window === undefined };
  const populations = options.populations
    ? populationsOf('rates', options.populations)
    : [{ name: 'neurons that fired', ids: sendersOf(events) }];
  const lines = spikesOf(events, populations).map(({ name, times, neurons }): Rate => {
    if (sigma === undefined) {
      const binned = neurons > 0 ? populationRate(times, neurons, window, bin) : [];
      return { name, ...thinLine(stepsOf(binned, window.start, bin), width * COLUMNS) };
    }
    const smooth = neurons > 0 ? smoothedRate(times, neurons, window, bin, sigma) : [];
    const middles = Array.from(smooth, (_, k) => window.start + (k + 0.5) * bin);
    return { name, ...thinLine({ x: middles, y: smooth }, width * COLUMNS) };
  });
  const how =
    sigma === undefined ? `bins of ${inWords(bin)} ms` : `Gaussian of σ = ${inWords(sigma)} ms`;
  return new DrawnFigure(
    {
      title: options.title,
      notes: notesOf(options),
      description:
        `Rates of ${lines.map(({ name }) => name).join(', ')} in spikes/s, ${how}, ` +
        `${x.limits.map(inWords).join(' to ')} ms.`,
      x,
      draw: (canvas) => draw(canvas, options, lines, x, how),
    },
    options.theme,
  );
}

/** Whole bins that hold all the times; a spike belongs to the bin that ends with it. */
function binsAround(times: Numbers, bin: number): TimeWindow {
  let [first, last] = [Infinity, -Infinity];
  for (const time of times) {
    const k = Math.ceil(time / bin - 1e-6);
    first = Math.min(first, k - 1);
    last = Math.max(last, k);
  }
  return last > first ? { start: first * bin, stop: last * bin } : { start: 0, stop: bin };
}

/** Narrow enough for a Gaussian to look like one. */
const binFor = (sigma: number | undefined): number =>
  sigma === undefined ? BIN : Math.min(BIN, Math.max(LEAST_BIN, sigma / 4));

function checkBins({ start, stop }: TimeWindow, bin: number): void {
  const least = (stop - start) / MOST_BINS;
  if (bin < least) throw badValue('rates', 'bin', bin, `≥ ${least}: the window is so long`);
}

/** The spikes of each population, and of how many neurons they are. */
function spikesOf({ times, senders }: Spikes, populations: readonly Population[]) {
  const place = new Map<number, number>();
  populations.forEach(({ ids }, p) => {
    for (const id of ids) place.set(id, p);
  });
  const found = populations.map(() => [] as number[]);
  for (let i = 0; i < times.length; i++) {
    const p = place.get(senders[i]!);
    if (p !== undefined) found[p]!.push(times[i]!);
  }
  return populations.map(({ name, ids }, p) => ({ name, times: found[p]!, neurons: ids.length }));
}

/** Both ends of each bin. */
function stepsOf(values: ArrayLike<number>, start: number, bin: number): Line {
  const ends = Array.from({ length: 2 * values.length }, (_, i) => i);
  return {
    x: ends.map((i) => start + ((i + 1) >> 1) * bin),
    y: ends.map((i) => values[i >> 1]!),
  };
}

function draw(
  canvas: Canvas,
  options: RateOptions,
  lines: readonly Rate[],
  own: SharedAxis,
  how: string,
): object {
  const { width = canvas.width ?? WIDTH, height = canvas.height ?? HEIGHT, yLimits } = options;
  const most = lines.reduce(
    (high, { y }) => Array.from(y).reduce((a, b) => Math.max(a, b), high),
    0,
  );
  const x = xOf(own, canvas, width);
  const y = yOf(canvas, height, {
    title: options.yLabel ?? ['rate (spikes/s),', how],
    scale: yLimits
      ? { domain: [...yLimits], nice: false, zero: false }
      : { domain: [0, 1.05 * most || 1], nice: true },
  });
  const names = lines.map(({ name }) => name);
  return {
    width,
    height,
    data: {
      values: lines.flatMap(({ name, x: at, y: values }) =>
        Array.from(at, (time, i) => ({ x: time, y: values[i]!, name })),
      ),
    },
    mark: { type: 'line', strokeWidth: 1.4, clip: true, aria: false },
    encoding: {
      x,
      y,
      ...seriesEncoding(names, canvas.theme, options.colors),
      order: { value: null },
    },
  };
}
