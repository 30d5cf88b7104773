// Saving and loading: what is given, what comes back, what is refused.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import nest, { Kernel, type NodeCollection } from '../../lib';
import { blocksOf } from '../documents/blocks';

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'tegmenta-state-'));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
  nest.ResetKernel();
});

interface Network {
  readonly kernel: Kernel;
  readonly E: NodeCollection;
  readonly recorder: NodeCollection;
}

/** A small network with plastic synapses and dopamine. */
function network(threads = 1): Network {
  const kernel = new Kernel();
  kernel.set({ local_num_threads: threads });
  const E = kernel.Create('iaf_psc_exp', 20);
  const noise = kernel.Create('poisson_generator', { rate: 20000 });
  const recorder = kernel.Create('spike_recorder');
  const transmitter = kernel.Create('volume_transmitter');
  kernel.SetDefaults('stdp_dopamine_synapse', { volume_transmitter: transmitter });
  kernel.Connect(noise, E, 'all_to_all', { weight: 60 });
  kernel.Connect(E, E, 'all_to_all', {
    ...{ synapse_model: 'stdp_dopamine_synapse', weight: nest.random.uniform(1, 5), delay: 3 },
  });
  kernel.Connect(E.slice(0, 2), transmitter);
  kernel.Connect(E, recorder);
  return { kernel, E, recorder };
}

const outcome = (kernel: Kernel, recorder: NodeCollection): unknown => [
  kernel.biological_time,
  recorder.get('events'),
  kernel.GetConnections({ synapse_model: 'stdp_dopamine_synapse' }).weight,
];

const here = (kernel: Kernel, nodes: NodeCollection): NodeCollection =>
  kernel.NodeCollection(nodes.ids);

describe('a state', () => {
  it('is a file or bytes, the same whichever way, and goes on as the kernel does', async () => {
    const { kernel, E, recorder } = network();
    await kernel.Simulate(30);
    const user = Uint8Array.of(1, 2, 3);
    const file = path.join(folder, 'a.tg');
    const collections = { E, recorder };
    await kernel.SaveState(file, { collections, user });
    kernel.SaveStateSync(path.join(folder, 'b.tg'), { collections, user });
    const bytes = await kernel.SaveState({ collections, user });
    for (const same of [
      kernel.SaveStateSync({ collections, user }),
      fs.readFileSync(file),
      fs.readFileSync(path.join(folder, 'b.tg')),
    ]) {
      expect(Buffer.compare(same, bytes)).toBe(0);
    }
    expect(fs.readdirSync(folder).sort()).toEqual(['a.tg', 'b.tg']);
    await kernel.Simulate(30);
    const loaded = [
      await Kernel.LoadState(file),
      await Kernel.LoadState(bytes),
      Kernel.LoadStateSync(file),
      Kernel.LoadStateSync(bytes),
      await Kernel.LoadState(bytes, { local_num_threads: 3 }),
    ];
    for (const each of loaded) {
      expect(each.user).toEqual(user);
      expect(Object.keys(each.collections)).toEqual(['E', 'recorder']);
      expect(each.collections.E!.ids).toEqual(E.ids);
      await each.kernel.Simulate(30);
      expect(outcome(each.kernel, each.collections.recorder!)).toEqual(outcome(kernel, recorder));
    }
    expect(loaded.at(-1)!.kernel.local_num_threads).toBe(3);
    expect(loaded[0]!.kernel.SaveStateSync()).toEqual(kernel.SaveStateSync());
  });

  it('of a kernel between Prepare and Cleanup is between them', async () => {
    const { kernel, recorder } = network();
    kernel.Prepare();
    await kernel.Run(10);
    const { kernel: other } = await Kernel.LoadState(await kernel.SaveState());
    for (const each of [kernel, other]) {
      expect(() => each.Prepare()).toThrow(nest.KernelException);
      await each.Run(10);
      each.Cleanup();
    }
    expect(outcome(other, here(other, recorder))).toEqual(outcome(kernel, recorder));
  });

  it('takes the place of the default kernel once it is there', async () => {
    const old = nest.Create('iaf_psc_alpha', 3);
    const { kernel, E } = network();
    const bytes = kernel.SaveStateSync({ collections: { E } });
    await expect(nest.LoadState(bytes.subarray(0, 1000))).rejects.toMatchObject({
      ...{ name: 'BadStateFile', reason: 'truncated' },
    });
    expect(old.length).toBe(nest.GetNodes().length);
    const { kernel: same, collections } = await nest.LoadState(bytes);
    expect(() => old.V_m).toThrow(nest.InvalidNodeCollection);
    expect(collections.E!.ids).toEqual(E.ids);
    expect(nest.GetNodes().length).toBe(same.GetNodes().length);
    expect(nest.LoadStateSync(bytes).kernel).toBe(same);
  });

  it('has a clone that goes on independently and equally', async () => {
    const { kernel, recorder } = network(2);
    await kernel.Simulate(20);
    const clone = kernel.clone();
    await clone.Simulate(20);
    expect(kernel.biological_time).toBe(20);
    await kernel.Simulate(20);
    expect(outcome(clone, here(clone, recorder))).toEqual(outcome(kernel, recorder));
  });

  it('tells how far it has come, lets the event loop go, and stops when asked', async () => {
    const { kernel } = network();
    const phases = new Set<string>();
    const onProgress = ({ phase }: { phase: string }): void => void phases.add(phase);
    const bytes = await kernel.SaveState({ onProgress });
    await Kernel.LoadState(bytes, { onProgress });
    const stopped = AbortSignal.abort(new Error('enough'));
    await expect(kernel.SaveState({ signal: stopped })).rejects.toThrow('enough');
    await expect(Kernel.LoadState(bytes, { signal: stopped })).rejects.toThrow('enough');
    const abort = new AbortController();
    const running = kernel.Simulate(1e9, { signal: abort.signal });
    expect(() => kernel.SaveStateSync()).toThrow(nest.SimulationRunning);
    await expect(kernel.SaveState()).rejects.toThrow(nest.SimulationRunning);
    expect(() => kernel.LoadStateSync(bytes)).toThrow(nest.SimulationRunning);
    abort.abort();
    await expect(running).rejects.toThrow();
    kernel.dispose();
    expect(() => kernel.SaveStateSync()).toThrow(nest.KernelDisposed);
    await expect(kernel.SaveState()).rejects.toThrow(nest.KernelDisposed);
  });
});

describe('files that recorders write', () => {
  it('go on from where they were when the state was saved', async () => {
    const { kernel, recorder } = network();
    kernel.set({ data_path: folder });
    recorder.set({ record_to: 'ascii', label: 'spikes' });
    const file = (recorder.get('filenames') as unknown as string[])[0]!;
    await kernel.Simulate(20);
    const bytes = kernel.SaveStateSync({ collections: { recorder } });
    await kernel.Simulate(30);
    const whole = fs.readFileSync(file, 'utf8');
    const { kernel: later } = Kernel.LoadStateSync(bytes);
    await later.Simulate(30);
    expect(fs.readFileSync(file, 'utf8')).toBe(whole);

    const clone = kernel.clone();
    await expect(clone.Simulate(10)).rejects.toMatchObject({ name: 'IOError', file });
    fs.writeFileSync(file, '');
    const { kernel: without } = Kernel.LoadStateSync(bytes);
    await expect(without.Simulate(10)).rejects.toThrow(/cannot be continued: shorter than it was/);
    fs.rmSync(file);
    await expect(without.Simulate(10)).rejects.toMatchObject({ name: 'IOError', reason: 'ENOENT' });
  });
});

describe('what is refused', () => {
  const refused = (run: () => unknown): { name: string; reason?: string; message: string } => {
    try {
      run();
    } catch (error) {
      return error as Error & { reason?: string };
    }
    throw new Error('was not refused');
  };

  it('says why, and changes nothing', () => {
    const { kernel } = network();
    const bytes = kernel.SaveStateSync();
    const load = (change: (bytes: Buffer) => Uint8Array): string => {
      const error = refused(() => nest.LoadStateSync(change(Buffer.from(bytes))));
      expect(error.name).toBe('BadStateFile');
      expect(error.message).toMatch(/Nothing was loaded\.$/);
      return error.reason!;
    };
    nest.Create('iaf_psc_exp', 7);
    expect(load(() => Buffer.from('not a state at all'))).toBe('foreign');
    expect(load(() => new Uint8Array())).toBe('foreign');
    expect(load((all) => (all.writeUInt32LE(all.readUInt32LE(8) + 1, 8), all))).toBe('newer');
    expect(load((all) => (all.writeUInt32LE(0, 8), all))).toBe('corrupted');
    for (const n of [9, 13, 100, bytes.length - 1]) {
      expect(load((all) => all.subarray(0, n))).toBe('truncated');
    }
    expect(load((all) => Buffer.concat([all, all]))).toBe('corrupted');
    expect(load((all) => (all.writeUInt8(all[200]! ^ 1, 200), all))).toBe('corrupted');
    expect(nest.GetNodes().length).toBe(7);
  });

  it('names the file', () => {
    const { kernel } = network();
    const missing = path.join(folder, 'none', 'a.tg');
    for (const run of [
      () => Kernel.LoadStateSync(missing),
      () => {
        kernel.SaveStateSync(missing);
      },
    ]) {
      expect(refused(run)).toMatchObject({ name: 'IOError', reason: 'ENOENT', file: missing });
    }
    expect(refused(() => Kernel.LoadStateSync(folder))).toMatchObject({ reason: 'EISDIR' });
    const text = path.join(folder, 'text');
    fs.writeFileSync(text, 'text');
    const error = refused(() => Kernel.LoadStateSync(text));
    expect(error).toMatchObject({ name: 'BadStateFile', file: text });
    expect(error.message).toMatch(text);
    // A folder cannot be replaced: what was written beside it is gone.
    const taken = path.join(folder, 'taken');
    fs.mkdirSync(taken);
    expect(refused(() => kernel.SaveStateSync(taken)).name).toBe('IOError');
    expect(fs.readdirSync(folder).sort()).toEqual(['taken', 'text']);
  });

  it.each<[string, (kernel: Kernel, E: NodeCollection) => unknown, string]>([
    ['a path that is none', (k) => k.SaveStateSync(5 as never), 'TypeMismatch'],
    ['an empty path', (k) => k.SaveStateSync(''), 'TypeMismatch'],
    ['options twice', (k) => k.SaveStateSync({} as never, {}), 'TypeMismatch'],
    [
      'an unknown option',
      (k) => k.SaveStateSync({ colections: {} } as never),
      'UnaccessedDictionaryEntry',
    ],
    [
      'what is no collection',
      (k) => k.SaveStateSync({ collections: { E: [1] as never } }),
      'TypeMismatch',
    ],
    [
      'a collection of another kernel',
      (k) => k.SaveStateSync({ collections: { E: new Kernel().Create('iaf_psc_exp') } }),
      'InvalidNodeCollection',
    ],
    ['bytes that are none', (k) => k.SaveStateSync({ user: 'x' as never }), 'TypeMismatch'],
    ['a number to load', () => Kernel.LoadStateSync(5 as never), 'TypeMismatch'],
    [
      'threads that are none',
      (k) => Kernel.LoadStateSync(k.SaveStateSync(), { local_num_threads: 0 }),
      'BadParameterValue',
    ],
    [
      'threads as a text',
      (k) => Kernel.LoadStateSync(k.SaveStateSync(), { local_num_threads: '2' as never }),
      'TypeMismatch',
    ],
  ])('%s', (_, run, name) => {
    const { kernel, E } = network();
    expect(refused(() => run(kernel, E)).name).toBe(name);
    expect(kernel.running).toBe(false);
  });
});

it('is read by the program that docs/state-file.md shows', async () => {
  const { kernel } = network(2);
  await kernel.Simulate(12.5);
  const file = path.join(folder, 'a.tg');
  kernel.SaveStateSync(file);
  const program = blocksOf('docs/state-file.md').find(({ kind }) => kind === 'python')!.text;
  const script = path.join(folder, 'read.py');
  fs.writeFileSync(script, program);
  const printed = execFileSync('python3', [script, file], { encoding: 'utf8' });
  expect(printed.trim()).toBe('12.5 23 400');
});
