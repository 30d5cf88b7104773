import { medianOf } from '../analysis';
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

/** What `--json` prints and `result.json` holds: every run, medians, and comparisons. */
export function benchDocument(
  plan: Plan,
  { series, bandwidths, failures, interrupted }: Measurements,
  comparisons: readonly Comparison[],
  provenance: Provenance,
): object {
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
    series: series.map(({ workload, engine, threads: of, runs, quantities }) => ({
      workload: workload.benchmark.name,
      engine,
      threads: of,
      time: workload.time,
      options: workload.options,
      results: Object.fromEntries(
        quantities.map(({ key, value, range, unit }) => [
          key,
          { median: value, ...(range && { range }), unit },
        ]),
      ),
      runs: runs.map((run) => ({
        seed: run.seed,
        results: Object.fromEntries(run.quantities.map(({ key, value }) => [key, value])),
      })),
    })),
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
