import { namedColumns } from './recorder-events';
import { models } from './registry';
import type { RecorderEvents } from './event-types';

// What the columns of recorded events are, for all that writes them with a type of their own.

/** How the numbers of a column are written. */
export type ColumnKind = 'float64' | 'int64' | 'uint32';

export interface RecordingColumn {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Unit of its numbers; undefined where it depends on the model, or where there is none. */
  readonly unit: string | undefined;
  readonly values: Float64Array | Uint32Array;
}

/** What weight recorders have besides numbers. */
export const integerColumns: readonly string[] = ['targets', 'receptors', 'ports'];

/** Units of what is recorded, where all models that have it agree. */
const units: ReadonlyMap<string, string> = unitsOfRecordables();

/** Unit of a recordable, where all models that have it agree; each receptor has what the first has. */
export const unitOf = (recordable: string): string | undefined =>
  units.get(recordable) ?? units.get(recordable.replace(/_\d+$/, '_1'));

/** The columns of events, in their order: times in ms, or in steps where there are offsets. */
export function columnsOf(events: RecorderEvents): RecordingColumn[] {
  const inSteps = events.offsets !== undefined;
  return namedColumns(events).map(([name, values]) => {
    if (name === 'times') {
      return { name, values, kind: inSteps ? 'int64' : 'float64', unit: inSteps ? 'steps' : 'ms' };
    }
    const isInteger = name === 'senders' || integerColumns.includes(name);
    const unit = name === 'offsets' ? 'ms' : unitOf(name);
    return { name, values, kind: isInteger ? 'uint32' : 'float64', unit };
  });
}

function unitsOfRecordables(): Map<string, string> {
  const found = new Map<string, Set<string>>();
  for (const { parameters, recordables } of models.values()) {
    for (const { name, unit } of parameters) {
      if (recordables.includes(name)) found.set(name, (found.get(name) ?? new Set()).add(unit));
    }
  }
  const agreed = [...found].flatMap(([name, [unit, other]]) =>
    unit && other === undefined ? [[name, unit] as const] : [],
  );
  return new Map(agreed);
}
