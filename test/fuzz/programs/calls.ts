// A process that makes random calls of the public API, many of them wrong, and tells what should
// not have happened: errors that are none of ours, refused calls that changed something, kernels
// that cannot be used any more. Arguments: seed, number of calls.
import { writeSync } from 'node:fs';
import { inspect } from 'node:util';
import * as nest from '../../../lib';
import { models } from '../../../lib/registry';
import * as dense from '../dense';
import { Draws } from '../draws';
import { hostile } from '../hostile';

const [seed = 1, count = 100] = process.argv.slice(2).map(Number);
const d = new Draws(seed);

/** What our own callbacks throw; it must come back as it is. */
class UserError extends Error {}

interface World {
  readonly kernel: nest.Kernel;
  nodes: nest.NodeCollection[];
  synapses: nest.SynapseCollection[];
  copies: string[];
  components: dense.Component[];
}

type Values = Record<string, unknown>;
const anything = (w: World): unknown =>
  hostile(d, [...w.nodes, ...w.synapses, random(), nest, nest.Kernel, w.kernel]);
const namesOf = (...kinds: string[]): string[] =>
  [...models.values()].filter(({ kind }) => kinds.includes(kind)).map(({ name }) => name);
const nodeModels = namesOf('neuron', 'neuron', 'stimulator', 'recorder');
const synapseModels = namesOf('synapse');
const rules = ['nope', ...nest.connection_rules];

function random(depth = 2): nest.Parameter {
  const operand = (): nest.Operand =>
    d.chance(0.4) ? d.pick([0, 1, -60, 1e3]) : random(depth - 1);
  const leaf = (): nest.Parameter =>
    d.pick([nest.random.uniform(0, 1), nest.random.normal(1, 0.1), nest.random.uniform_int(4)]);
  if (depth === 0 || d.chance(0.4)) return leaf();
  return d.pick([
    () => random(depth - 1).add(operand()),
    () => random(depth - 1).mul(operand()),
    () => nest.math.max(operand(), operand()),
    () => nest.math.redraw(random(depth - 1), d.pick([-1, 0, 5]), 10),
    () => nest.logic.conditional(random(0).lt(0.5), operand(), operand()),
  ])();
}

/** A value for a parameter of a model: mostly a sensible one. */
function valueFor(w: World, parameter: { name: string; type: string; default: string }): unknown {
  const { name, type } = parameter;
  if (d.chance(0.15)) return anything(w);
  if (type === 'bool') return d.chance(0.5);
  if (type === 'string') return d.pick(['a', 'V_m', 'single', 'exp']);
  if (type === 'strings') return d.pick([['V_m'], [], ['weight'], ['x']]);
  if (type === 'nodes' && w.nodes.length > 0) return d.pick(w.nodes);
  if (type === 'synapses') return w.synapses.length > 0 ? d.pick(w.synapses) : [];
  if (name.includes('times')) return d.list(d.below(5), (i) => 1 + i * d.pick([0.1, 1, 0.5]));
  if (type.endsWith('s')) return d.list(d.below(4), () => d.pick([0, 1, 2, -1]));
  if (d.chance(0.1)) return random();
  const usual = Number(parameter.default);
  return d.pick([usual, usual * d.between(0.5, 2), 0, 1, 20, -70, d.between(0, 100)]);
}

function valuesFor(w: World, model: string, most = 4): Values {
  const parameters = models.get(model)?.parameters ?? [];
  const values: Values = {};
  for (let i = d.below(most + 1); i > 0 && parameters.length > 0; i--) {
    const parameter = d.pick(parameters);
    values[parameter.name] = valueFor(w, parameter);
  }
  if (d.chance(0.03)) values[d.pick(['V_M', 'foo', ''])] = 1;
  return values;
}

const maybe = (w: World, p: number, sensible: () => unknown): unknown =>
  d.chance(p) ? anything(w) : sensible();
const someNodes = (w: World): unknown =>
  maybe(w, 0.06, () => {
    if (w.nodes.length === 0) return [1];
    const nodes = d.pick(w.nodes);
    return d.chance(0.2) && nodes.length > 1 ? nodes.slice(1) : nodes;
  });
// Not more than a second, which is long in a network where all fire; the longest are refused.
const time = (w: World): unknown => {
  const ms = maybe(w, 0.1, () => d.pick([0, 0.1, 1, 5, 10, 20, 0.05, -1]));
  return typeof ms === 'number' && ms > 1000 && ms < 1e300 ? 1000 : ms;
};

function ruleFor(w: World): unknown {
  const rule = d.pick(rules);
  const degree = (): unknown => maybe(w, 0.1, () => d.below(6));
  const spec: Values = { rule };
  if (rule.includes('indegree')) spec.indegree = degree();
  if (rule.includes('outdegree')) spec.outdegree = degree();
  if (rule.includes('total')) spec.N = degree();
  if (rule.includes('bernoulli')) spec.p = maybe(w, 0.1, () => d.pick([0, 0.1, 0.5, 1]));
  if (rule.includes('poisson')) spec.pairwise_avg_num_conns = d.pick([0, 0.3, 2, -1]);
  if (d.chance(0.2)) spec.allow_autapses = maybe(w, 0.1, () => d.chance(0.5));
  if (d.chance(0.2)) spec.allow_multapses = maybe(w, 0.1, () => d.chance(0.5));
  if (rule.includes('symmetric'))
    Object.assign(spec, { allow_autapses: false, make_symmetric: true });
  return d.pick<unknown>([spec, spec, spec, rule, undefined]);
}

function synapseFor(w: World): unknown {
  const model = d.pick(['static_synapse', 'static_synapse', ...w.copies, d.pick(synapseModels)]);
  const spec: Values = { synapse_model: model, ...valuesFor(w, model, 2) };
  if (d.chance(0.6)) spec.weight = maybe(w, 0.1, () => d.pick([1, 20, -50, 500]));
  if (d.chance(0.6)) spec.delay = maybe(w, 0.1, () => d.pick([1, 1.5, 0.1, 10]));
  return d.pick<unknown>([spec, spec, model, undefined]);
}

/** Drops what would only take long: sizes are the matter of other tests. */
const modest = (n: unknown): unknown => (typeof n === 'number' && n > 1e4 ? 65 : n);

type Call = (w: World) => {
  args: unknown[];
  call: () => unknown;
  asynchronous?: boolean;
  /** What it must not change when it is refused; the kernel's by default. */
  state?: () => string;
};

const calls: Record<string, Call> = {
  Create: (w) => {
    const model = d.pick(nodeModels);
    const n = modest(maybe(w, 0.06, () => d.pick([1, 1, 2, 3, 10, 33])));
    const args = [maybe(w, 0.03, () => model), n, maybe(w, 0.04, () => valuesFor(w, model))];
    return { args, call: () => w.nodes.push(w.kernel.Create(...(args as [string, number]))) };
  },
  Connect: (w) => {
    const args = [someNodes(w), someNodes(w), maybe(w, 0.03, () => ruleFor(w)), synapseFor(w)];
    return { args, call: () => w.kernel.Connect(...(args as [never, never])) };
  },
  set: (w) => {
    const nodes = d.pick(w.nodes);
    const model = [nodes.get('model')].flat()[0] as string;
    const args = [maybe(w, 0.05, () => valuesFor(w, model, 3))];
    return { args, call: () => nodes.set(args[0] as never) };
  },
  get: (w) => {
    const args = [maybe(w, 0.3, () => d.pick(['V_m', 'model', 'events', ['V_m'], undefined]))];
    return { args, call: () => d.pick(w.nodes).get(args[0] as never) };
  },
  parts: (w) => {
    const nodes = d.pick(w.nodes);
    const args = [maybe(w, 0.4, () => d.below(4) - 1), someNodes(w)];
    const [at, other] = args as [never, never];
    const call = d.pick<() => unknown>([
      () => w.nodes.push(nodes.at(at)),
      () => w.nodes.push(nodes.slice(at)),
      () => w.nodes.push(nodes.pick([at])),
      () => w.nodes.push(nodes.concat(other)),
      () => nodes.equals(other),
      () => JSON.stringify([nodes, String(nodes)]),
      () => [...nodes, nodes.ids],
    ]);
    return { args, call };
  },
  properties: (w) => {
    const owner = d.pick<object>([d.pick(w.nodes), d.pick(w.nodes), d.pick(w.synapses)]);
    const keys = ['V_m', 'I_e', 'rate', 'spike_times', 'weight', 'delay', 'events', 'model'];
    const key = d.pick([...keys, 'foo', '0', '']);
    const value = maybe(w, 0.3, () => d.pick<unknown>([1, -60, [1, 2], [-60, -61], random(1)]));
    const call = d.pick<() => unknown>([
      () => owner[key as never],
      () => Object.assign(owner, { [key]: value }),
      () => Object.assign(owner, { [key]: value }),
    ]);
    return { args: [key, value], call };
  },
  SetDefaults: (w) => {
    const model = d.pick([...nodeModels, ...synapseModels, ...w.copies]);
    const args = [maybe(w, 0.03, () => model), maybe(w, 0.04, () => valuesFor(w, model, 3))];
    return { args, call: () => w.kernel.SetDefaults(...(args as [string, never])) };
  },
  GetDefaults: (w) => {
    const args = [maybe(w, 0.2, () => d.pick([...nodeModels, ...synapseModels])), undefined];
    return { args, call: () => w.kernel.GetDefaults(args[0] as string) };
  },
  CopyModel: (w) => {
    const model = d.pick([...synapseModels, ...synapseModels, ...nodeModels]);
    const name = `copy${d.below(8)}`;
    const args = [model, maybe(w, 0.05, () => name), maybe(w, 0.05, () => valuesFor(w, model))];
    return {
      args,
      call: () => {
        w.kernel.CopyModel(...(args as [string, string, never]));
        if (synapseModels.includes(model) && args[1] === name) w.copies.push(name);
      },
    };
  },
  SetKernelStatus: (w) => {
    const values: Values = {};
    const sensible: Values = { resolution: 0.5, min_delay: 0.5, max_delay: 50, rng_seed: 7 };
    const key = d.pick([...Object.keys(sensible), 'local_num_threads', 'simd_level', 'time']);
    values[key] = modest(maybe(w, 0.4, () => sensible[key]));
    if (key === 'local_num_threads') values[key] = d.pick([1, 2, 3, 0, -1, 'x']);
    const args = [maybe(w, 0.05, () => values)];
    return { args, call: () => w.kernel.SetKernelStatus(args[0] as never) };
  },
  GetConnections: (w) => {
    const filter: Values = {};
    if (d.chance(0.4)) filter.source = someNodes(w);
    if (d.chance(0.4)) filter.target = someNodes(w);
    if (d.chance(0.4)) filter.synapse_model = maybe(w, 0.2, () => d.pick(synapseModels));
    if (d.chance(0.1)) filter.synapse_label = maybe(w, 0.4, () => d.below(3));
    const args = [maybe(w, 0.05, () => filter)];
    return { args, call: () => w.synapses.push(w.kernel.GetConnections(args[0] as never)) };
  },
  synapses: (w) => {
    const synapses = d.chance(0.5) ? w.kernel.GetConnections() : d.pick(w.synapses);
    const key = d.pick(['weight', 'weight', 'delay', 'c', 'Wmax', 'lambda', 'foo']);
    const at = maybe(w, 0.4, () => d.below(4) - 1) as never;
    const value = maybe(w, 0.2, () => d.pick<unknown>([1, 0.5, 50, -3, random(1)]));
    const call = d.pick<() => unknown>([
      () => synapses.set({ [key]: value } as never),
      () => synapses.get(key as never),
      () => w.synapses.push(synapses.at(at)),
      () => w.synapses.push(synapses.slice(at)),
      () => w.synapses.push(synapses.pick([at])),
      () => String(synapses),
      () => [...(synapses.length < 100 ? synapses : [])].map(({ weight }) => weight),
    ]);
    return { args: [key, value, at], call };
  },
  Disconnect: (w) => {
    const rule = d.pick<unknown>(['one_to_one', 'all_to_all', undefined, ruleFor(w)]);
    const args = [someNodes(w), someNodes(w), rule, synapseFor(w)];
    const old = d.pick(w.synapses);
    const some = () => {
      const synapses = d.chance(0.7) ? w.kernel.GetConnections() : old;
      return synapses.slice(0, d.below(synapses.length + 1));
    };
    const call = d.pick<() => unknown>([
      () => w.kernel.Disconnect(...(args as [never, never])),
      () => {
        const { source, target } = some();
        w.kernel.Disconnect(source, target, rule as never, args[3] as never);
      },
      () => w.kernel.Disconnect(some()),
      () => some().disconnect(),
    ]);
    return { args, call };
  },
  GetConnectionsAsync: (w) => {
    const args = [maybe(w, 0.3, () => ({ source: someNodes(w) })), maybe(w, 0.3, () => ({}))];
    const call = async (): Promise<void> => {
      w.synapses.push(await w.kernel.GetConnectionsAsync(...(args as [never, never])));
    };
    return { args, call, asynchronous: true };
  },
  GetNodes: (w) => {
    const args = [maybe(w, 0.3, () => d.pick([{}, { model: d.pick(nodeModels) }, { V_m: -70 }]))];
    return {
      args,
      call: () => {
        const found = w.kernel.GetNodes(args[0] as never);
        if (found.length > 0) w.nodes.push(found);
      },
    };
  },
  GetValue: (w) => ({ args: [], call: () => random(4).GetValue(w.kernel) }),
  SimulateSync: (w) => {
    const args = [time(w)];
    return { args, call: () => w.kernel.SimulateSync(args[0] as number) };
  },
  steps: (w) => {
    const args = [time(w)];
    const call = d.pick<() => unknown>([
      () => w.kernel.Prepare(),
      () => w.kernel.Cleanup(),
      () => w.kernel.RunSync(args[0] as number),
    ]);
    return { args, call };
  },
  Simulate: (w) => {
    const options: Values = {};
    if (d.chance(0.3)) options.signal = maybe(w, 0.2, () => AbortSignal.timeout(d.below(5)));
    if (d.chance(0.3)) {
      options.onProgress = maybe(w, 0.2, () => () => {
        if (d.chance(0.3)) throw new UserError('onProgress');
      });
    }
    const args = [time(w), maybe(w, 0.05, () => options)];
    const call = (): unknown => w.kernel.Simulate(...(args as [number, never]));
    return { args, call, asynchronous: true };
  },
  rewarded: (w) => {
    const values = (): number => d.pick([1, -1, 0.5, NaN]);
    const source = maybe(w, 0.3, () =>
      d.pick<unknown>([
        values,
        () => Promise.resolve(values()),
        [1, 2, values()],
        () => {
          throw new UserError('source');
        },
        { [Symbol.iterator]: () => ({ next: () => anything(w), return: () => anything(w) }) },
      ]),
    );
    const transmitter = d.chance(0.9) ? w.kernel.Create('reward_transmitter') : anything(w);
    const interval = maybe(w, 0.2, () => d.pick([1, 5]));
    // A source of the wrong kind may wait for ever.
    const signal = AbortSignal.timeout(200);
    const args = [d.pick([5, 10, 0, -1]), { signal, reward: { transmitter, interval, source } }];
    const call = (): unknown => w.kernel.Simulate(...(args as [number, never]));
    return { args, call, asynchronous: true };
  },
  asynchronousSteps: (w) => {
    const args = [time(w), maybe(w, 0.3, () => ({}))];
    const call = d.pick<() => unknown>([
      () => w.kernel.PrepareAsync(args[1] as never),
      () => w.kernel.Run(...(args as [number, never])),
    ]);
    return { args, call, asynchronous: true };
  },
  component: (w) => {
    const { args, make } = dense.made(d, () => anything(w));
    return { args, call: () => w.components.push(make()), state: () => '' };
  },
  ofComponent: (w) => {
    const component = d.pick(w.components);
    const made = dense.called(d, component, () => anything(w));
    return { ...made, state: () => dense.textOf(component) };
  },
  stream: (w) => {
    const nodes = d.pick(w.nodes);
    const options = d.chance(0.3) ? { signal: anything(w) } : undefined;
    const call = async (): Promise<void> => {
      for await (const batch of nodes.at(0).stream(options as never)) if (d.chance(0.5)) void batch;
    };
    return { args: [options], call, asynchronous: true };
  },
  ResetKernel: (w) => ({
    args: [],
    call: () => {
      if (d.chance(0.7)) return;
      w.kernel.ResetKernel();
      w.copies = [];
    },
  }),
};

const often: Record<string, number> = {
  Create: 12,
  Connect: 14,
  set: 8,
  SimulateSync: 8,
  ofComponent: 12,
  Simulate: 6,
};
const bag = Object.keys(calls).flatMap((name) => Array<string>(often[name] ?? 4).fill(name));

/** Everything that can be read, as text; what a refused call must not change. */
function state(kernel: nest.Kernel): string {
  const text = (value: unknown): string =>
    ArrayBuffer.isView(value)
      ? Array.from(value as Float64Array, String).join()
      : JSON.stringify(value);
  const lines: string[] = [];
  const put = (owner: string, values: object): void => {
    for (const [key, value] of Object.entries(values)) {
      if (!/^(memory|visits)/.test(key)) lines.push(`${owner} ${key} ${text(value)}`);
    }
  };
  put('kernel', kernel.GetKernelStatus());
  const nodes = kernel.GetNodes();
  if (nodes.length > 0) {
    const names = [nodes.get('model')].flat() as string[];
    for (const model of new Set(names)) put(model, kernel.GetNodes({ model }).get());
  }
  for (const model of kernel.synapse_models) {
    put(`defaults of ${model}`, kernel.GetDefaults(model));
    const synapses = kernel.GetConnections({ synapse_model: model });
    if (synapses.length > 0 && synapses.length < 5000) put(model, synapses.get());
  }
  return lines.join('\n');
}

const findings: string[] = [];
const tell = (what: string, error: unknown): void => {
  const text = `${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  findings.push(text.split('\n').slice(0, 4).join(' / ').slice(0, 600));
};

const worlds = [0, 1].map((): World => {
  const kernel = new nest.Kernel();
  kernel.SetKernelStatus({ local_num_threads: d.pick([1, 2, 3]), rng_seed: 1 + d.below(1000) });
  const nodes = [kernel.Create('iaf_psc_exp', 5, { I_e: 400 }), kernel.Create('spike_recorder')];
  kernel.Connect(nodes[0]!, nodes[0]!);
  return {
    kernel,
    nodes,
    synapses: [kernel.GetConnections()],
    copies: [],
    components: dense.all(),
  };
});

let refused = 0;

function show(argument: unknown): string {
  try {
    return inspect(argument, { depth: 2, breakLength: Infinity });
  } catch (error) {
    return String(error); // a stale collection of synapses
  }
}

/** What a call was given to be called; none where the options themselves cannot be read. */
function givenFunctions([, options]: readonly unknown[]): readonly unknown[] {
  try {
    const { onProgress, reward } = (options ?? {}) as Partial<Record<string, unknown>>;
    const { source } = (reward ?? {}) as Partial<Record<string, unknown>>;
    return [onProgress, source];
  } catch {
    return []; // nodes of before a reset, or without such a parameter
  }
}

/** Whether the error is of a function that was given to be called, which is passed on as it is. */
function isOfGiven(error: unknown, args: readonly unknown[]): boolean {
  return givenFunctions(args).some((given) => {
    try {
      if (typeof given === 'function') (given as () => unknown)();
    } catch (own) {
      return String(own) === String(error);
    }
    return false;
  });
}

async function makeCall(index: number): Promise<void> {
  const w = d.pick(worlds);
  const name = d.pick(bag);
  let made: ReturnType<Call>;
  try {
    made = calls[name]!(w);
  } catch (error) {
    // Collections of before a reset, models without parameters.
    if (!(error instanceof nest.TegmentaError)) tell(`${index} arguments of ${name}`, error);
    return;
  }
  const shown = made.args.map(show);
  writeSync(3, `${index} ${name} ${shown.join(' | ').slice(0, 500)}\n`);
  const stateNow = made.state ?? (() => state(w.kernel));
  const compared = made.asynchronous || d.chance(0.5) ? undefined : stateNow();
  try {
    await made.call();
  } catch (error) {
    refused++;
    const isOurs =
      error instanceof UserError ||
      (error as Error | undefined)?.name === 'TimeoutError' ||
      (made.asynchronous && isOfGiven(error, made.args));
    if (!isOurs && !(error instanceof nest.TegmentaError)) tell(`${index} ${name}`, error);
    else if ((error as Error).name === 'InternalError') tell(`${index} ${name}`, error);
    // A simulation that fails on its way has changed something.
    const onItsWay = /NumericalInstability|SolverFailure/.test((error as Error).name);
    if (compared !== undefined && !onItsWay && stateNow() !== compared) {
      tell(`${index} ${name} was refused and changed the kernel`, error);
    }
  }
}

/** Whether a kernel can still be used. */
function use({ kernel }: World, which: number): void {
  try {
    if (kernel.GetKernelStatus('prepared')) kernel.Cleanup();
    kernel.SimulateSync(kernel.GetKernelStatus('resolution'));
    state(kernel);
  } catch (error) {
    const failed = /NumericalInstability|SolverFailure|left the network inconsistent/;
    if (!failed.test(String(error))) tell(`kernel ${which} cannot be used any more`, error);
  }
  kernel.dispose();
}

process.on('unhandledRejection', (error) => {
  tell('unhandled rejection', error);
});

async function main(): Promise<void> {
  for (let i = 0; i < count; i++) await makeCall(i);
  worlds.forEach(use);
}

void main()
  .catch((error: unknown) => {
    tell('what can always be read cannot', error);
  })
  .then(() => {
    console.log(JSON.stringify({ calls: count, refused, findings }));
    process.exit(0);
  });
