import { medianOf } from '../../lib/statistics';
import { logPanels, type Figure, type LogSeries } from '../../lib/plot';
import { threadCount } from '../../lib/bench/measure';
import {
  expectedMemory,
  expectedTime,
  median,
  type Costs,
  type MemoryCosts,
  type Point,
  type Run,
} from './scaling-model';

/** A light and a dark tone for each number of synapses; hues as told apart by all: Okabe & Ito. */
const TONES = [
  ['#e69f00', '#a34f00'],
  ['#56b4e9', '#00507a'],
  ['#66c9a8', '#00664a'],
  ['#dd9fc3', '#883366'],
] as const;

const toneOf = (i: number, dark: boolean): string => TONES[i % TONES.length]![dark ? 1 : 0];

/** What was measured, and what fits it. */
interface Measurements {
  readonly points: readonly Point[];
  /** By the number of threads. */
  readonly costs: ReadonlyMap<number, Costs>;
  readonly memory: MemoryCosts;
  /** Synapses a neuron, and numbers of threads, that were measured. */
  readonly indegrees: readonly number[];
  readonly threadCounts: readonly number[];
}

const neurons = ({ configuration }: Point): number => configuration.neurons;
const seconds = ({ configuration }: Point): number => configuration.time / 1000;

/** Wall-clock time and memory over the sizes, with what the fitted costs give for each. */
export function scalingFigure(
  points: readonly Point[],
  costs: ReadonlyMap<number, Costs>,
  memory: MemoryCosts,
): Figure {
  const indegrees = [...new Set(points.map(({ configuration }) => configuration.indegree))];
  const threadCounts = [...new Set(points.map(({ configuration }) => configuration.threads))];
  const measurements = { points, costs, memory, indegrees, threadCounts };
  return {
    name: 'scaling',
    spec: logPanels({
      title: 'How time and memory grow',
      subtitle: explanation(costs, memory),
      panels: [
        {
          title: 'Time to simulate',
          x: 'synaptic events per biological second',
          y: 'wall-clock s per biological s',
          series: timeSeries(
            measurements,
            (point) => median(point, (run) => run.events) / seconds(point),
            (_, point) => seconds(point),
          ),
        },
        {
          title: 'Memory',
          x: 'synapses',
          y: 'bytes (process: largest resident set)',
          series: memorySeries(measurements),
        },
        {
          title: 'Time of an event, all in',
          x: 'neurons',
          y: 'wall-clock ns per synaptic event',
          series: timeSeries(measurements, neurons, (run) => run.events / 1e9),
          legend: false,
        },
        {
          title: 'Time of a neuron-step, all in',
          x: 'neurons',
          y: 'wall-clock ns per neuron and step',
          series: timeSeries(measurements, neurons, (run) => run.neuronSteps / 1e9),
          legend: false,
        },
      ],
    }),
  };
}

/** What dots, bars and lines are; lines only where there are costs. */
function explanation(costs: ReadonlyMap<number, Costs>, memory: MemoryCosts): string[] {
  const lines = ['dots: medians; bars: smallest to largest; colours: synapses a neuron'];
  if ([...costs.values()].some(({ note }) => note === undefined)) {
    lines.push(
      'dashed, time: a·neuron-steps + b·events + c·slices, a and b fitted to small networks, c measured alone',
    );
  }
  if (memory.note === undefined) {
    lines.push('dashed, memory: m₀ + m₁·neurons + m₂·synapses, fitted to all networks');
  }
  for (const [threads, { note }] of costs) {
    if (note !== undefined)
      lines.push(`no dashed line, time with ${threadCount(threads)}: ${note}`);
  }
  if (memory.note !== undefined) lines.push(`no dashed line, memory: ${memory.note}`);
  return lines;
}

/** Wall-clock times, measured and expected, for each number of synapses and of threads. */
function timeSeries(
  { points, costs, indegrees, threadCounts }: Measurements,
  x: (point: Point) => number,
  // Wall-clock seconds are divided by this.
  per: (run: Run, point: Point) => number,
): LogSeries[] {
  return indegrees.flatMap((indegree, i) =>
    threadCounts.map((threads) => {
      const those = having(points, indegree, threads);
      return {
        name: `${indegree} a neuron, ${threadCount(threads)}`,
        color: toneOf(i, threads > 1),
        x: those.map(x),
        ...measured(those, (run, point) => run.wallTime / per(run, point)),
        expected: those.map((point) =>
          median(point, (run) => expectedTime(costs.get(threads)!, run) / per(run, point)),
        ),
      };
    }),
  );
}

/** Memory of the networks, measured and expected, and of the processes. */
function memorySeries({ points, memory, indegrees, threadCounts }: Measurements): LogSeries[] {
  return indegrees.flatMap((indegree, i): LogSeries[] => {
    const those = having(points, indegree, threadCounts[0]!);
    const x = those.map((point) => median(point, (run) => run.synapses));
    const [network, process] = [`network, ${indegree} a neuron`, `process, ${indegree} a neuron`];
    return [
      {
        ...{ name: network, color: toneOf(i, false), x },
        ...measured(those, (run) => run.memory),
        expected: those.map((point) =>
          median(point, (run) => expectedMemory(memory, neurons(point), run.synapses)),
        ),
      },
      {
        ...{ name: process, color: toneOf(i, true), x },
        ...measured(those, (run) => run.peakMemory),
      },
    ];
  });
}

/** The points of a series, from the smallest network upwards. */
const having = (points: readonly Point[], indegree: number, threads: number): Point[] =>
  points
    .filter(({ configuration: c }) => c.indegree === indegree && c.threads === threads)
    .sort((a, b) => a.configuration.neurons - b.configuration.neurons);

/** Medians, and ranges where there are several runs. */
function measured(
  points: readonly Point[],
  of: (run: Run, point: Point) => number,
): Pick<LogSeries, 'y' | 'ranges'> {
  const values = points.map((point) => medianOf(point.runs.map((run) => of(run, point))));
  return {
    y: values.map(({ value }) => value),
    ranges: values.map(({ value, range }) => range ?? [value, value]),
  };
}
