import fs from 'node:fs';
import path from 'node:path';
import { IOError } from './errors';
import { headOf, linesOf } from './recording-text';
import type { Session, WrittenRecorder } from './session';
import { nextEvents, noEvents } from './recorder-events';
import { decode } from './values';

// Recorders that write files (record_to: 'ascii') or to the terminal ('screen'). A file begins with
// the first simulation in which its recorder records to it, and later ones go on with it.

/** How a recorder says where its events go to the terminal. */
const SCREEN = 'screen';

/** More events than there can be. */
const MANY = Number.MAX_SAFE_INTEGER;

/**
 * The recorders of the session that write, with their files begun.
 * @throws IOError where a file exists and may not be overwritten, or cannot be made or continued;
 * none of the new files is left then.
 */
export function beginFiles(session: Session): void {
  const core = session.native;
  const ids = decode(core.writtenRecorders()) as Uint32Array;
  const read = (key: string): unknown[] =>
    Array.from(decode(core.getNodes(ids, key)) as ArrayLike<unknown>);
  const [targets, names, digits] = ['record_to', 'filenames', 'precision'].map(read) as [
    string[],
    string[][],
    number[],
  ];
  const recorders = Array.from(ids, (id, i): WrittenRecorder => {
    const name = targets[i] === SCREEN ? undefined : names[i]?.[0];
    const known = session.written.get(id);
    const file = known && known.name === name ? known.file : name && path.resolve(name);
    return { id, name, file, precision: digits[i] ?? 0 };
  });
  const begun = recorders.filter(({ id, name }) => name && session.written.get(id)?.name !== name);
  cutFiles(session);
  createFiles(session, begun);
  session.written = new Map(recorders.map((recorder) => [recorder.id, recorder]));
}

/** Files that go on from a loaded state: what was written after it was saved goes. */
function cutFiles(session: Session): void {
  for (const [file, bytes] of session.cut) {
    try {
      const { size } = fs.statSync(file);
      if (size < bytes) throw Object.assign(new Error(), { code: 'shorter than it was' });
      fs.truncateSync(file, bytes);
    } catch (cause) {
      throw failed('continued', file, cause);
    }
  }
  session.cut = new Map();
}

function createFiles(session: Session, recorders: readonly WrittenRecorder[]): void {
  const core = session.native;
  const { overwrite_files: overwrite } = core.getStatus(['overwrite_files']);
  const existing = overwrite ? undefined : recorders.find(({ file }) => fs.existsSync(file!));
  if (existing) throw fileExists(existing);
  const made: string[] = [];
  for (const { id, file } of recorders) {
    try {
      fs.writeFileSync(file!, headOf(noEvents(core, id)), { flag: overwrite ? 'w' : 'wx' });
      made.push(file!);
    } catch (cause) {
      for (const each of made) fs.rmSync(each, { force: true });
      throw failed('made', file!, cause);
    }
  }
}

/** Writes what was recorded since, and waits until it is written. */
export async function writeEvents(session: Session): Promise<void> {
  for (const recorder of session.written.values()) {
    const { events, end } = nextEvents(session.native, recorder.id, 0, MANY);
    for (const text of linesOf(events, recorder.precision)) await append(recorder, text);
    session.native.releaseEvents(recorder.id, end);
  }
}

/** The same on the calling thread. */
export function writeEventsSync(session: Session): void {
  for (const recorder of session.written.values()) {
    const { events, end } = nextEvents(session.native, recorder.id, 0, MANY);
    for (const text of linesOf(events, recorder.precision)) appendSync(recorder, text);
    session.native.releaseEvents(recorder.id, end);
  }
}

async function append({ file }: WrittenRecorder, text: string): Promise<void> {
  if (file === undefined) {
    await new Promise<void>((resolve) => process.stdout.write(text, () => resolve()));
    return;
  }
  try {
    await fs.promises.appendFile(file, text);
  } catch (cause) {
    throw failed('written', file, cause);
  }
}

function appendSync({ file }: WrittenRecorder, text: string): void {
  try {
    if (file === undefined) process.stdout.write(text);
    else fs.appendFileSync(file, text);
  } catch (cause) {
    throw failed('written', file ?? 'standard output', cause);
  }
}

function fileExists({ id, name, file }: WrittenRecorder): IOError {
  return new IOError(
    `The file ${name} of recorder ${id} exists; set overwrite_files to true, or another label, ` +
      'data_path or data_prefix.',
    { node: id, file, parameter: 'overwrite_files' },
  );
}

function failed(what: 'made' | 'written' | 'continued', file: string, cause: unknown): IOError {
  const reason = (cause as NodeJS.ErrnoException).code ?? String(cause);
  const error = new IOError(`The file ${file} cannot be ${what}: ${reason}.`, { file, reason });
  error.cause = cause;
  return error;
}
