import { medianOf, type Median } from '../statistics';
import type { OptionValue, Quantity } from '../cli/experiment';
import type { Comparison } from './comparison';
import type { Measurements, Plan } from './measure';

/** Where and when it was measured: names and values, for the record. */
export interface Provenance {
  /** ISO 8601. */
  readonly date: string;
  readonly command: string;
  readonly installation: Readonly<Record<string, string>>;
  /** Versions of the engines that took part, by name. */
  readonly engines: Readonly<Record<string, string>>;
}

/** A median as a file keeps it; null for what does not exist (NaN). */
export interface Recorded {
  readonly label: string;
  readonly median: number | null;
  readonly range?: Median['range'];
  readonly unit: string;
  /** Why there is none. */
  readonly note?: string;
}

/** All runs of one workload on one engine with one number of threads. */
export interface RecordedSeries {
  readonly workload: string;
  /** Keys of the quantities that tell the result; none for a network. */
  readonly headlines: readonly string[];
  readonly engine: string;
  readonly threads: number;
  /** Biological time, ms. */
  readonly time: number;
  readonly options: Readonly<Record<string, OptionValue>>;
  readonly results: Readonly<Record<string, Recorded>>;
  readonly runs: readonly {
    readonly seed: number;
    readonly results: Readonly<Record<string, number | null>>;
  }[];
}

/** The same workload on two engines. */
export interface RecordedComparison {
  readonly workload: string;
  readonly threads: number;
  readonly engines: readonly [own: string, peer: string];
  readonly verdict: 'agree' | 'differ' | 'undecided';
  readonly activity: readonly object[];
  /** How many times as much the peer takes; only where they agree. */
  readonly ratios?: Comparison['ratios'];
}

/** What `--json` prints and `result.json` holds: every run, medians, and comparisons. */
export interface BenchDocument extends Provenance {
  readonly benchmark: 'tegmenta bench';
  readonly interrupted: boolean;
  readonly options: Pick<Plan, 'threads' | 'warmup' | 'repeats' | 'seed'>;
  /** What could not be measured, and why. */
  readonly failures: readonly string[];
  readonly bandwidth: readonly (Median & { readonly threads: number; readonly unit: 'B/s' })[];
  readonly series: readonly RecordedSeries[];
  readonly comparisons: readonly RecordedComparison[];
}

/** Measurements for the record. */
export function benchDocument(
  plan: Plan,
  { series, bandwidths, failures, interrupted }: Measurements,
  comparisons: readonly Comparison[],
  provenance: Provenance,
): BenchDocument {
  const { threads, warmup, repeats, seed } = plan;
  return {
    benchmark: 'tegmenta bench',
    interrupted,
    options: { threads, warmup, repeats, seed },
    ...provenance,
    failures,
    bandwidth: bandwidths.map(({ threads: of, values }) => ({
      threads: of,
      ...medianOf(values),
      unit: 'B/s',
    })),
    series: series.map(recordedSeries),
    comparisons: comparisons.map(({ series: own, peer, agreement, ratios }) => ({
      workload: own.workload.benchmark.name,
      threads: own.threads,
      engines: [own.engine, peer.engine],
      verdict: agreement.verdict,
      activity: agreement.activity.map(({ key, means, difference, margin, p, agrees }) => ({
        ...{ key, means, difference, margin, p, agrees },
      })),
      ...(agreement.verdict === 'agree' && { ratios }),
    })),
  };
}

const recordedSeries = ({
  workload: { benchmark, time, options },
  engine,
  threads,
  runs,
  quantities,
}: Measurements['series'][number]): RecordedSeries => ({
  ...{ workload: benchmark.name, headlines: benchmark.headlines, engine, threads, time, options },
  results: Object.fromEntries(
    quantities.map(({ key, label, value, range, unit, note }) => [
      key,
      {
        ...{ label, median: value, ...(range && { range }), unit },
        ...(Number.isNaN(value) && note !== undefined && { note }),
      },
    ]),
  ),
  runs: runs.map((run) => ({
    seed: run.seed,
    results: Object.fromEntries(run.quantities.map(({ key, value }) => [key, value])),
  })),
});

/** A series as it was measured, from the record of it. */
export function seriesFrom({
  workload,
  headlines,
  engine,
  threads,
  time,
  options,
  results,
  runs,
}: RecordedSeries): Measurements['series'][number] {
  const quantity = (key: string, value: number | null): Quantity => {
    const { label = key, unit = '' } = results[key] ?? {};
    return { key, label, unit, value: value ?? NaN };
  };
  return {
    workload: { benchmark: { name: workload, headlines }, options, time },
    ...{ engine, threads },
    runs: runs.map((run) => ({
      seed: run.seed,
      quantities: Object.entries(run.results).map(([key, value]) => quantity(key, value)),
    })),
    quantities: Object.entries(results).map(([key, { median, range, note }]) => ({
      ...quantity(key, median),
      ...(range && { range }),
      ...(note !== undefined && { note }),
    })),
  };
}
