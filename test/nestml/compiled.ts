// Networks of neurons that do not know of each other, of a built-in model or of one of a text, under
// one protocol.
import path from 'node:path';
import { Kernel, type NodeCollection } from '../../lib';
import { column, recordSpikes, sampleEveryStep, toSteps } from '../reference/compare';
import type { Course, Protocol } from './protocols';

/** What is simulated. */
export interface Population {
  readonly model: string;
  /** The text in models/ that has the model; none: it is built in. */
  readonly text?: string;
  readonly count?: number;
  readonly params?: Readonly<Record<string, number | boolean | readonly number[]>>;
  /** Kernel attributes. */
  readonly status?: Readonly<Record<string, number>>;
}

/** A kernel that has the models of texts in models/. */
export async function kernelWith(resolution: number, ...texts: readonly string[]): Promise<Kernel> {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ resolution });
  const files = texts.map((name) => path.join(__dirname, 'models', `${name}.nestml`));
  await kernel.LoadModel(files.map((file) => ({ path: file })));
  return kernel;
}

/** The values of all numbers of a neuron, by name; true is 1. */
export async function numbersOf(
  { model, text, params = {} }: Population,
  resolution: number,
): Promise<Record<string, number>> {
  const kernel = await kernelWith(resolution, ...(text === undefined ? [] : [text]));
  const values: Readonly<Record<string, unknown>> = { ...kernel.Create(model, 1, params).get() };
  const isNumber = (value: unknown) => typeof value === 'number' || typeof value === 'boolean';
  const numbers = Object.entries(values).filter(([, value]) => isNumber(value));
  return Object.fromEntries(numbers.map(([name, value]) => [name, Number(value)]));
}

/** The course of each neuron, with the states of these names. */
export async function simulate(
  { model, text, count = 1, params = {}, status = {} }: Population,
  protocol: Protocol,
  names: readonly string[],
): Promise<Course[]> {
  const kernel = await kernelWith(protocol.resolution, ...(text === undefined ? [] : [text]));
  kernel.SetKernelStatus(status);
  const nodes = kernel.Create(model, count, params);
  drive(kernel, nodes, protocol);
  const meter = sampleEveryStep(kernel, nodes, names);
  const recorder = recordSpikes(kernel, nodes);
  // A step more, because a multimeter does not have the last one yet.
  kernel.SimulateSync(protocol.sim_time + protocol.resolution);
  const steps = Math.round(protocol.sim_time / protocol.resolution);
  const courses = new Map(
    Array.from(nodes.ids, (id): [number, Course] => [
      id,
      { states: Object.fromEntries(names.map((name) => [name, []])), spikes: [] },
    ]),
  );
  const { senders } = meter.events;
  for (const name of names) {
    const values = column(meter, name);
    senders.forEach((id, i) => {
      const states = courses.get(id)!.states[name]!;
      if (states.length < steps) states.push(values[i]!);
    });
  }
  const spikes = recorder.events;
  toSteps(spikes.times, protocol.resolution).forEach((step, i) => {
    if (step <= steps) courses.get(spikes.senders[i]!)!.spikes.push(step);
  });
  return [...courses.values()];
}

function drive(kernel: Kernel, nodes: NodeCollection, { inputs, dc, others = [] }: Protocol): void {
  for (const { receptor_type, weight, delay, spike_times } of inputs) {
    const generator = kernel.Create('spike_generator', { spike_times });
    const receptor = receptor_type === 0 ? {} : { receptor_type };
    kernel.Connect(generator, nodes, 'all_to_all', { weight, delay, ...receptor });
  }
  for (const { delay, weight = 1, receptor_type, ...current } of dc ? [dc, ...others] : others) {
    const generator = kernel.Create('dc_generator', current);
    const receptor = receptor_type === undefined ? {} : { receptor_type };
    kernel.Connect(generator, nodes, 'all_to_all', { weight, delay, ...receptor });
  }
}

/** Largest |a − b| / max(1, |b|) of two courses' states in the first steps. */
export function distance(a: Course, b: Course, names: readonly string[], steps = Infinity): number {
  let worst = 0;
  for (const name of names) {
    const [mine, theirs] = [a.states[name]!, b.states[name]!];
    const count = Math.min(steps, theirs.length);
    for (let k = 0; k < count; k++) {
      const error = Math.abs(mine[k]! - theirs[k]!) / Math.max(1, Math.abs(theirs[k]!));
      if (!(error <= worst)) worst = Number.isNaN(error) ? Infinity : error;
    }
  }
  return worst;
}
