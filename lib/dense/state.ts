import { BadStateFile } from '../errors';
import { isInstance, mismatch } from '../forms';

// States of dense components, in the format of docs/state-file.md: a section "dense" with what the
// component was made with, its arrays and its counters.

/** What a component is, besides what it was made with. */
export interface DenseParts {
  readonly arrays: Readonly<Record<string, Float64Array>>;
  /** Counters and flags. */
  readonly values: Readonly<Record<string, number | boolean>>;
}

/** What options may be made of. */
type Plain = number | boolean | string | Float64Array | readonly Plain[] | PlainRecord;
interface PlainRecord {
  readonly [name: string]: Plain;
}

const magic = Uint8Array.of(0x89, 0x54, 0x47, 0x4d, 0x0d, 0x0a, 0x1a, 0x0a);
const version = 1;
const letter = (text: string): number => text.charCodeAt(0);

/** Options that can be saved: without initial weights, which the weights themselves replace. */
export function keptOptions(given: object): Readonly<Record<string, unknown>> {
  const { weight_init, weight_mask, ...options } = given as Record<string, unknown>;
  void weight_init;
  return weight_mask === undefined ? options : { ...options, weight_mask: 1 };
}

/** The bytes of a component. */
export function packState(
  component: string,
  options: Readonly<Record<string, unknown>>,
  { arrays, values }: DenseParts,
): Uint8Array {
  const writer = new Writer();
  writer.raw(magic);
  writer.u32(version);
  const content = new Writer();
  for (const [name, value] of Object.entries({ component, options, arrays, values })) {
    content.name(name);
    content.value(value as Plain);
  }
  writer.section('dense', content.bytes());
  writer.section('end', new Uint8Array());
  return writer.bytes();
}

/**
 * What packState has written of such a component.
 * @throws TypeMismatch for what are no bytes; BadStateFile for what is no state of one.
 */
export function unpackState(
  component: string,
  bytes: unknown,
): DenseParts & { readonly options: Record<string, unknown> } {
  if (!isInstance(bytes, Uint8Array)) throw mismatch('bytes', 'a Uint8Array', bytes, component);
  const content = new Reader(bytes).content();
  const {
    component: found,
    options,
    arrays,
    values,
  } = content as unknown as {
    component: unknown;
    options: Record<string, unknown>;
    arrays: Record<string, Float64Array>;
    values: Record<string, number | boolean>;
  };
  if (found !== component) throw bad('foreign', `it is of ${String(found)}, not of ${component}`);
  return { options, arrays, values };
}

/** Puts arrays of a state into those of a component. @throws BadStateFile, and nothing is changed. */
export function putArrays(to: DenseParts['arrays'], from: DenseParts['arrays']): void {
  for (const [name, array] of Object.entries(to)) {
    const given: unknown = from[name];
    if (!isInstance(given, Float64Array) || given.length !== array.length) {
      throw bad('corrupted', `${name} has another length`);
    }
  }
  for (const [name, array] of Object.entries(to)) array.set(from[name]!);
}

/** A counter of a state. @throws BadStateFile */
export function countOf(values: DenseParts['values'], name: string): number {
  const value = values[name];
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw bad('corrupted', `${name} is no count`);
}

/** A number of a state. @throws BadStateFile */
export function numberOf(values: DenseParts['values'], name: string): number {
  const value = values[name];
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw bad('corrupted', `${name} is no number`);
}

/** A flag of a state. @throws BadStateFile */
export function flagOf(values: DenseParts['values'], name: string): boolean {
  const value = values[name];
  if (typeof value === 'boolean') return value;
  throw bad('corrupted', `${name} is neither true nor false`);
}

const texts = {
  foreign: 'This is no such state',
  newer: 'This state was written by a later version of tegmenta',
  truncated: 'This state is not complete',
  corrupted: 'This state is damaged',
} as const;

const bad = (reason: keyof typeof texts, what: string): BadStateFile =>
  new BadStateFile(`${texts[reason]}: ${what}. Nothing was loaded.`, { reason });

class Writer {
  readonly #pieces: Uint8Array[] = [];

  raw(bytes: Uint8Array): void {
    this.#pieces.push(bytes);
  }
  u8(value: number): void {
    this.raw(Uint8Array.of(value));
  }
  u32(value: number): void {
    const bytes = new DataView(new ArrayBuffer(4));
    bytes.setUint32(0, value, true);
    this.raw(new Uint8Array(bytes.buffer));
  }
  u64(value: number): void {
    const bytes = new DataView(new ArrayBuffer(8));
    bytes.setBigUint64(0, BigInt(value), true);
    this.raw(new Uint8Array(bytes.buffer));
  }
  f64(value: number): void {
    const bytes = new DataView(new ArrayBuffer(8));
    bytes.setFloat64(0, value, true);
    this.raw(new Uint8Array(bytes.buffer));
  }
  name(text: string): void {
    const bytes = new TextEncoder().encode(text);
    this.u8(bytes.length);
    this.raw(bytes);
  }

  value(value: Plain): void {
    if (typeof value === 'number') {
      this.u8(letter('d'));
      this.f64(value);
    } else if (typeof value === 'boolean') {
      this.u8(letter('?'));
      this.u8(Number(value));
    } else if (typeof value === 'string') {
      const bytes = new TextEncoder().encode(value);
      this.u8(letter('s'));
      this.u64(bytes.length);
      this.raw(bytes);
    } else if (isInstance(value, Float64Array)) {
      this.raw(Uint8Array.of(letter('a'), letter('d')));
      this.u64(value.length);
      this.raw(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    } else if (Array.isArray(value)) {
      this.u8(letter('['));
      this.u64(value.length);
      for (const element of value as readonly Plain[]) this.value(element);
    } else {
      this.u8(letter('{'));
      for (const [name, element] of Object.entries(value as PlainRecord)) {
        if ((element as unknown) === undefined) continue;
        this.name(name);
        this.value(element);
      }
      this.name('');
    }
  }

  section(name: string, content: Uint8Array): void {
    const own = new Writer();
    own.name(name);
    own.u64(content.length);
    own.raw(content);
    const bytes = own.bytes();
    this.raw(bytes);
    this.u32(crc32(bytes));
  }

  bytes(): Uint8Array {
    const all = new Uint8Array(this.#pieces.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const piece of this.#pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    return all;
  }
}

class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  content(): Record<string, Plain> {
    const { length } = magic;
    if (!magic.every((byte, i) => this.#bytes[i] === byte)) {
      throw bad('foreign', 'it does not begin as one does');
    }
    this.#at = length;
    if (this.#number(4) > version) throw bad('newer', 'its format has a later version');
    const sections = new Map<string, [begin: number, end: number]>();
    for (let name = ''; name !== 'end';) {
      const begin = this.#at;
      name = this.#name();
      const bytes = this.#number(8);
      const from = this.#at;
      this.#skip(bytes);
      const sum = crc32(this.#bytes.subarray(begin, this.#at));
      if (this.#number(4) !== sum) throw bad('corrupted', `the checksum of '${name}' is wrong`);
      sections.set(name, [from, from + bytes]);
    }
    const dense = sections.get('dense');
    if (!dense || this.#at !== this.#bytes.length) throw bad('foreign', 'it is of no component');
    return this.#record(dense);
  }

  #record([begin, end]: [number, number]): Record<string, Plain> {
    const entries: [string, Plain][] = [];
    for (this.#at = begin; this.#at < end;) entries.push([this.#name(), this.#value()]);
    return Object.fromEntries(entries);
  }

  #skip(bytes: number): void {
    if (bytes > this.#bytes.length - this.#at) throw bad('truncated', 'it ends too early');
    this.#at += bytes;
  }
  /** Little-endian, without sign. */
  #number(bytes: 1 | 4 | 8): number {
    this.#skip(bytes);
    const at = this.#at - bytes;
    if (bytes === 1) return this.#view.getUint8(at);
    return bytes === 4 ? this.#view.getUint32(at, true) : Number(this.#view.getBigUint64(at, true));
  }
  #text(bytes: number): string {
    this.#skip(bytes);
    return new TextDecoder().decode(this.#bytes.subarray(this.#at - bytes, this.#at));
  }
  #name(): string {
    return this.#text(this.#number(1));
  }

  #value(depth = 0): Plain {
    if (depth > 32) throw bad('corrupted', 'it is nested without end');
    const tag = String.fromCharCode(this.#number(1));
    switch (tag) {
      case 'd':
        this.#skip(8);
        return this.#view.getFloat64(this.#at - 8, true);
      case '?':
        return this.#number(1) !== 0;
      case 's':
        return this.#text(this.#number(8));
      case 'a':
        return this.#array();
      case '[': {
        const count = this.#number(8);
        if (count > this.#bytes.length) throw bad('corrupted', 'a list is longer than the state');
        return Array.from({ length: count }, () => this.#value(depth + 1));
      }
      case '{': {
        const entries: [string, Plain][] = [];
        for (let name = this.#name(); name !== ''; name = this.#name()) {
          entries.push([name, this.#value(depth + 1)]);
        }
        return Object.fromEntries(entries);
      }
      default:
        throw bad('corrupted', 'it has a value of an unknown type');
    }
  }

  #array(): Float64Array {
    if (this.#number(1) !== letter('d')) throw bad('corrupted', 'an array is of another type');
    const count = this.#number(8);
    if (count > this.#bytes.length) throw bad('corrupted', 'an array is longer than the state');
    this.#skip(8 * count);
    // Where it lies is no multiple of 8.
    const copy = new Uint8Array(8 * count);
    copy.set(this.#bytes.subarray(this.#at - copy.length, this.#at));
    return new Float64Array(copy.buffer);
  }
}

/** CRC-32 as of zlib. */
function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (sum >>> 8) ^ crcTable[(sum ^ byte) & 0xff]!;
  return (sum ^ 0xffffffff) >>> 0;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum >>> 0;
});
