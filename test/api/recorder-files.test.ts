import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { named } from './named';
import { Kernel, type NodeCollection } from '../../lib';

let folder: string;
let kernel: Kernel;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'recorders-'));
  kernel = new Kernel();
  kernel.data_path = folder;
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

const HEAD: readonly string[] = [
  expect.stringMatching(/^# NEST version: \d+\.\d+\.\d+ \(tegmenta /) as string,
  '# RecordingBackendASCII version: 2',
];
const linesOf = (name: string): string[] =>
  fs.readFileSync(path.join(folder, name), 'utf8').split('\n').slice(0, -1);
const files = (): string[] => fs.readdirSync(folder).sort();

/** Regular spikes to a recorder that writes, and to one that keeps them. */
function spikes(params: object = {}): { written: NodeCollection; kept: NodeCollection } {
  const cells = kernel.Create('iaf_psc_exp', 3, { I_e: [400, 500, 600] });
  const written = kernel.Create('spike_recorder', { record_to: 'ascii', ...params });
  const kept = kernel.Create('spike_recorder');
  kernel.Connect(cells, written);
  kernel.Connect(cells, kept);
  return { written, kept };
}

const asLines = ({ events }: NodeCollection<'spike_recorder', false>): string[] =>
  Array.from(events.times, (time, i) => `${events.senders[i]}\t${time.toFixed(3)}`);

describe.each([
  ['Simulate', (ms: number) => kernel.Simulate(ms)],
  ['SimulateSync', (ms: number) => Promise.resolve(kernel.SimulateSync(ms))],
])('%s', (_, simulate) => {
  it('writes spikes, of several simulations to one file', async () => {
    const { written, kept } = spikes();
    expect(written.get('filenames')).toEqual([path.join(folder, 'spike_recorder-4-0.dat')]);
    await simulate(100);
    await simulate(100);
    expect(files()).toEqual(['spike_recorder-4-0.dat']);
    const recorder = kept as NodeCollection<'spike_recorder', false>;
    expect(recorder.n_events).toBeGreaterThan(10);
    const lines = linesOf('spike_recorder-4-0.dat');
    expect(lines).toEqual([...HEAD, 'sender\ttime_ms', ...asLines(recorder)]);
    expect(written.get('n_events')).toBe(recorder.n_events);
    expect(written.get('events')).toEqual({
      times: new Float64Array(),
      senders: new Uint32Array(),
    });
  });

  it('writes samples and weights in the columns of NEST', async () => {
    const cells = kernel.Create('iaf_psc_exp', 2, { I_e: 500 });
    const meter = kernel.Create('multimeter', {
      record_to: 'ascii',
      record_from: ['V_m', 'I_syn_ex'],
      precision: 1,
      label: 'mine',
      file_extension: 'txt',
    });
    kernel.Connect(meter, cells);
    const weights = kernel.Create('weight_recorder', { record_to: 'ascii', time_in_steps: true });
    kernel.CopyModel('stdp_synapse', 'recorded', { weight_recorder: weights });
    kernel.Connect(cells, cells, 'all_to_all', { synapse_model: 'recorded', weight: 2 });
    await simulate(50);
    expect(files()).toEqual(['mine-3-0.txt', 'weight_recorder-4-0.dat']);
    const samples = linesOf('mine-3-0.txt');
    expect(samples.slice(2, 4)).toEqual(['sender\ttime_ms\tV_m\tI_syn_ex', '1\t1.0\t-68.1\t0.0']);
    expect(samples).toHaveLength(3 + meter.n_events);
    expect(meter.n_events).toBe(100);
    const [head, first] = linesOf('weight_recorder-4-0.dat').slice(2);
    expect(head).toBe('sender\ttime_step\ttime_offset\tweights\ttargets\treceptors\tports');
    expect(first).toMatch(/^1\t\d+\t0\.000\t[\d.]+\t1\t0\t\d+$/);
  });

  it('refuses a file that exists, before anything is simulated', async () => {
    const { written } = spikes({ label: 'twice' });
    const other = kernel.Create('spike_recorder', { record_to: 'ascii' });
    fs.writeFileSync(path.join(folder, 'twice-4-0.dat'), 'kept');
    const refused = async (): Promise<unknown> => simulate(10);
    await expect(refused()).rejects.toThrow(
      named('IOError', { node: 4, parameter: 'overwrite_files', code: 'ERR_TEGMENTA_IO_ERROR' }),
    );
    expect(files()).toEqual(['twice-4-0.dat']);
    expect(kernel.biological_time).toBe(0);
    kernel.overwrite_files = true;
    await simulate(100);
    expect(linesOf('twice-4-0.dat')).toHaveLength(3 + (written.get('n_events') as number));
    expect(other.n_events).toBe(0);
  });

  it('makes no file where it is refused itself', async () => {
    spikes();
    await expect((async () => simulate(-1))()).rejects.toThrow(named('BadParameter'));
    kernel.data_path = path.join(folder, 'none');
    await expect((async () => simulate(10))()).rejects.toThrow(
      named('IOError', { reason: 'ENOENT' }),
    );
    expect(files()).toEqual([]);
    expect(kernel.biological_time).toBe(0);
  });
});

it('is named as NEST names it', () => {
  kernel.data_prefix = 'run1_';
  kernel.Create('parrot_neuron', 98);
  const recorders = kernel.Create('spike_recorder', 2, [
    { record_to: 'ascii' },
    { record_to: 'ascii', label: 'a', file_extension: '' },
  ]);
  const name = (file: string): string[] => [path.join(folder, file)];
  expect(recorders.filenames).toEqual([
    name('run1_spike_recorder-099-0.dat'),
    name('run1_a-100-0'),
  ]);
  kernel.data_path = '';
  expect(recorders.at(1).filenames).toEqual(['run1_a-100-0']);
  expect(kernel.Create('spike_recorder').filenames).toEqual([]);
  expect(kernel.GetDefaults('spike_recorder', 'filenames')).toEqual([]);
  expect(() => recorders.set({ filenames: ['x'] } as never)).toThrow(
    'filenames of spike_recorder can only be read.',
  );
});

it('is begun by Prepare, and written by every Run', async () => {
  const { written } = spikes();
  await kernel.PrepareAsync();
  expect(linesOf('spike_recorder-4-0.dat')).toHaveLength(3);
  await kernel.Run(100);
  expect(linesOf('spike_recorder-4-0.dat')).toHaveLength(3 + (written.get('n_events') as number));
  kernel.RunSync(100);
  expect(linesOf('spike_recorder-4-0.dat')).toHaveLength(3 + (written.get('n_events') as number));
  kernel.Cleanup();
  kernel.ResetKernel();
  kernel.data_path = folder;
  spikes();
  expect(() => kernel.Prepare()).toThrow(named('IOError'));
  await expect(kernel.PrepareAsync()).rejects.toThrow(named('IOError'));
  expect(kernel.prepared).toBe(false);
});

it('holds the same whatever the threads, and however long it takes', async () => {
  const texts = [];
  for (const threads of [1, 2, 3]) {
    kernel.ResetKernel();
    kernel.SetKernelStatus({
      local_num_threads: threads,
      data_path: folder,
      overwrite_files: true,
    });
    const noise = kernel.Create('poisson_generator', { rate: 5000 });
    const cells = kernel.Create('iaf_psc_exp', 300);
    kernel.Connect(noise, cells, 'all_to_all', { weight: 100 });
    const recorder = kernel.Create('spike_recorder', { record_to: 'ascii' });
    kernel.Connect(cells, recorder);
    await kernel.Simulate(300);
    await kernel.Simulate(200);
    expect(linesOf('spike_recorder-302-0.dat')).toHaveLength(3 + recorder.n_events);
    texts.push(linesOf('spike_recorder-302-0.dat').join('\n'));
  }
  expect(new Set(texts).size).toBe(1);
  expect(texts[0]!.length).toBeGreaterThan(100_000);
});

it('holds what was simulated until an abort', async () => {
  const { written, kept } = spikes();
  const stop = new AbortController();
  const run = kernel.Simulate(1e8, {
    signal: stop.signal,
    onProgress: () => {
      stop.abort();
    },
  });
  await expect(run).rejects.toThrow(named('AbortError'));
  expect(written.get('n_events')).toBe(kept.get('n_events'));
  expect(linesOf('spike_recorder-4-0.dat')).toHaveLength(3 + (written.get('n_events') as number));
});

it.each(['Simulate', 'SimulateSync'] as const)(
  'holds what was simulated until %s failed',
  async (name) => {
    const { written, kept } = spikes();
    const input = kernel.Create('poisson_generator', { rate: 20_000, start: 50 });
    const wild = kernel.Create('izhikevich', 20, { a: 1000 });
    kernel.Connect(input, wild, 'all_to_all', { weight: 1 });
    await expect((async () => kernel[name](500))()).rejects.toThrow(named('NumericalInstability'));
    expect(written.get('n_events')).toBe(kept.get('n_events'));
    expect(written.get('n_events')).toBeGreaterThan(0);
    expect(linesOf('spike_recorder-04-0.dat')).toHaveLength(
      3 + (written.get('n_events') as number),
    );
  },
);

it('is written while rewards are given', async () => {
  const { written } = spikes();
  const transmitter = kernel.Create('reward_transmitter');
  await kernel.Simulate(100, { reward: { transmitter, interval: 7, source: () => 1 } });
  expect(linesOf('spike_recorder-4-0.dat')).toHaveLength(3 + (written.get('n_events') as number));
});

it('stops the simulation where it cannot be written any more', async () => {
  spikes();
  await kernel.Simulate(100);
  fs.rmSync(path.join(folder, 'spike_recorder-4-0.dat'));
  fs.mkdirSync(path.join(folder, 'spike_recorder-4-0.dat'));
  await expect(kernel.Simulate(1e9)).rejects.toThrow(named('IOError', { reason: 'EISDIR' }));
  expect(() => kernel.SimulateSync(100)).toThrow(named('IOError', { reason: 'EISDIR' }));
});

it('is chosen by defaults and copies of models, too', async () => {
  kernel.SetDefaults('spike_recorder', { record_to: 'ascii' });
  kernel.CopyModel('multimeter', 'probe', { record_to: 'ascii', record_from: ['V_m'] });
  const cells = kernel.Create('iaf_psc_exp', { I_e: 500 });
  kernel.Connect(cells, kernel.Create('spike_recorder'));
  kernel.Connect(kernel.Create('probe'), cells);
  await kernel.Simulate(50);
  expect(files()).toEqual(['probe-3-0.dat', 'spike_recorder-2-0.dat']);
});

it('is another one once there are events', async () => {
  const { written, kept } = spikes();
  await kernel.Simulate(50);
  for (const recorder of [written, kept]) {
    for (const record_to of ['memory', 'ascii', 'screen']) {
      if (recorder.get('record_to') === record_to) continue;
      expect(() => recorder.set({ record_to })).toThrow(
        named('BadProperty', { parameter: 'record_to' }),
      );
    }
  }
  expect(() => written.stream()).toThrow(named('BadProperty', { parameter: 'record_to' }));
  written.set({ n_events: 0, record_to: 'memory' });
  kept.set({ n_events: 0, record_to: 'ascii' });
  await kernel.Simulate(50);
  expect(written.get('n_events')).toBeGreaterThan(0);
  expect(linesOf('spike_recorder-5-0.dat')).toHaveLength(3 + (kept.get('n_events') as number));
});

it('is the terminal for "screen"', async () => {
  const { kept } = spikes({ record_to: 'screen' });
  const shown: string[] = [];
  const write = jest.spyOn(process.stdout, 'write').mockImplementation(((
    text: string,
    done?: () => void,
  ) => {
    shown.push(text);
    done?.();
    return true;
  }) as typeof process.stdout.write);
  await kernel.Simulate(50);
  kernel.SimulateSync(50);
  write.mockRestore();
  const recorder = kept as NodeCollection<'spike_recorder', false>;
  expect(shown.join('').split('\n').slice(0, -1)).toEqual(asLines(recorder));
  expect(files()).toEqual([]);
});

it('needs digits that there are', () => {
  for (const precision of [-1, 101]) {
    expect(() => spikes({ precision })).toThrow(named('BadProperty', { parameter: 'precision' }));
  }
  expect(() => spikes({ precision: 1.5 })).toThrow(named('TypeMismatch'));
});
