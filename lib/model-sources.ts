import { createReadStream } from 'node:fs';
import { BadParameterValue } from './errors';
import { fileFailed } from './file-errors';
import { checkKeys } from './suggest';
import { checkObject, isList, mismatch } from './forms';
import type { ModelSource } from './loaded-models';
import type { ModelText } from './nestml/compiled-texts';

// Where models come from: texts, and files that hold them.

/** Most characters of a text: as many as some hundred models have. */
const MOST_CHARACTERS = 2 ** 18;
/** In UTF-8, where one takes three of them at most. */
const MOST_BYTES = 3 * MOST_CHARACTERS;

/**
 * The texts of sources, in their order.
 * @throws TypeMismatch, UnaccessedDictionaryEntry, BadParameterValue; IOError of a file
 * @internal
 */
export async function textsOf(
  caller: string,
  sources: ModelSource | readonly ModelSource[],
): Promise<ModelText[]> {
  const given = isList(sources)
    ? Array.from(sources, (source, i) => checkSource(caller, `source[${i}]`, source))
    : [checkSource(caller, 'source', sources)];
  const texts: ModelText[] = [];
  for (const [i, one] of given.entries()) {
    const origin = given.length > 1 ? `source[${i}]` : undefined;
    texts.push(
      typeof one === 'string' ? { text: one, origin } : await textOfFile(caller, one.path),
    );
  }
  return texts;
}

function checkSource(caller: string, name: string, source: unknown): ModelSource {
  if (typeof source === 'string') {
    if (/^[^\n]+\.nestml$/.test(source)) throw fileName(caller, name, source);
    checkLength(caller, name, source);
    return source;
  }
  checkObject(source, name, 'a text or { path }', caller);
  checkKeys(source as object, ['path'], `${caller}: ${name} has no key`);
  const { path } = source as { readonly path?: unknown };
  if (typeof path !== 'string' || path === '') {
    throw mismatch(`${name}.path`, 'a path', path, caller);
  }
  return { path };
}

function fileName(caller: string, parameter: string, value: string): BadParameterValue {
  const allowed = 'a text in NESTML, or { path } of a file that holds one';
  return new BadParameterValue(
    `${caller}: ${parameter} must be ${allowed}; '${value}' is the name of a file.`,
    { parameter, value, allowed },
  );
}

function checkLength(caller: string, parameter: string, text: string, file?: string): void {
  if (text.length > MOST_CHARACTERS) throw tooLong(caller, parameter, file);
}

function tooLong(caller: string, parameter: string, file: string | undefined): BadParameterValue {
  const allowed = `at most ${MOST_CHARACTERS} characters`;
  return new BadParameterValue(`${caller}: ${file ?? parameter} must have ${allowed}.`, {
    ...{ parameter, allowed, file },
  });
}

/**
 * The text of a file, which may be any.
 * @throws IOError, BadParameterValue
 * @internal
 */
export async function textOfFile(caller: string, file: string): Promise<ModelText> {
  const bytes = await firstBytes(file, MOST_BYTES + 1);
  if (bytes.length > MOST_BYTES) throw tooLong(caller, 'path', file);
  const text = decoded(bytes, file);
  checkLength(caller, 'path', text, file);
  return { text, file, origin: file };
}

function decoded(bytes: Buffer, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw fileFailed('read', file, cause);
  }
}

/** So many, so that a file without an end is read to one. */
async function firstBytes(file: string, most: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of createReadStream(file, { end: most - 1 })) {
      pieces.push(piece as Buffer);
    }
  } catch (cause) {
    throw fileFailed('read', file, cause);
  }
  return Buffer.concat(pieces);
}
