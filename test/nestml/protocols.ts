// What neurons are given in the tests of compiled models: spikes and a current.
import type { Fine, Received } from './fine/fine';

/** Spikes at the times of a generator (ms), through a synapse. */
export interface Input {
  readonly receptor_type: number;
  readonly weight: number;
  readonly delay: number;
  readonly spike_times: readonly number[];
}

/** A current of `amplitude` from `start` to `stop` through a connection. */
export interface Current {
  readonly amplitude: number;
  readonly start: number;
  readonly stop: number;
  readonly delay: number;
  readonly weight?: number;
  readonly receptor_type?: number;
}

export interface Protocol {
  readonly resolution: number;
  readonly sim_time: number;
  readonly inputs: readonly Input[];
  readonly dc: Current | null;
  /** Currents besides, which plain equations do not take. */
  readonly others?: readonly Current[];
}

/** States at the end of every step, by name, and the steps at whose end there are spikes. */
export interface Course {
  readonly states: Readonly<Record<string, number[]>>;
  readonly spikes: number[];
}

/** The weights that arrive in each step, which ends at (k + 1) · resolution. */
export function arrivals({ resolution, sim_time, inputs }: Protocol): Received[] {
  const steps = Math.round(sim_time / resolution);
  const sums = Array.from({ length: steps }, () => new Map<number, [number, number]>());
  for (const { receptor_type, weight, delay, spike_times } of inputs) {
    for (const time of spike_times) {
      const at = sums[Math.round((time + delay) / resolution) - 1];
      if (!at) continue;
      const sum = at.get(receptor_type) ?? [0, 0];
      sum[weight > 0 ? 0 : 1] += weight;
      at.set(receptor_type, sum);
    }
  }
  return sums.map((of) => ({
    plus: (receptor) => of.get(receptor)?.[0] ?? 0,
    minus: (receptor) => of.get(receptor)?.[1] ?? 0,
  }));
}

/** The current of each step: what a device sends is read at the end of a step, for the next. */
export function currents({ resolution, sim_time, dc }: Protocol): number[] {
  const steps = Math.round(sim_time / resolution);
  if (!dc) return new Array<number>(steps).fill(0);
  const [first, last] = [dc.start, dc.stop].map((ms) => Math.round((ms + dc.delay) / resolution));
  return Array.from({ length: steps }, (_, k) => (k >= first! && k < last! ? dc.amplitude : 0));
}

/** A neuron of plain equations under a protocol. */
export function courseOf(neuron: Fine, protocol: Protocol, substeps = 1000): Course {
  const states: Record<string, number[]> = {};
  const spikes: number[] = [];
  const given = arrivals(protocol);
  currents(protocol).forEach((current, k) => {
    const t = k * protocol.resolution;
    if (neuron.step(given[k]!, current, t, substeps)) spikes.push(k + 1);
    const named = neuron.names.map((name, i): [string, number] => [name, neuron.y[i]!]);
    for (const [name, value] of [...named, ...Object.entries(neuron.derived())]) {
      (states[name] ??= []).push(value);
    }
  });
  return { states, spikes };
}
