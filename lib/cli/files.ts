import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { SpikeEvents } from '../analysis';
import { renderSvg } from '../plot';
import type { ExperimentResult, Table } from './experiment';

/**
 * Writes a result into a folder that is there: `result.json` with the numbers,
 * `spikes.csv`, an SVG file a figure and a CSV file a table. Returns the paths, figures first.
 */
export async function writeFiles(
  folder: string,
  result: ExperimentResult,
  document: object,
): Promise<string[]> {
  const paths: string[] = [];
  for (const { name, spec } of result.figures) {
    const file = path.join(folder, `${name}.svg`);
    await writeFile(file, await renderSvg(spec));
    paths.push(file);
  }
  const numbers = path.join(folder, 'result.json');
  await writeFile(numbers, jsonText(document));
  const spikes = path.join(folder, 'spikes.csv');
  await pipeline(Readable.from(csvChunks(result.spikes)), createWriteStream(spikes));
  const tables: string[] = [];
  for (const table of result.tables ?? []) {
    const file = path.join(folder, `${table.name}.csv`);
    await writeFile(file, tableText(table));
    tables.push(file);
  }
  return [...paths, numbers, spikes, ...tables];
}

/** A table as CSV, numbers in full precision. */
export function tableText({ columns }: Table): string {
  const names = Object.keys(columns);
  const lists = Object.values(columns);
  const rows = Array.from({ length: lists[0]?.length ?? 0 }, (_, i) =>
    lists.map((list) => String(list[i]!)).join(','),
  );
  return `${[names.join(','), ...rows].join('\n')}\n`;
}

/** Indented JSON with a line feed at its end; numbers that do not exist (NaN) become null. */
export function jsonText(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

const LINES_PER_CHUNK = 16_384;

/** The spikes as CSV, in pieces, so that a long recording never stands in memory as text. */
export function* csvChunks({ times, senders }: SpikeEvents): Generator<string> {
  yield 'time_ms,sender\n';
  for (let from = 0; from < times.length; from += LINES_PER_CHUNK) {
    const to = Math.min(from + LINES_PER_CHUNK, times.length);
    let chunk = '';
    for (let i = from; i < to; i++) chunk += `${withoutNoise(times[i]!)},${senders[i]!}\n`;
    yield chunk;
  }
}

/** 0.3 for 0.30000000000000004: to the nanosecond, far below every grid in use. */
const withoutNoise = (ms: number): number => Math.round(ms * 1e6) / 1e6;
