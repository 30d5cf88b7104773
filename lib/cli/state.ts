import fs from 'node:fs';
import { Kernel } from '../kernel';

/** What a saved state holds: names and values. It is loaded, so that all of it is checked. */
export async function stateContents(path: string): Promise<[string, string][]> {
  const { kernel, collections, user, written_by } = await Kernel.LoadState(path);
  try {
    const status = kernel.GetKernelStatus();
    return [
      ['state', `${path}, ${count(fs.statSync(path).size)} bytes, whole`],
      ['written by', written_by],
      ['time', `${status.biological_time} ms, in steps of ${status.resolution} ms`],
      ['seed', String(status.rng_seed)],
      ['threads', String(status.local_num_threads)],
      ['memory', `${count(status.memory_total)} bytes once loaded`],
      ...status.node_models.flatMap((model) => row('nodes', model, nodesOf(kernel, model))),
      ...status.synapse_models.flatMap((model) =>
        row('connections', model, synapsesOf(kernel, model)),
      ),
      ...eventsOf(kernel),
      ...Object.entries(collections).map(([name, nodes]): [string, string] => [
        'collection',
        `${name}: ${count(nodes.length)} nodes`,
      ]),
      ['user', `${count(user.length)} bytes`],
    ];
  } finally {
    kernel.dispose();
  }
}

const count = (n: number): string => n.toLocaleString('en');

const row = (what: string, model: string, n: number): [string, string][] =>
  n > 0 ? [[what, `${count(n)} ${model}`]] : [];

const nodesOf = (kernel: Kernel, model: string): number => kernel.GetNodes({ model }).length;

const synapsesOf = (kernel: Kernel, model: string): number =>
  kernel.GetDefaults(model, 'num_connections') as number;

function eventsOf(kernel: Kernel): [string, string][] {
  const models = kernel.GetKernelStatus('node_models');
  return models.flatMap((model) => {
    const nodes = kernel.GetNodes({ model });
    if (!('n_events' in nodes)) return [];
    return [...nodes].map((node): [string, string] => [
      'events',
      `${count(node.get('n_events') as number)} of ${model} ${node.ids[0]}`,
    ]);
  });
}
