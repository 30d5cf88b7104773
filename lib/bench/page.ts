import { medianOf } from '../statistics';
import { renderSvg } from '../plot';
import type { Comparison } from './comparison';
import type { TitledFigure } from './figures';
import { threadCount, type Measurements, type Plan, type Series } from './measure';
import type { Provenance } from './report';
import {
  cell,
  headlinesOf,
  missingValues,
  NETWORK_COLUMNS,
  shortNumber,
  verdictText,
  workloadName,
} from './table';

/** A page that stands alone: style and figures are in it, and nothing is fetched. */
export async function benchPage(
  plan: Plan,
  measurements: Measurements,
  comparisons: readonly Comparison[],
  figures: readonly TitledFigure[],
  provenance: Provenance,
): Promise<string> {
  const drawings: string[] = [];
  for (const { name, title, spec } of figures) {
    drawings.push(
      `<figure id="${escape(name)}" role="group" aria-label="${escape(title)}">\n` +
        `${await renderSvg(spec)}\n</figure>`,
    );
  }
  const version = provenance.engines.tegmenta ?? '';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,">
<title>tegmenta bench, ${escape(provenance.date.slice(0, 10))}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Speed and size of tegmenta ${escape(version)}</h1>
<p>Measured ${escape(provenance.date)} with <code>${escape(provenance.command)}</code>${
    measurements.interrupted ? ' (interrupted: what was finished until then)' : ''
  }.</p>
${warnings(measurements)}
${networkSection(measurements.series)}
${otherSection(measurements.series)}
${missingValues(measurements.series)
  .map((line) => `<p>${escape(line)}</p>`)
  .join('\n')}
${comparisons.map(comparisonSection).join('\n')}
${drawings.length > 0 ? `<h2>Figures</h2>\n${drawings.join('\n')}` : ''}
<h2>How it was measured</h2>
${method(plan)}
<h2>Machine</h2>
${machine(measurements, provenance)}
</main>
</body>
</html>
`;
}

const STYLE = `
:root { --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --paper: #ffffff; --warn: #9a3412; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --soft: #9da7b1; --line: #3d444d; --paper: #0d1117; --warn: #ffa657; }
}
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 Helvetica, Arial, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
code { font-size: 0.9em; overflow-wrap: anywhere; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-size: 0.875rem; font-variant-numeric: tabular-nums; }
th, td { padding: 0.3rem 0.7rem; border-bottom: 1px solid var(--line); text-align: right;
  vertical-align: top; }
th { color: var(--soft); font-weight: 600; }
th.text, td.text { text-align: left; min-width: 6rem; }
td small { color: var(--soft); white-space: nowrap; display: block; }
figure { margin: 1rem 0; overflow-x: auto; background: #ffffff; border: 1px solid var(--line);
  border-radius: 6px; }
figure svg { display: block; min-width: 560px; max-width: 100%; height: auto; margin: 0 auto; }
.warn { color: var(--warn); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1rem; }
dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
`;

function escape(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
  };
  return text.replace(/[&<>"]/g, (character) => entities[character]!);
}

const warnings = ({ failures }: Measurements): string =>
  failures.map((failure) => `<p class="warn">Not measured: ${escape(failure)}</p>`).join('\n');

/** `1.02 (1.00…1.05)` with the range in a line of its own. */
function valueCell(text: string): string {
  const [value = '', range] = text.split(' (');
  return `<td>${escape(value)}${range === undefined ? '' : `<small>${escape(range.slice(0, -1))}</small>`}</td>`;
}

const table = (heading: string, rows: readonly string[]): string =>
  `<div class="scroll"><table>\n<thead><tr>${heading}</tr></thead>\n<tbody>\n${rows
    .map((row) => `<tr>${row}</tr>`)
    .join('\n')}\n</tbody></table></div>`;

function networkSection(series: readonly Series[]): string {
  const networks = series.filter(({ workload }) => workload.benchmark.headlines.length === 0);
  if (networks.length === 0) return '';
  const heading =
    '<th class="text">network</th><th class="text">engine</th><th>threads</th>' +
    NETWORK_COLUMNS.map(({ title }) => `<th>${escape(title)}</th>`).join('');
  const rows = networks.map(
    ({ workload, engine, threads, quantities }) =>
      `<td class="text">${escape(workloadName(workload))}</td>` +
      `<td class="text">${escape(engine)}</td><td>${threads}</td>` +
      NETWORK_COLUMNS.map(({ key }) =>
        valueCell(cell(quantities.find((quantity) => quantity.key === key))),
      ).join(''),
  );
  return (
    '<h2>Networks</h2>\n<p>Medians over the repeats; below them the smallest and the largest. ' +
    'A real-time factor below 1 is faster than life.</p>\n' +
    table(heading, rows)
  );
}

function otherSection(series: readonly Series[]): string {
  const rows = series.flatMap(({ workload, threads, quantities }) =>
    headlinesOf(workload, quantities).map(
      (quantity) =>
        `<td class="text">${escape(workload.benchmark.name)}</td><td>${threads}</td>` +
        `<td class="text">${escape(quantity.label)}</td>${valueCell(cell(quantity))}` +
        `<td class="text">${escape(quantity.unit === 'B' && quantity.value > 1e5 ? '' : quantity.unit)}</td>`,
    ),
  );
  if (rows.length === 0) return '';
  const heading =
    '<th class="text">workload</th><th>threads</th><th class="text">quantity</th><th>value</th>' +
    '<th class="text">unit</th>';
  return `<h2>Other workloads</h2>\n${table(heading, rows)}`;
}

function comparisonSection(comparison: Comparison): string {
  const { series, peer, agreement } = comparison;
  const rows = agreement.activity.map(
    ({ label, unit, means, margin, agrees }) =>
      `<td class="text">${escape(label)}</td><td>${shortNumber(means[0])}</td>` +
      `<td>${shortNumber(means[1])}</td><td class="text">${escape(unit)}</td>` +
      `<td>± ${shortNumber(margin)}</td>` +
      `<td class="text">${agrees ? 'yes' : '<span class="warn">no</span>'}</td>`,
  );
  const heading =
    `<th class="text">mean over the runs</th><th>${escape(series.engine)}</th>` +
    `<th>${escape(peer.engine)}</th><th class="text">unit</th><th>sampling error of the difference</th>` +
    '<th class="text">agree</th>';
  return (
    `<h2>${escape(series.engine)} and ${escape(peer.engine)}: ` +
    `${escape(workloadName(series.workload))}, ${threadCount(series.threads)}</h2>\n` +
    `<p>${escape(verdictText(comparison))}</p>\n${table(heading, rows)}`
  );
}

function method({ warmup, repeats, seed, threads }: Plan): string {
  const counts = threads.map(threadCount).join(', ');
  return `<p>Every run builds its network and simulates it once in a process of its own: build time and
memory belong to it alone. Warm-up rounds, whose results were dropped: ${warmup}; rounds that count: ${repeats} (seeds ${seed} to
${seed + repeats - 1}); in a round all engines and numbers of threads (${counts}) ran in turn, in
every other round in reverse. The time before a network has settled is not timed.</p>
<p>Real-time factor: wall-clock time per biological time. Synaptic events: spikes times their recurrent synapses;
external input is not counted, but its time is. Build: Create, Connect and Prepare. Part of the bandwidth: bytes of rows that
delivery reads for an event (targets or masks, weights, columns of plastic rules), times events per wall-clock second, over what as many threads
read from an array far larger than the caches; bytes written are left out, and rows that stay in a cache
count as read. Peak memory: largest resident size of the process, of which the runtime itself takes some 50 MiB.</p>`;
}

function machine({ bandwidths }: Measurements, { installation, engines }: Provenance): string {
  const rows = [
    ...Object.entries(installation),
    ...bandwidths.map(({ threads, values }) => [
      `memory bandwidth, ${threadCount(threads)}`,
      `${(medianOf(values).value / 1e9).toFixed(1)} GB/s`,
    ]),
    ...Object.entries(engines).filter(([name]) => name !== 'tegmenta'),
  ];
  return `<dl>\n${rows
    .map(([name, value]) => `<dt>${escape(name!)}</dt><dd>${escape(value!)}</dd>`)
    .join('\n')}\n</dl>`;
}
