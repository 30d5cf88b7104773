import type { Kernel, NodeCollection, RecorderEvents } from '../../lib';

/** Grid steps of times in ms; the times have to be on the grid to within rounding. */
export function toSteps(times: ArrayLike<number>, resolution = 0.1): number[] {
  return Array.from(times, (t) => {
    const step = Math.round(t / resolution);
    if (Math.abs(step * resolution - t) > 1e-9 * Math.max(1, t)) {
      throw new Error(`${t} ms is not a multiple of ${resolution} ms`);
    }
    return step;
  });
}

/** Largest |a − b| / max(1, |b|), and where it is; Infinity where lengths differ. */
export function worst(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
): { error: number; at: number } {
  let result = { error: 0, at: -1 };
  for (let i = 0; i < expected.length; i++) {
    const b = expected[i] ?? NaN;
    const error = Math.abs((actual[i] ?? NaN) - b) / Math.max(1, Math.abs(b));
    if (!(error <= result.error)) result = { error: Number.isNaN(error) ? Infinity : error, at: i };
    if (result.error === Infinity) break;
  }
  return result;
}

/** A multimeter on nodes that samples every step. */
export function sampleEveryStep(
  kernel: Kernel,
  nodes: NodeCollection,
  recordables: readonly string[] = ['V_m'],
): NodeCollection<'multimeter', false> {
  const interval = kernel.GetKernelStatus('resolution');
  const meter = kernel.Create('multimeter', { interval, record_from: recordables });
  kernel.Connect(meter, nodes);
  return meter;
}

/** A column of what a recorder holds. */
export function column(
  recorder: { readonly events: RecorderEvents },
  name: string,
): Float64Array | Uint32Array {
  const columns: Readonly<Record<string, Float64Array | Uint32Array>> = { ...recorder.events };
  const values = columns[name];
  if (!values) throw new Error(`${name} was not recorded`);
  return values;
}

/** A spike_recorder on nodes. */
export function recordSpikes(
  kernel: Kernel,
  nodes: NodeCollection,
): NodeCollection<'spike_recorder', false> {
  const recorder = kernel.Create('spike_recorder');
  kernel.Connect(nodes, recorder);
  return recorder;
}
