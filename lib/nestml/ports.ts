import type { CheckedModel } from './checked-model';
import type { Port } from './syntax';

// How the ports of a model are addressed from outside: by receptor numbers.

/** One port of spikes, or one of a vector of them: a part of what a receptor gets. */
export interface SpikeInput {
  readonly port: Port;
  /** Its place in a vector. */
  readonly index: number | undefined;
  /** Weights of which sign are summed up for it. */
  readonly takes: 'positive' | 'negative' | 'all';
  /** The sum is multiplied by this: of inhibitory ports the magnitude is read. */
  readonly sign: 1 | -1;
}

/** What connections address by one number. */
export interface Receptor {
  readonly number: number;
  /** By which `receptor_types` knows it: `EXC`, `P_0`. */
  readonly names: readonly string[];
  /** One, or an excitatory and an inhibitory one. */
  readonly inputs: readonly SpikeInput[];
}

/** A continuous port, or one of a vector of them. */
export interface CurrentInput {
  readonly number: number;
  readonly name: string;
  readonly port: Port;
  readonly index: number | undefined;
}

export interface PortNumbers {
  /** Whether receptors are numbered from 1; otherwise there is at most one, and its number is 0. */
  readonly isNumbered: boolean;
  readonly receptors: readonly Receptor[];
  /** Numbered from 0. */
  readonly currents: readonly CurrentInput[];
}

/**
 * The numbers of all ports of a model that has no errors, in the order of its text. An excitatory port
 * and the next inhibitory one (or the other way round) share a number, vectors of one size element by
 * element; every other port has a number of its own.
 * Source: NESTML 8 language documentation, "Input"; which ports are pairs: docs/nest-differences.md.
 */
export function portNumbers(model: CheckedModel): PortNumbers {
  const groups = grouped(model);
  const receptors = groups.flatMap((group) =>
    indexes(model, group[0]!).map((index) => ({
      names: group.map((port) => nameOf(port, index)),
      inputs: group.map((port) => spikeInput(port, index, group.length > 1)),
    })),
  );
  const isNumbered = receptors.length > 1;
  const currents = model.ports
    .filter(({ kind }) => kind === 'continuous')
    .flatMap((port) => indexes(model, port).map((index) => ({ port, index })));
  return {
    isNumbered,
    receptors: receptors.map((one, i) => ({ number: isNumbered ? i + 1 : 0, ...one })),
    currents: currents.map(({ port, index }, number) => ({
      ...{ number, name: nameOf(port, index), port, index },
    })),
  };
}

/** Ports of spikes that share numbers. */
function grouped(model: CheckedModel): Port[][] {
  const groups: Port[][] = [];
  /** Those without a partner yet, by what the partner is. */
  const waiting = new Map<string, Port[][]>();
  for (const port of model.ports) {
    if (port.kind !== 'spike') continue;
    const qualifier = qualifierOf(port);
    const size = model.values.sizeOf(port.size);
    const partner = waiting.get(`${qualifier} ${size}`)?.shift();
    if (partner) {
      partner.push(port);
      continue;
    }
    const group = [port];
    groups.push(group);
    if (qualifier === undefined) continue;
    const key = `${qualifier === 'excitatory' ? 'inhibitory' : 'excitatory'} ${size}`;
    const others = waiting.get(key) ?? [];
    others.push(group);
    waiting.set(key, others);
  }
  return groups;
}

const qualifierOf = ({ qualifiers }: Port): string | undefined =>
  qualifiers.length === 1 ? qualifiers[0]!.name : undefined;

/** Those of a vector; of a port that is none, undefined alone. */
function indexes(model: CheckedModel, port: Port): (number | undefined)[] {
  const size = model.values.sizeOf(port.size);
  return size === undefined ? [undefined] : Array.from({ length: size }, (_, i) => i);
}

/** How elements of a vector are seen from outside: `v_0`, `v_1` … */
export const elementNames = (name: string, size: number): string[] =>
  Array.from({ length: size }, (_, i) => `${name}_${i}`);

const nameOf = ({ name }: Port, index: number | undefined): string =>
  name.text.toUpperCase() + (index === undefined ? '' : `_${index}`);

function spikeInput(port: Port, index: number | undefined, hasPartner: boolean): SpikeInput {
  const isInhibitory = qualifierOf(port) === 'inhibitory';
  const own = isInhibitory ? 'negative' : 'positive';
  return { port, index, takes: hasPartner ? own : 'all', sign: isInhibitory ? -1 : 1 };
}
