import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { inspect, isDeepStrictEqual } from 'node:util';
import * as nest from '../../lib';
import {
  BadProperty,
  Kernel,
  TegmentaError,
  TypeMismatch,
  UnaccessedDictionaryEntry,
} from '../../lib';

type Loose = Record<string, unknown>;
const loose = (value: unknown): Loose => value as Loose;

const revoked = (): unknown => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};

test('recorders are read while a simulation runs', async () => {
  const kernel = new Kernel();
  const neurons = kernel.Create('iaf_psc_exp', 3, { I_e: 500 });
  const recorder = kernel.Create('spike_recorder');
  const meter = kernel.Create('multimeter', { record_from: ['V_m'] });
  kernel.Connect(neurons, recorder);
  kernel.Connect(meter, neurons);
  const running = kernel.Simulate(1e5);
  expect(recorder.n_events).toBeGreaterThanOrEqual(0);
  expect(meter.get('n_events')).toBeGreaterThanOrEqual(0);
  const all = recorder.get(['n_events', 'events']);
  expect(all.n_events).toBe(all.events.times.length);
  expect(loose(recorder.get()).record_to).toBe('memory');
  expect(() => neurons.V_m).toThrow(nest.SimulationRunning);
  await running;
});

test('a recorder made after a simulation takes time_in_steps, one that was there does not', () => {
  const kernel = new Kernel();
  const old = kernel.Create('spike_recorder');
  kernel.SimulateSync(1);
  expect(kernel.Create('spike_recorder', { time_in_steps: true }).time_in_steps).toBe(true);
  expect(() => (old.time_in_steps = true)).toThrow(BadProperty);
});

describe('an onProgress that rejects', () => {
  const onProgress = (): Promise<void> => Promise.reject(new Error('mine'));

  test('rejects Simulate, PrepareAsync and a rewarded run', async () => {
    const kernel = new Kernel();
    const transmitter = kernel.Create('reward_transmitter');
    kernel.Create('iaf_psc_exp', 10);
    await expect(kernel.Simulate(1e4, { onProgress })).rejects.toThrow('mine');
    const reward = { transmitter, interval: 10, source: () => 1 };
    await expect(kernel.Simulate(100, { onProgress, reward })).rejects.toThrow('mine');
    expect(kernel.GetKernelStatus('prepared')).toBe(false);
  });
});

test.each([null, Number.MAX_VALUE, Infinity])('stop: %p is for ever', (stop) => {
  const kernel = new Kernel();
  const given = { stop } as { stop: number };
  expect(kernel.Create('dc_generator', given).stop).toBe(Infinity);
  const two = kernel.Create('dc_generator', 2, { stop: [stop, 5] as number[] });
  expect(two.stop).toEqual(Float64Array.of(Infinity, 5));
  kernel.SetDefaults('dc_generator', { stop: 7 });
  kernel.SetDefaults('dc_generator', given);
  expect(kernel.GetDefaults('dc_generator', 'stop')).toBe(Infinity);
  expect(() => kernel.Create('iaf_psc_exp', { V_m: null as unknown as number })).toThrow(
    TypeMismatch,
  );
});

const withThreshold = nest.node_models.filter((model) => 'V_th' in nest.GetDefaults(model));

test.each(withThreshold)('%s never fires at V_th = Infinity', (model) => {
  const kernel = new Kernel();
  const neurons = kernel.Create(model, 9, { V_th: Infinity });
  const recorder = kernel.Create('spike_recorder');
  kernel.Connect(neurons, recorder);
  if (model !== 'izhikevich') loose(neurons).I_e = 400; // which then has no bound
  kernel.SimulateSync(100);
  expect(recorder.n_events).toBe(0);
  expect(neurons.get('V_th')).toEqual(new Float64Array(9).fill(Infinity));
  expect([...(neurons.get('V_m') as Float64Array)].every(Number.isFinite)).toBe(true);
});

describe('is a TegmentaError:', () => {
  const kernel = new Kernel();
  const nodes = kernel.Create('iaf_psc_exp', 3);
  kernel.Connect(nodes, nodes);
  const synapses = kernel.GetConnections();
  const proxy = <T extends object>(value: T): T => new Proxy(value, {});
  const cases: Record<string, () => unknown> = {
    'a Proxy of nodes in Connect': () => kernel.Connect(proxy(nodes), nodes),
    'a property of a Proxy': () => proxy(nodes).V_m,
    'a Proxy of a Parameter': () => nodes.set({ V_m: proxy(nest.random.uniform(0, 1)) }),
    'a method of a Proxy': () => proxy(kernel).GetKernelStatus(),
    'GetStatus of undefined': () => kernel.GetStatus(undefined as never),
    'SetStatus of an object': () => kernel.SetStatus({} as nest.NodeCollection, {}),
    'a symbol for an ID': () => nodes.includes(Symbol() as never),
    'a big integer for an ID': () => nodes.indexOf(1n as never),
    'a revoked Proxy': () => nodes.set(revoked() as never),
    'a revoked Proxy as value': () => nodes.set({ V_m: revoked() as never }),
    'a kernel of something': () => new Kernel({} as never),
    'a key __proto__': () =>
      kernel.Create('iaf_psc_exp', 1, JSON.parse('{"__proto__": 5}') as object),
    'a sum of nodes': () => (nodes as unknown as number) + 1,
    'a length that is set': () => (loose(nodes).length = 5),
    'a name of nodes': () => loose(nodes).V_n,
    'an index': () => loose(nodes)[0],
    'a name of synapses': () => loose(synapses).wieght,
    'a name of synapses that is set': () => (loose(synapses).wieght = 4),
    'a name of a kernel': () => loose(kernel).foo,
    'a symbol for a number': () => nest.random.stream(1).exponential(Symbol() as never),
    'a big integer for a stream': () => new nest.Streams().control('a', { kind: 1n } as never),
  };
  test.each(Object.entries(cases))('%s', (_, call) => {
    expect(call).toThrow(TegmentaError);
  });
});

test('what JavaScript asks of any object is not refused', async () => {
  const kernel = new Kernel();
  const nodes = kernel.Create('iaf_psc_exp', 3);
  kernel.Connect(nodes, nodes);
  for (const object of [nodes, kernel.GetConnections(), kernel]) {
    expect(await Promise.resolve(object)).toBe(object);
    expect(isDeepStrictEqual(object, object)).toBe(true);
    expect(inspect(object)).not.toBe('');
    for (const name of ['then', 'asymmetricMatch', '$$typeof', 'nodeType', '__v_isRef']) {
      expect(loose(object)[name]).toBeUndefined();
    }
    expect(Object.keys(object)).toEqual([]);
  }
  expect(JSON.stringify(nodes)).toBe('[1,2,3]');
});

test.each([
  [
    'SetDefaults',
    (kernel: Kernel) => kernel.SetDefaults('stdp_nn_restr_synapse', { armed: 1 } as object),
  ],
  ['CopyModel', (kernel: Kernel) => kernel.CopyModel('iaf_psc_exp', 'b', { model: 1 } as object)],
  ['Create', (kernel: Kernel) => kernel.Create('dc_generator', { global_id: 1 } as object)],
])('%s says what can only be read', (_, call) => {
  expect(() => call(new Kernel())).toThrow(/can only be read\.$/);
});

test.each(['origin', 'start', 'stop'])('a negative %s is refused as such', (name) => {
  expect(() => new Kernel().Create('dc_generator', { [name]: -5 })).toThrow(/≥ 0, got -5\.$/);
});

test('an unknown name has a suggestion', () => {
  const nodes = new Kernel().Create('iaf_psc_exp');
  expect(() => loose(nodes).V_n).toThrow(UnaccessedDictionaryEntry);
  expect(() => loose(nodes).V_n).toThrow(/did you mean 'V_m'\?$/);
});

test('an addon that may not be loaded is AddonNotLoaded', () => {
  const root = path.join(__dirname, '..', '..');
  const program = "try { require('.') } catch (e) { console.log(e.code, e.message) }";
  const { stdout } = spawnSync(process.execPath, ['--no-addons', '-e', program], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(stdout).toMatch(/^ERR_TEGMENTA_ADDON_NOT_LOADED .*--no-addons/);
});
