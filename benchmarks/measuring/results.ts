import { figuresOf } from '../../lib/bench/figures';
import { threadCount } from '../../lib/bench/measure';
import {
  seriesFrom,
  type BenchDocument,
  type RecordedComparison,
  type RecordedSeries,
} from '../../lib/bench/report';
import { cell, headlinesOf, shortNumber, workloadName } from '../../lib/bench/table';
import { renderSvg } from '../../lib/plot';

/** What a file of results holds: measurements of one commit on one machine, in one go. */
export interface Results {
  readonly commit: string;
  /** What else the machine did meanwhile. */
  readonly conditions: string;
  /** What `tegmenta bench --json` printed, one command after the other. */
  readonly runs: readonly BenchDocument[];
}

/**
 * What `tegmenta bench` measures for a file of results; the sizes that are not given are its own.
 * `short`: without the largest networks, which take minutes each.
 */
export const measurements = (short: boolean): readonly (readonly string[])[] => [
  ['brunel', 'brunel_stdp', 'brunel_dopa', 'brunel_mstdpet', 'hpc'],
  ['microcircuit', '--scale', '0.2', '--time', '1000'],
  ...(short ? [] : [['hpc', '--scale', '1', '--time', '200']]),
  ...(short ? [] : [['microcircuit', '--scale', '1', '--time', '1000']]),
  ['loop', 'call'],
  // Steps of dense cables know no threads.
  ['dense', '--threads', '1'],
];

/** Name of the file without its end: date, commit and processor. */
export function resultsName({ commit, runs }: Results): string {
  const processor = (runs[0]!.installation.processor ?? 'unknown')
    .toLowerCase()
    .replace(/\((?:r|tm)\)|\b(?:processor|cpu)\b|@/g, ' ')
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return [dateOf(runs[0]!), commit, processor].join('-');
}

/** Those measured last. */
export const newest = (all: readonly Results[]): Results =>
  all.reduce((last, one) => (one.runs[0]!.date > last.runs[0]!.date ? one : last));

/** One series with the command it comes from, counted from 1, and NEST beside it, if it was. */
interface Row {
  readonly recorded: RecordedSeries;
  readonly command: number;
  readonly comparison: RecordedComparison | undefined;
}

/** Tables of what was measured last, and of the last measurement beside NEST: benchmarks/RESULTS.md. */
export function resultsPage(all: readonly Results[]): string {
  const now = newest(all);
  const beside = all.filter(({ runs }) => runs.some(({ comparisons }) => comparisons.length > 0));
  const sections = [
    `# Measured speed and size`,
    `<!-- Made by scripts/results.cjs from results/${resultsName(now)}.json; not to be edited. -->`,
    provenance(now),
    `![Time of a synaptic event in each network, in ns](results/speed.svg)`,
    `## Networks`,
    networkTable(rowsOf(now)),
    EXPLANATION,
    `## Calls and dense cables`,
    otherTable(rowsOf(now)),
    `## Commands`,
    commands(now),
    `## Beside NEST`,
    beside.length > 0 ? nestSection(newest(beside), now) : WITHOUT_NEST,
    `## What else there is`,
    OTHER_DOCUMENTS,
  ];
  return `${sections.join('\n\n')}\n`;
}

/** The figure of that page, as SVG. */
export async function resultsFigure(all: readonly Results[]): Promise<string> {
  const series = newest(all).runs.flatMap((run) => run.series.map(seriesFrom));
  const figure = figuresOf({ series }, []).find(({ name }) => name === 'ns-per-event')!;
  return `${await renderSvg(figure.spec)}\n`;
}

/** Between these README shows the networks in short. */
const marks = ['<!-- Made by scripts/results.cjs: -->', '<!-- until here. -->'] as const;

/** README with the networks in short as they are now. @throws Error where it lacks the marks. */
export function withShortTable(readme: string, all: readonly Results[]): string {
  const [begin, end] = marks.map((mark) => readme.indexOf(mark)) as [number, number];
  if (begin < 0 || end < begin) throw new Error(`README.md lacks ${marks.join(' … ')}`);
  const before = readme.slice(0, begin + marks[0].length);
  return `${before}\n\n${shortTable(all)}\n\n${readme.slice(end)}`;
}

function shortTable(all: readonly Results[]): string {
  const now = newest(all);
  const rows = networksOf(rowsOf(now)).map(({ recorded }) => [
    nameOf(recorded),
    valueIn(recorded, 'synapses'),
    String(recorded.threads),
    ...['real_time_factor', 'ns_per_event', 'bytes_per_synapse'].map((key) =>
      valueIn(recorded, key),
    ),
  ]);
  const heading = ['network', 'recurrent synapses', 'threads'];
  const values = ['seconds a biological second', 'ns a synaptic event', 'bytes a synapse'];
  return `${provenance(now)}\n\n${table([...heading, ...values], rows)}`;
}

const EXPLANATION = `Synaptic events are spikes times their recurrent synapses; external input is not counted, but its time is. Building is Create, Connect and Prepare. Peak memory
is that of the whole process, of which the runtime itself takes some 50 MiB. Times are wall-clock times; the time before a network has settled is not timed.
Below scale 1 the neurons of Brunel's networks and of hpc have fewer synapses, as strong as at scale 1, and fire at other rates; those of the microcircuit keep all of theirs.`;

const WITHOUT_NEST = `No file of results holds a measurement in turn with NEST. Where NEST is installed, \`node scripts/results.cjs measure --compare nest\` makes one.`;

const OTHER_DOCUMENTS = `- How time and memory grow with the network: [SCALING.md](SCALING.md).
- What made the difference, and what did not: [docs/notes/performance.md](../docs/notes/performance.md).
- What experiments of the literature found: [docs/notes/experiments.md](../docs/notes/experiments.md).`;

const dateOf = ({ date }: BenchDocument): string => date.slice(0, 10);

/** Where, when and with what it was measured. */
function provenance({ commit, conditions, runs }: Results): string {
  const { installation, bandwidth } = runs[0]!;
  const read = bandwidth.map(
    ({ threads, value }) => `${(value / 1e9).toFixed(1)} GB/s with ${threadCount(threads)}`,
  );
  const machine = [
    installation.processor,
    `${installation.threads} hardware threads`,
    `instruction set ${installation['instruction set']?.split(' ')[0]}`,
    `${installation.memory?.split(',')[0]} of memory`,
  ];
  return `Measured ${dateOf(runs[0]!)} at commit ${commit} (version ${installation.tegmenta}, Node.js ${installation['Node.js']?.split(',')[0]}). Machine: ${machine.join(', ')};
it reads memory at ${read.join(', ')}. Conditions: ${conditions}. Median (smallest…largest) of ${runCounts(runs)} runs, each in a process of its own.`;
}

/** `5`, or `3 to 5`. */
function runCounts(runs: readonly BenchDocument[]): string {
  const counts = runs.map(({ options }) => options.repeats);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? String(least) : `${least} to ${most}`;
}

const rowsOf = ({ runs }: Results): Row[] =>
  runs.flatMap(({ series, comparisons, engines }, i) =>
    series
      // Engines stand in the order in which they were named: this one is the first.
      .filter(({ engine }) => engine === Object.keys(engines)[0])
      .map((recorded) => ({
        recorded,
        command: i + 1,
        comparison: comparisons.find(
          ({ workload, threads }) => workload === recorded.workload && threads === recorded.threads,
        ),
      })),
  );

const networksOf = (rows: readonly Row[]): Row[] =>
  rows.filter(({ recorded }) => recorded.headlines.length === 0);

const NETWORK_COLUMNS = [
  ['real_time_factor', 's a biological s'],
  ['ns_per_event', 'ns an event'],
  ['ns_per_plastic_event', 'ns a plastic event'],
  ['build_time', 'build, s'],
  ['bytes_per_synapse', 'bytes a synapse'],
  ['peak_memory', 'peak memory'],
] as const;

function networkTable(rows: readonly Row[]): string {
  const networks = networksOf(rows);
  const compared = networks.some(({ comparison }) => comparison !== undefined);
  return table(
    [
      ...['network', 'threads', ...NETWORK_COLUMNS.map(([, title]) => title)],
      ...(compared ? ['NEST takes'] : []),
      'command',
    ],
    networks.map(({ recorded, command, comparison }) => [
      ...[nameOf(recorded), String(recorded.threads)],
      ...NETWORK_COLUMNS.map(([key]) => valueIn(recorded, key, !/bytes|memory/.test(key))),
      ...(compared ? [verdictIn(comparison)] : []),
      String(command),
    ]),
  );
}

function otherTable(rows: readonly Row[]): string {
  return table(
    ['workload', 'threads', 'quantity', 'value', 'unit', 'command'],
    rows.flatMap(({ recorded, command }) => {
      const { workload, threads, quantities } = seriesFrom(recorded);
      return headlinesOf(workload, quantities).map((quantity) => [
        ...[recorded.workload, String(threads), quantity.label, cell(quantity), quantity.unit],
        String(command),
      ]);
    }),
  );
}

const commands = ({ runs }: Results): string =>
  runs.map(({ command }, i) => `${i + 1}. \`npx ${command}\``).join('\n');

/** The last measurement in turn with NEST, which may be older than the rest. */
function nestSection(beside: Results, now: Results): string {
  if (beside === now) return 'NEST ran in turn with what the first table tells, and stands in it.';
  const rows = rowsOf(beside).filter(({ comparison }) => comparison !== undefined);
  return `${provenance(beside)}\n\n${networkTable(rows)}`;
}

/** How many times as long NEST takes, where both did the same. */
function verdictIn(comparison: RecordedComparison | undefined): string {
  if (comparison === undefined) return '–';
  if (comparison.ratios === undefined) {
    return comparison.verdict === 'differ' ? 'does not do the same' : 'undecided';
  }
  const { value, range } = comparison.ratios.wall_time;
  const spread = range ? ` (${range.map(shortNumber).join('…')})` : '';
  return `${shortNumber(value)}${spread} times as long`;
}

const nameOf = (recorded: RecordedSeries): string => workloadName(seriesFrom(recorded).workload);

const valueIn = (recorded: RecordedSeries, key: string, spread = true): string =>
  cell(
    seriesFrom(recorded).quantities.find((quantity) => quantity.key === key),
    spread,
  );

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(heading), `|${'---|'.repeat(heading.length)}`, ...rows.map(line)].join('\n');
}
