import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { SpikeEvents } from '../analysis';
import type { Figure, FigureFormat } from '../plot';
import type { ExperimentResult, Table } from './experiment';
import { figureFiles } from './figure-format';

/**
 * Makes a folder, its parents included, and sees whether files can be written into it.
 * @throws Error that names the folder.
 */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await makeFolders(path.resolve(folder));
    await replaceFile(path.join(folder, '.tegmenta'), '');
    await rm(path.join(folder, '.tegmenta'));
  } catch (cause) {
    const { message, code } = cause as NodeJS.ErrnoException;
    const error = new Error(`No files can be written into ${folder}: ${message}`, { cause });
    throw Object.assign(error, { code });
  }
}

/** Not mkdir with `recursive`, which never returns where the system makes no folders (/proc). */
async function makeFolders(folder: string): Promise<void> {
  const parent = path.dirname(folder);
  if (await isThere(folder)) return;
  if (parent !== folder) await makeFolders(parent);
  try {
    await mkdir(folder);
  } catch (error) {
    // Another process may have been faster; a file in its place is found by what comes next.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

const isThere = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );

/** What a file is to hold, whole or piece by piece. */
type Content = string | Uint8Array | Iterable<string>;

/** Writes beside the file and puts the new one in its place only once it is complete. */
export async function replaceFile(file: string, content: Content): Promise<void> {
  const unfinished = `${file}.${process.pid}.tmp`;
  try {
    if (typeof content === 'string' || ArrayBuffer.isView(content))
      await writeFile(unfinished, content);
    else await pipeline(Readable.from(content), createWriteStream(unfinished));
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/**
 * Writes the numbers of a result into a folder that is there: `result.json`, `spikes.csv` where
 * there are spikes, and a CSV file a table. Returns the paths.
 */
export async function writeNumbers(
  folder: string,
  { spikes, tables = [] }: ExperimentResult,
  document: object,
): Promise<string[]> {
  const paths: string[] = [];
  const write = async (name: string, content: Content): Promise<void> => {
    const file = path.join(folder, name);
    await replaceFile(file, content);
    paths.push(file);
  };
  await write('result.json', jsonText(document));
  if (spikes.times.length > 0) await write('spikes.csv', csvChunks(spikes));
  // Those of an earlier run do not belong to this result.
  else await rm(path.join(folder, 'spikes.csv'), { force: true });
  for (const table of tables) await write(`${table.name}.csv`, tableText(table));
  return paths;
}

/**
 * Writes figures into a folder that is there, none without a format; a page of them has the title.
 * Returns the paths.
 */
export async function writeFigures(
  folder: string,
  figures: readonly Figure[],
  format: FigureFormat | undefined,
  title: string,
): Promise<string[]> {
  const paths: string[] = [];
  if (format === undefined) return paths;
  for await (const [name, content] of figureFiles(figures, format, title)) {
    const file = path.join(folder, name);
    await replaceFile(file, content);
    paths.push(file);
  }
  return paths;
}

/** Which files there are now. */
export const fileList = (paths: readonly string[]): string =>
  paths.length === 0 ? '' : `\nWritten:\n${paths.map((file) => `  ${file}\n`).join('')}`;

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
