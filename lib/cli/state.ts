import fs from 'node:fs';
import { Kernel } from '../kernel';

/** What a saved state holds: sizes in bytes, times in ms, numbers of things by their models. */
interface StateContents {
  readonly state: string;
  readonly size: number;
  readonly written_by: string;
  readonly biological_time: number;
  readonly resolution: number;
  readonly rng_seed: number;
  readonly local_num_threads: number;
  /** Once it is loaded. */
  readonly memory_total: number;
  readonly nodes: Readonly<Record<string, number>>;
  readonly connections: Readonly<Record<string, number>>;
  readonly events: readonly { readonly model: string; readonly node: number; readonly n: number }[];
  /** Nodes of each. */
  readonly collections: Readonly<Record<string, number>>;
  /** Of what the program has added. */
  readonly user: number;
}

/**
 * What a saved state holds. It is loaded, so that all of it is checked.
 * @throws BadStateFile, IOError
 */
export async function stateContents(path: string): Promise<StateContents> {
  const { kernel, collections, user, written_by } = await Kernel.LoadState(path);
  try {
    const status = kernel.GetKernelStatus();
    const { biological_time, resolution, rng_seed, local_num_threads, memory_total } = status;
    return {
      ...{ state: path, size: fs.statSync(path).size, written_by },
      ...{ biological_time, resolution, rng_seed, local_num_threads, memory_total },
      nodes: numbers(status.node_models, (model) => nodesOf(kernel, model)),
      connections: numbers(status.synapse_models, (model) => synapsesOf(kernel, model)),
      events: eventsOf(kernel),
      collections: Object.fromEntries(
        Object.entries(collections).map(([name, nodes]) => [name, nodes.length]),
      ),
      user: user.length,
    };
  } finally {
    kernel.dispose();
  }
}

/** Names and values. */
export function stateText(contents: StateContents): [string, string][] {
  const rows = (what: string, numbers: Readonly<Record<string, number>>) =>
    Object.entries(numbers).map(([model, n]): [string, string] => [what, `${count(n)} ${model}`]);
  return [
    ['state', `${contents.state}, ${count(contents.size)} bytes, whole`],
    ['written by', contents.written_by],
    ['time', `${contents.biological_time} ms, in steps of ${contents.resolution} ms`],
    ['seed', String(contents.rng_seed)],
    ['threads', String(contents.local_num_threads)],
    ['memory', `${count(contents.memory_total)} bytes once loaded`],
    ...rows('nodes', contents.nodes),
    ...rows('connections', contents.connections),
    ...contents.events.map(({ model, node, n }): [string, string] => [
      'events',
      `${count(n)} of ${model} ${node}`,
    ]),
    ...Object.entries(contents.collections).map(([name, n]): [string, string] => [
      'collection',
      `${name}: ${count(n)} nodes`,
    ]),
    ['user', `${count(contents.user)} bytes`],
  ];
}

const count = (n: number): string => n.toLocaleString('en');

/** Of the models that there are any of. */
const numbers = (
  models: readonly string[],
  numberOf: (model: string) => number,
): Record<string, number> =>
  Object.fromEntries(
    models.map((model) => [model, numberOf(model)] as const).filter(([, n]) => n > 0),
  );

const nodesOf = (kernel: Kernel, model: string): number => kernel.GetNodes({ model }).length;

const synapsesOf = (kernel: Kernel, model: string): number =>
  kernel.GetDefaults(model, 'num_connections') as number;

function eventsOf(kernel: Kernel): StateContents['events'] {
  const models = kernel.GetKernelStatus('node_models');
  return models.flatMap((model) => {
    const nodes = kernel.GetNodes({ model });
    if (!('n_events' in nodes)) return [];
    return [...nodes].map((node) => ({
      model,
      node: node.ids[0]!,
      n: node.get('n_events') as number,
    }));
  });
}
