import fs from 'node:fs';
import { BadStateFile } from './errors';
import { checkObject, isInstance, isList, mismatch } from './forms';
import { IdSet } from './id-set';
import { type AsyncOptions, checkAsyncOptions, runJob } from './job';
import type { NativeExtras, NativeLoaded } from './native';
import type { NodeCollection } from './node-collection';
import { makeNodes, nodeIdsOf } from './node-collection';
import { version } from './generated/version';
import { formatNames } from './recording-format';
import type { Session, WrittenRecorder } from './session';
import type { AbortSignalLike } from './signal';
import { checkKeys } from './suggest';

// Saving, loading and resetting a kernel's state. Its format is described in docs/state-file.md.

/** What is saved besides the network. */
export interface SavedWith {
  /** Nodes that are to be found again by a name. */
  readonly collections?: Readonly<Record<string, NodeCollection>>;
  /** Bytes of the program's own: a score, a game. */
  readonly user?: Uint8Array;
}

/** Options of SaveState. */
export interface SaveOptions extends SavedWith, AsyncOptions {}

/** How a state is loaded. */
export interface LoadedWith {
  /** Threads to simulate with, in place of those that were saved; the results do not depend on it. */
  readonly local_num_threads?: number;
}

/** Options of LoadState. */
export interface LoadOptions extends LoadedWith, AsyncOptions {}

/** What a state has with its network. */
export interface LoadedExtras {
  /** The collections that were saved, by their names. */
  readonly collections: Record<string, NodeCollection>;
  /** The bytes of the program's own; empty if there were none. */
  readonly user: Uint8Array;
  /** The version that has written it, e.g. `tegmenta 1.2.0`. */
  readonly written_by: string;
}

/** What ResetState can leave as it is. */
export type KeptByReset = 'weights' | 'eligibility' | 'modulators' | 'recorders';

/** What ResetState leaves as it is, and the noise that follows. */
export interface ResetOptions {
  /**
   * What stays: `weights` of plastic synapses, the `eligibility` of those that reward or dopamine
   * gates, the dopamine of `modulators`, what `recorders` hold. Default: weights.
   */
  readonly keep?: readonly KeptByReset[];
  /**
   * Seed of what is drawn while time passes (Poisson trains, noise, stochastic synapses and
   * thresholds), apart from the construction's; setting rng_seed sets both.
   */
  readonly seed?: number;
}

interface SavedFile extends WrittenRecorder {
  readonly bytes?: number;
}

/** What lib/ itself keeps with a state. */
interface About {
  readonly written_by: string;
  /** Recorders that write, and how long their files are. */
  readonly files: readonly SavedFile[];
}

/** Bytes that are copied between two turns of the event loop. */
const pieceBytes = 2 ** 24;

const noBytes = new Uint8Array();

/** Arguments of SaveState: a path or not, and options. @internal */
export function saveArguments<Options extends SavedWith>(
  session: Session,
  caller: string,
  args: readonly [pathOrOptions?: string | Options, options?: Options],
  others: readonly string[] = [],
): { path: string | undefined; options: Options; extras: NativeExtras } {
  const [first, second] = args;
  const [path, given] = typeof first === 'string' ? [first, second] : [undefined, first];
  if (path === undefined && first !== undefined && second !== undefined) {
    throw mismatch('path', 'a path', first, caller);
  }
  const options = given ?? ({} as Options);
  checkObject(options, 'options', 'an object', caller);
  checkKeys(options, ['collections', 'user', ...others], `${caller} has no option`);
  if (path === '') throw mismatch('path', 'a path', path, caller);
  return { path, options, extras: extrasOf(session, caller, options) };
}

function extrasOf(session: Session, caller: string, given: SavedWith): NativeExtras {
  const { collections = {}, user = noBytes } = given;
  checkObject(collections, 'collections', 'an object of node collections', caller);
  if (!isInstance(user, Uint8Array)) throw mismatch('user', 'a Uint8Array', user, caller);
  const idsOf = nodeIdsOf(session);
  const named = Object.entries(collections).map(([name, nodes]) => {
    const ids = idsOf(nodes);
    if (!ids) throw mismatch(`collections.${name}`, 'a NodeCollection', nodes, caller);
    return { name, ids };
  });
  return { about: JSON.stringify(aboutOf(session)), collections: named, user };
}

function aboutOf(session: Session): About {
  const files = [...session.written.values()].map((recorder) => {
    const { file } = recorder;
    const bytes = file === undefined ? undefined : (session.cut.get(file) ?? sizeOf(file));
    return { ...recorder, ...(bytes !== undefined && { bytes }) };
  });
  return { written_by: `tegmenta ${version}`, files };
}

const sizeOf = (file: string): number | undefined =>
  fs.statSync(file, { throwIfNoEntry: false })?.size;

/** Saves on a thread of its own. @internal */
export async function saveState(
  session: Session,
  path: string | undefined,
  extras: NativeExtras,
  { signal, onProgress }: AsyncOptions,
): Promise<Uint8Array | undefined> {
  const saved = await session.during(signal, (own) =>
    runJob(
      session,
      { ...(onProgress && { onProgress }), signal: own },
      (core, reached) => core.saveStateAsync(path, extras, reached),
      (result) => result === false,
      'save',
    ),
  );
  return typeof saved === 'boolean' ? undefined : new Uint8Array(saved);
}

/** Saves on the calling thread. @internal */
export function saveStateSync(
  session: Session,
  path: string | undefined,
  extras: NativeExtras,
): Uint8Array | undefined {
  const saved = session.open.saveState(path, extras);
  return saved === true ? undefined : new Uint8Array(saved);
}

/** @internal */
export function checkLoadArguments(
  caller: string,
  from: unknown,
  options: LoadOptions,
  isAsync: boolean,
): void {
  if ((typeof from !== 'string' || from === '') && !isInstance(from, Uint8Array)) {
    throw mismatch('from', 'a path or a Uint8Array', from, caller);
  }
  if (isAsync) {
    checkAsyncOptions(caller, options, ['local_num_threads']);
  } else {
    checkObject(options, 'options', 'an object', caller);
    checkKeys(options, ['local_num_threads'], `${caller} has no option`);
  }
  const { local_num_threads: threads } = options;
  if (threads !== undefined && typeof threads !== 'number') {
    throw mismatch('local_num_threads', 'a number', threads, caller);
  }
}

/** Loads into a session on a thread of its own. @internal */
export async function loadState(
  session: Session,
  from: string | Uint8Array,
  { signal, onProgress, local_num_threads: threads }: LoadOptions,
): Promise<LoadedExtras> {
  const loaded = await session.during(signal, async (own) => {
    const source = typeof from === 'string' ? from : await copyOf(from, own);
    return runJob(
      session,
      { ...(onProgress && { onProgress }), signal: own },
      (core, reached) => core.loadStateAsync(source, threads, reached),
      (result) => result === null,
      'load',
    ).finally(() => source.length); // alive until the thread has ended
  });
  return adopt(session, loaded!);
}

/** Loads into a session on the calling thread. @internal */
export function loadStateSync(
  session: Session,
  from: string | Uint8Array,
  { local_num_threads: threads }: LoadedWith,
): LoadedExtras {
  return adopt(session, session.open.loadState(from, threads));
}

/** Bytes of our own: those of users may change, or go to another thread, while they are read. */
async function copyOf(bytes: Uint8Array, signal: AbortSignalLike): Promise<Uint8Array> {
  const copy = new Uint8Array(bytes.length);
  for (let at = 0; at < copy.length; at += pieceBytes) {
    copy.set(bytes.subarray(at, at + pieceBytes), at);
    await new Promise(setImmediate);
    signal.throwIfAborted();
  }
  return copy;
}

function adopt(session: Session, loaded: NativeLoaded): LoadedExtras {
  const { files, written_by } = readAbout(loaded.about);
  session.restored(loaded.ranges);
  session.written = new Map(
    files.map(({ id, name, file, format, model, precision }) => [
      id,
      { id, name, file, format, model, precision },
    ]),
  );
  session.cut = new Map(
    files.flatMap(({ file, bytes }) =>
      file === undefined || bytes === undefined ? [] : [[file, bytes] as const],
    ),
  );
  const collections = loaded.collections.map(
    ({ name, u32 }) => [name, makeNodes(session, IdSet.from(new Uint32Array(u32)))] as const,
  );
  return {
    collections: Object.fromEntries(collections),
    user: new Uint8Array(loaded.user),
    written_by,
  };
}

/** Not what somebody else has put there, but for its form. */
function readAbout(text: string): About {
  try {
    const { files, written_by } = JSON.parse(text) as Partial<About>;
    if (Array.isArray(files) && files.every(isFile) && typeof written_by === 'string') {
      return { files: files.map(asNow), written_by };
    }
  } catch {
    // as below
  }
  throw new BadStateFile('This state is damaged: it does not say by what it was written.', {
    reason: 'corrupted',
  });
}

/** As it is written now; earlier versions knew texts only, and did not say so. */
const asNow = ({ id, name, file, model, precision, bytes, format }: SavedFile): SavedFile => ({
  ...{ id, name, file, precision, model: model ?? '' },
  format: format ?? (file === undefined ? undefined : 'ascii'),
  ...(bytes !== undefined && { bytes }),
});

const isFile = (given: unknown): boolean => {
  const { id, name, file, model, format, precision, bytes } = (given ?? {}) as Partial<SavedFile>;
  return (
    typeof id === 'number' &&
    typeof precision === 'number' &&
    [name, file, model].every((text) => text === undefined || typeof text === 'string') &&
    [undefined, ...formatNames].includes(format) &&
    (bytes === undefined || (Number.isSafeInteger(bytes) && bytes >= 0))
  );
};

/** @internal */
export function resetState(session: Session, options: ResetOptions): void {
  checkObject(options, 'options', 'an object', 'ResetState');
  checkKeys(options, ['keep', 'seed'], 'ResetState has no option');
  const { keep = ['weights'], seed } = options;
  if (!isList(keep) || !Array.from(keep).every((name) => typeof name === 'string')) {
    throw mismatch('keep', 'an array of names', keep, 'ResetState');
  }
  if (seed !== undefined && typeof seed !== 'number') {
    throw mismatch('seed', 'a number', seed, 'ResetState');
  }
  session.open.resetState(Array.from(keep), seed);
  if (!keep.includes('recorders')) session.clearStreams();
}
