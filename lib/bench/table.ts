import { medianOf } from '../statistics';
import { columns, formatNumber } from '../cli/table';
import type { Quantity } from '../cli/experiment';
import type { Comparison } from './comparison';
import { threadCount, type Measurements, type MeasuredWorkload, type Series } from './measure';

/** What the tables of networks show of each; the narrow one gives the spread of some. */
export const NETWORK_COLUMNS = [
  { key: 'real_time_factor', title: 'real-time factor', spread: true },
  { key: 'ns_per_event', title: 'ns per event', spread: true },
  { key: 'build_time', title: 'build (s)', spread: false },
  { key: 'bytes_per_synapse', title: 'B per synapse', spread: false },
  { key: 'bandwidth_fraction', title: 'of bandwidth', spread: false },
  { key: 'peak_memory', title: 'peak memory', spread: false },
] as const;

/** `brunel, scale 1, 500 ms` */
export function workloadName({ benchmark, options, time }: MeasuredWorkload): string {
  const scale = options.scale === undefined ? [] : [`scale ${String(options.scale)}`];
  return [benchmark.name, ...scale, `${time} ms`].join(', ');
}

/** The measurements as text for a terminal: networks, other workloads, memory, comparisons. */
export function measurementsText(
  { series, bandwidths }: Measurements,
  comparisons: readonly Comparison[],
): string {
  const networks = series.filter(({ workload }) => workload.benchmark.headlines.length === 0);
  const others = series.filter(({ workload }) => workload.benchmark.headlines.length > 0);
  return [
    networks.length > 0 ? networkTable(networks) : '',
    others.length > 0 ? otherTable(others) : '',
    bandwidths.length > 0
      ? `Memory bandwidth (reading, median): ${bandwidths
          .map(
            ({ threads, values }) =>
              `${(medianOf(values).value / 1e9).toFixed(1)} GB/s on ${threadCount(threads)}`,
          )
          .join(', ')}\n`
      : '',
    missingValues(series)
      .map((line) => `${line}\n`)
      .join(''),
    ...comparisons.map(comparisonText),
  ]
    .filter((text) => text !== '')
    .join('\n');
}

function networkTable(series: readonly Series[]): string {
  const heading = ['network', 'engine', 'threads', ...NETWORK_COLUMNS.map(({ title }) => title)];
  const rows = series.map(({ workload, engine, threads, quantities }) => [
    workloadName(workload),
    engine,
    String(threads),
    ...NETWORK_COLUMNS.map(({ key, spread }) =>
      cell(
        quantities.find((quantity) => quantity.key === key),
        spread,
      ),
    ),
  ]);
  return `Medians (and smallest…largest)\n${columns([heading, ...rows])}`;
}

/** Why cells of the tables are empty: `hpc, scale 0.1, 1 ms: no synaptic events (ns per event)`. */
export function missingValues(series: readonly Series[]): string[] {
  const lines = series.flatMap(({ workload, quantities }) => {
    const networks = NETWORK_COLUMNS.flatMap(({ key, title }) =>
      quantities.filter((one) => one.key === key).map((one) => ({ ...one, label: title })),
    );
    const { headlines } = workload.benchmark;
    return (headlines.length > 0 ? headlinesOf(workload, quantities) : networks).flatMap(
      ({ label, value, note }) =>
        Number.isNaN(value) && note !== undefined
          ? `${workloadName(workload)}: ${note} (${label})`
          : [],
    );
  });
  return [...new Set(lines)];
}

/** Median and, where asked for, range; memory in MiB. */
export function cell(quantity: Quantity | undefined, spread = true): string {
  if (!quantity) return '–';
  const text = (value: number) =>
    quantity.unit === 'B' && Math.abs(value) > 1e5
      ? `${Math.round(value / 2 ** 20)} MiB`
      : shortNumber(value);
  const { value, range } = quantity;
  if (!spread || !range || text(range[0]) === text(range[1])) return text(value);
  return `${text(value)} (${text(range[0])}…${text(range[1])})`;
}

/** Three significant digits. */
export const shortNumber = (value: number): string =>
  Number.isFinite(value) && Math.abs(value) < 100 && !Number.isInteger(value)
    ? value.toPrecision(3)
    : formatNumber(Math.abs(value) >= 100 ? Math.round(value) : value);

function otherTable(series: readonly Series[]): string {
  const rows = series.flatMap(({ workload, threads, quantities }) =>
    headlinesOf(workload, quantities).map((quantity) => [
      workload.benchmark.name,
      String(threads),
      quantity.label,
      cell(quantity),
      quantity.unit === 'B' && quantity.value > 1e5 ? '' : quantity.unit,
    ]),
  );
  return columns([['workload', 'threads', 'quantity', 'value', 'unit'], ...rows]);
}

/** What tells the result of a workload that is no network. */
export const headlinesOf = (
  { benchmark }: MeasuredWorkload,
  quantities: readonly Quantity[],
): Quantity[] => quantities.filter(({ key }) => benchmark.headlines.includes(key));

/** `0.5 (0.4…0.6)` */
const ratioText = (ratio: Pick<Quantity, 'value' | 'range'>): string =>
  cell({ key: '', label: '', unit: '', ...ratio });

function comparisonText(comparison: Comparison): string {
  const { series, peer, agreement } = comparison;
  const where = `${workloadName(series.workload)}, ${threadCount(series.threads)}`;
  const rows = agreement.activity.map(({ label, unit, means, margin, agrees }) => [
    label,
    `${shortNumber(means[0])} and ${shortNumber(means[1])} ${unit}`.trimEnd(),
    agrees ? `agree to ± ${shortNumber(margin)}` : 'do not agree',
  ]);
  return (
    `${series.engine} and ${peer.engine}: ${where}\n${columns(rows)}` +
    `  ${verdictText(comparison)}\n`
  );
}

/** How many times as much the peer takes, if both did the same; else why that is not told. */
export function verdictText({ peer, agreement: { verdict }, ratios }: Comparison): string {
  if (verdict === 'differ') {
    return 'Their activities differ by more than the sampling error: no ratio is given.';
  }
  if (verdict === 'undecided') {
    return 'Whether they did the same cannot be told: no ratio is given.';
  }
  return (
    `${peer.engine} takes ${ratioText(ratios.wall_time)} times as long to simulate, ` +
    `${ratioText(ratios.build_time)} times as long to build, ` +
    `${ratioText(ratios.peak_memory)} times as much memory.`
  );
}
