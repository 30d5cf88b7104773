import fs from 'node:fs';
import path from 'node:path';
import { IOError } from './errors';
import { fileFailed } from './file-errors';
import { addPieces, addPiecesSync } from './file-pieces';
import { arrowFormat } from './recording-arrow';
import type { FilePiece, FormatName, RecordingFormat } from './recording-format';
import { npyFormat } from './recording-npy';
import { asciiFormat, linesOf } from './recording-text';
import { batchLength } from './recorder-stream';
import { noEvents, nextEvents } from './recorder-events';
import type { Session, WrittenRecorder } from './session';
import type { RecorderEvents } from './event-types';
import type { NativeKernel } from './native';
import { decode } from './values';

// Recorders that write files (record_to: 'ascii' and 'file') or to the terminal ('screen'). A file
// begins with the first simulation in which its recorder records to it, and later ones go on with
// it.

/** Where the events of a recorder go, by its record_to and file_extension. */
function targetOf(recordTo: string, extension: string): FormatName | undefined {
  if (recordTo === 'screen') return undefined;
  if (recordTo === 'ascii') return 'ascii';
  return extension === 'npy' ? 'npy' : 'arrow';
}

/** @throws MissingPackage */
function formatOf(name: FormatName): RecordingFormat {
  switch (name) {
    case 'ascii':
      return asciiFormat;
    case 'npy':
      return npyFormat;
    case 'arrow':
      return arrowFormat("record_to: 'file' with Arrow");
  }
}

/**
 * The recorders of the session that write, with their files begun.
 * @throws IOError where a file exists and may not be overwritten, or cannot be made or continued;
 * MissingPackage where a format needs one. None of the new files is left then.
 */
export function beginFiles(session: Session): void {
  const core = session.native;
  const ids = decode(core.writtenRecorders()) as Uint32Array;
  const read = (key: string): unknown[] =>
    Array.from(decode(core.getNodes(ids, key)) as ArrayLike<unknown>);
  const [targets, names, extensions, models, digits] = [
    ...['record_to', 'filenames', 'file_extension', 'model', 'precision'],
  ].map(read) as [string[], string[][], string[], string[], number[]];
  const recorders = Array.from(ids, (id, i): WrittenRecorder => {
    const format = targetOf(targets[i]!, extensions[i]!);
    const name = format && names[i]![0]!;
    const known = session.written.get(id);
    const file = known && known.name === name ? known.file : name && path.resolve(name);
    return { id, name, file, format, model: models[i]!, precision: digits[i]! };
  });
  for (const { format } of recorders) if (format) formatOf(format);
  const begun = recorders.filter(({ id, name }) => name && session.written.get(id)?.name !== name);
  cutFiles(session);
  createFiles(session, begun);
  session.written = new Map(recorders.map((recorder) => [recorder.id, recorder]));
}

/** Files that go on from a loaded state: what was written after it was saved goes. */
function cutFiles(session: Session): void {
  for (const { file, format } of session.written.values()) {
    const bytes = file === undefined ? undefined : session.cut.get(file);
    if (bytes === undefined) continue;
    try {
      cutFile(file!, bytes, formatOf(format!));
    } catch (cause) {
      throw fileFailed('continued', file!, cause);
    }
  }
  session.cut = new Map();
}

/** Bytes in which the head of every file lies. */
const longestHead = 2 ** 16;

function cutFile(file: string, bytes: number, format: RecordingFormat): void {
  const handle = fs.openSync(file, 'r+');
  try {
    const { size } = fs.fstatSync(handle);
    if (size < bytes) throw Object.assign(new Error(), { code: 'shorter than it was' });
    fs.ftruncateSync(handle, bytes);
    if (!format.mended) return;
    const start = Buffer.alloc(Math.min(longestHead, bytes));
    fs.readSync(handle, start, 0, start.length, 0);
    const head = format.mended(start, bytes);
    fs.writeSync(handle, head, 0, head.length, 0);
  } finally {
    fs.closeSync(handle);
  }
}

function createFiles(session: Session, recorders: readonly WrittenRecorder[]): void {
  const core = session.native;
  const { overwrite_files: overwrite } = core.getStatus(['overwrite_files']);
  const existing = overwrite ? undefined : recorders.find(({ file }) => fs.existsSync(file!));
  if (existing) throw fileExists(existing);
  const made: string[] = [];
  for (const recorder of recorders) {
    const { id, file, format } = recorder;
    const head = formatOf(format!).head(noEvents(core, id), recorder);
    try {
      fs.writeFileSync(file!, head, { flag: overwrite ? 'w' : 'wx' });
      made.push(file!);
    } catch (cause) {
      for (const each of made) fs.rmSync(each, { force: true });
      throw fileFailed('made', file!, cause);
    }
  }
}

/** What writes recorders' events while a simulation goes on, which waits for it. */
export class Writers {
  /** Events of a recorder that may wait to be written. */
  static readonly #most = 2 ** 20;
  readonly #core: NativeKernel;
  readonly #readers: ReadonlyMap<number, number>;

  constructor({ native: core, written }: Session) {
    this.#core = core;
    this.#readers = new Map(
      [...written.keys()].map((id) => [id, core.addReader(id, Writers.#most, core.firstHeld(id))]),
    );
  }

  move(recorder: number, position: number): void {
    const reader = this.#readers.get(recorder);
    if (reader !== undefined) this.#core.moveReader(reader, position);
  }

  end(): void {
    for (const reader of this.#readers.values()) this.#core.removeReader(reader);
  }
}

/**
 * Writes what was recorded since, batch by batch, each recorder in turn, and waits until it is
 * written; then the recorder counts it only.
 */
export async function writeEvents(session: Session, readers: Writers): Promise<void> {
  let written: boolean;
  do {
    written = false;
    for (const recorder of session.written.values()) {
      const batch = nextEvents(session.native, recorder.id, 0, batchLength);
      if (batch.events.times.length === 0) continue;
      await write(recorder, batch.events);
      session.native.releaseEvents(recorder.id, batch.end);
      readers.move(recorder.id, batch.end);
      written ||= batch.events.times.length === batchLength;
    }
  } while (written);
}

/** The same on the calling thread. */
export function writeEventsSync(session: Session): void {
  const core = session.native;
  for (const recorder of session.written.values()) {
    for (;;) {
      const { events, end } = nextEvents(core, recorder.id, 0, batchLength);
      if (events.times.length === 0) break;
      writeSync(recorder, events);
      core.releaseEvents(recorder.id, end);
    }
  }
}

const piecesOf =
  (recorder: WrittenRecorder, events: RecorderEvents) =>
  (size: number): Iterable<FilePiece> =>
    formatOf(recorder.format!).pieces(events, size, recorder);

async function write(recorder: WrittenRecorder, events: RecorderEvents): Promise<void> {
  const { file, precision } = recorder;
  if (file === undefined) {
    for (const text of linesOf(events, precision)) {
      await new Promise<void>((resolve) => process.stdout.write(text, () => resolve()));
    }
    return;
  }
  try {
    await addPieces(file, piecesOf(recorder, events));
  } catch (cause) {
    throw fileFailed('written', file, cause);
  }
}

function writeSync(recorder: WrittenRecorder, events: RecorderEvents): void {
  const { file, precision } = recorder;
  try {
    if (file !== undefined) addPiecesSync(file, piecesOf(recorder, events));
    else for (const text of linesOf(events, precision)) process.stdout.write(text);
  } catch (cause) {
    throw fileFailed('written', file ?? 'standard output', cause);
  }
}

function fileExists({ id, name, file }: WrittenRecorder): IOError {
  return new IOError(
    `The file ${name} of recorder ${id} exists; set overwrite_files to true, or another label, ` +
      'data_path or data_prefix.',
    { node: id, file, parameter: 'overwrite_files' },
  );
}
