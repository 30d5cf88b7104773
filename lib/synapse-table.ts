import type { NativeSynapses } from './native';
import { decode } from './values';

/** Tables with at least this many rows show only their beginning and end. */
const longTable = 35;
const shownAtEachEnd = 15;

const columns = [
  { title: 'source', key: 'source', text: String },
  { title: 'target', key: 'target', text: String },
  { title: 'synapse model', key: 'synapse_model', text: String },
  { title: 'weight', key: 'weight', text: (value: unknown) => Number(value).toPrecision(4) },
  { title: 'delay', key: 'delay', text: (value: unknown) => Number(value).toPrecision(4) },
];

/** A table of synapses laid out as NEST prints it. */
export function synapseTable(synapses: NativeSynapses): string {
  const { length } = synapses;
  if (length === 0) return 'The synapse collection does not contain any connections.';
  const isLong = length >= longTable;
  const blocks = isLong
    ? [synapses.slice(0, shownAtEachEnd, 1), synapses.slice(length - shownAtEachEnd, length, 1)]
    : [synapses];
  const cells = blocks.map((block) =>
    columns.map(({ key, text }) => Array.from(decode(block.get(key)) as ArrayLike<unknown>, text)),
  );
  const widths = columns.map(({ title }, c) =>
    Math.max(title.length + 2, ...cells.flatMap((block) => block[c] ?? []).map((t) => t.length)),
  );
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, c) => text.padStart(widths[c] ?? 0))
      .join(' ')
      .trimEnd();
  const rows = cells.map((block) =>
    (block[0] ?? []).map((_, row) => line(block.map((column) => column[row] ?? ''))),
  );
  const gap = line(columns.map(() => '⋮'));
  return [
    line(columns.map(({ title }, c) => centred(title, widths[c] ?? 0))),
    line(widths.map((width) => '-'.repeat(width))),
    ...(rows[0] ?? []),
    ...(isLong ? [gap, ...(rows[1] ?? [])] : []),
  ].join('\n');
}

function centred(text: string, width: number): string {
  const left = Math.floor((width - text.length) / 2);
  return (' '.repeat(left) + text).padEnd(width);
}
