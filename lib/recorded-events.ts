import fs from 'node:fs';
import { headLine, textPieces } from './event-text';
import { fileFailed } from './file-errors';
import { mismatch } from './forms';
import { namedColumns } from './recorder-events';
import { ArrowWriter } from './recording-arrow';
import type { ArrowTable, EventConversions, RecorderEvents } from './event-types';

/** What the events of a recorder can do; see EventConversions. */
const conversions: PropertyDescriptorMap & ThisType<RecorderEvents> = {
  toArrow: hidden(function (this: RecorderEvents): ArrowTable {
    return new ArrowWriter('toArrow').table({ ...this });
  }),
  toCSV: hidden(async function (this: RecorderEvents, path: string): Promise<void> {
    if (typeof path !== 'string' || path === '') throw mismatch('path', 'a path', path, 'toCSV');
    await writeText(path, { ...this });
  }),
  toJSON: hidden(function (this: RecorderEvents): Record<string, number[]> {
    return Object.fromEntries(namedColumns(this).map(([name, list]) => [name, Array.from(list)]));
  }),
};

function hidden(value: unknown): PropertyDescriptor {
  return { value, enumerable: false, writable: true, configurable: true };
}

/**
 * Gives events what they can be made into. Not by a class: they are compared with plain objects.
 * @internal
 */
export function withConversions<Events extends RecorderEvents>(
  events: Events,
): Events & EventConversions {
  return Object.defineProperties(events, conversions) as Events & EventConversions;
}

async function writeText(path: string, events: RecorderEvents): Promise<void> {
  let handle: fs.promises.FileHandle;
  try {
    handle = await fs.promises.open(path, 'w');
  } catch (cause) {
    throw fileFailed('made', path, cause);
  }
  try {
    await handle.write(headLine.csv(events));
    for (const text of textPieces('csv', events)) await handle.write(text);
  } catch (cause) {
    throw fileFailed('written', path, cause);
  } finally {
    await handle.close();
  }
}
