// Recorders that write files of Arrow and NumPy.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { RecordBatchReader, type Table, tableFromIPC } from 'apache-arrow';
import { named } from './named';
import { Kernel, type NodeCollection, type RecorderEvents } from '../../lib';
import { namedColumns } from '../../lib/recorder-events';

let folder: string;
let kernel: Kernel;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'binary-'));
  kernel = new Kernel();
  kernel.data_path = folder;
});
afterEach(() => {
  jest.restoreAllMocks();
  kernel.dispose();
  fs.rmSync(folder, { recursive: true });
});

const inFolder = (name: string): string => path.join(folder, name);
const files = (): string[] => fs.readdirSync(folder).sort();

type Columns = Record<string, number[]>;

/** Reads with nothing but Python's standard library, and compares with numpy where that is there. */
const reader = `
import ast, json, struct, sys
data = open(sys.argv[1], "rb").read()
assert data[:8] == b"\\x93NUMPY\\x01\\x00"
length = struct.unpack_from("<H", data, 8)[0]
assert (10 + length) % 64 == 0 and data[9 + length:10 + length] == b"\\n"
head = ast.literal_eval(data[10:10 + length].decode("latin1"))
assert head["fortran_order"] is False
letters = {"<f8": "d", "<i8": "q", "<u4": "I"}
names = [name for name, _ in head["descr"]]
row = struct.Struct("<" + "".join(letters[kind] for _, kind in head["descr"]))
(count,) = head["shape"]
assert len(data) >= 10 + length + count * row.size
rows = [row.unpack_from(data, 10 + length + i * row.size) for i in range(count)]
try:
    import numpy
except ImportError:
    pass
else:
    array = numpy.load(sys.argv[1])
    assert array.dtype.names == tuple(names) and [tuple(r) for r in array.tolist()] == rows
columns = {name: [r[i] for r in rows] for i, name in enumerate(names)}
print(json.dumps({"columns": columns, "descr": head["descr"]}))
`;

function readNpy(file: string): { columns: Columns; descr: [string, string][] } {
  const python = spawnSync('python3', ['-c', reader, file], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  expect(python.stderr).toBe('');
  return JSON.parse(python.stdout) as { columns: Columns; descr: [string, string][] };
}

const tableOf = (file: string): Table => tableFromIPC(fs.readFileSync(file));

function readArrow(file: string): Columns {
  const table = tableOf(file);
  const read = (name: string): number[] =>
    Array.from(table.getChild(name)!.toArray() as Iterable<number>, Number);
  return Object.fromEntries(table.schema.fields.map(({ name }) => [name, read(name)]));
}

const readers = {
  npy: (file: string) => readNpy(file).columns,
  arrow: readArrow,
  arrows: readArrow,
};
const extensions = Object.keys(readers) as (keyof typeof readers)[];

const columnsOf = (events: RecorderEvents): Columns =>
  Object.fromEntries(namedColumns(events).map(([name, list]) => [name, Array.from(list)]));

/** Noise to a recorder that writes, and to one that keeps its events. */
function spikes(extension: string, params: object = {}) {
  const noise = kernel.Create('poisson_generator', { rate: 20_000 });
  const cells = kernel.Create('parrot_neuron', 50);
  kernel.Connect(noise, cells);
  const written = kernel.Create('spike_recorder', {
    record_to: 'file',
    file_extension: extension,
    label: 'spikes',
    ...params,
  });
  const kept = kernel.Create('spike_recorder');
  kernel.Connect(cells, written);
  kernel.Connect(cells, kept);
  return { written, kept: kept };
}

describe.each(extensions)('%s', (extension) => {
  const name = `spikes-52-0.${extension}`;
  const read = (file: string): Columns => readers[extension](inFolder(file));

  it.each([
    ['Simulate', (ms: number) => kernel.Simulate(ms)],
    ['SimulateSync', (ms: number) => Promise.resolve(kernel.SimulateSync(ms))],
  ])('holds what memory holds, of several calls of %s', async (_, simulate) => {
    const { written, kept } = spikes(extension);
    expect(written.get('filenames')).toEqual([inFolder(name)]);
    await simulate(80); // more than one batch
    await simulate(30);
    expect(files()).toEqual([name]);
    expect(kept.n_events).toBeGreaterThan(100_000);
    expect(read(name)).toEqual(columnsOf(kept.events));
    expect(written.get('n_events')).toBe(kept.n_events);
    expect((written.get('events') as unknown as RecorderEvents).times).toHaveLength(0);
  });

  it('holds samples and weights', async () => {
    const cells = kernel.Create('iaf_psc_exp', 2, { I_e: 500 });
    const own = { record_from: ['V_m', 'I_syn_ex'], time_in_steps: true };
    const to = { record_to: 'file', file_extension: extension };
    const meters = [
      kernel.Create('multimeter', { ...own, ...to }),
      kernel.Create('multimeter', own),
    ];
    for (const meter of meters) kernel.Connect(meter, cells);
    const recorders = [kernel.Create('weight_recorder', to), kernel.Create('weight_recorder')];
    for (const [i, weights] of recorders.entries()) {
      kernel.CopyModel('stdp_synapse', `recorded${i}`, { weight_recorder: weights });
      const syn = { synapse_model: `recorded${i}`, weight: 2.5 };
      kernel.Connect(cells, cells, 'all_to_all', syn);
    }
    await kernel.Simulate(50);
    expect(read(`multimeter-3-0.${extension}`)).toEqual(columnsOf(meters[1]!.events as never));
    const weights = columnsOf(recorders[1]!.events);
    expect(Object.keys(weights)).toEqual([
      ...['times', 'senders', 'targets', 'weights', 'receptors', 'ports'],
    ]);
    expect(weights.weights!.length).toBeGreaterThan(10);
    expect(read(`weight_recorder-5-0.${extension}`)).toEqual(weights);
  });

  it('is whole where nothing was recorded', async () => {
    const { kept } = spikes(extension, { stop: 0.1 });
    await kernel.Simulate(0.1);
    expect(read(name)).toEqual(columnsOf(kept.events));
  });

  it('is refused where it exists', async () => {
    spikes(extension);
    fs.writeFileSync(inFolder(name), 'kept');
    await expect(kernel.Simulate(10)).rejects.toThrow(
      named('IOError', { node: 52, parameter: 'overwrite_files' }),
    );
    expect(fs.readFileSync(inFolder(name), 'utf8')).toBe('kept');
    expect(kernel.biological_time).toBe(0);
    kernel.overwrite_files = true;
    await kernel.Simulate(10);
    expect(read(name).times!.length).toBeGreaterThan(1000);
  });

  it('goes on from its length when the state was saved', async () => {
    spikes(extension);
    await kernel.Simulate(20);
    const state = kernel.SaveStateSync();
    await kernel.Simulate(30);
    const whole = read(name);
    kernel.dispose();
    kernel = new Kernel();
    kernel.LoadStateSync(state);
    await kernel.Simulate(10);
    const ids = kernel.GetNodes({ model: 'spike_recorder' });
    const other = ids.at(1) as unknown as NodeCollection<'spike_recorder', false>;
    expect(read(name)).toEqual(columnsOf(other.events));
    await kernel.Simulate(20);
    expect(read(name)).toEqual(whole);
  });

  it('stops the simulation where it cannot be written, and keeps what was', async () => {
    const { written, kept } = spikes(extension);
    for (const recorder of [written, kept]) recorder.set({ stop: 200 });
    await kernel.Simulate(20);
    const before = columnsOf(kept.events);
    const open = fs.promises.open;
    jest.spyOn(fs.promises, 'open').mockImplementation(async (...args) => {
      const handle = await open(...args);
      const write = handle.write.bind(handle) as (...given: unknown[]) => Promise<never>;
      let calls = 0;
      handle.write = ((bytes: Uint8Array, from: number, length: number, at: number) => {
        // A disk that gets full in the middle.
        if (calls++ > 0) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
        return write(bytes, from, Math.ceil(length / 2), at);
      }) as never;
      return handle;
    });
    await expect(kernel.Simulate(1e9)).rejects.toThrow(
      named('IOError', { reason: 'ENOSPC', file: inFolder(name) }),
    );
    expect(read(name)).toEqual(before);
    jest.restoreAllMocks();
    await kernel.Simulate(10);
    expect(read(name)).toEqual(columnsOf(kept.events));
  });
});

it('has columns of its types', async () => {
  spikes('npy', { time_in_steps: true });
  await kernel.Simulate(5);
  expect(readNpy(inFolder('spikes-52-0.npy')).descr).toEqual([
    ['times', '<i8'],
    ['senders', '<u4'],
    ['offsets', '<f8'],
  ]);
  kernel.ResetKernel();
  kernel.data_path = folder;
  const cells = kernel.Create('iaf_psc_exp', 2);
  const meter = kernel.Create('multimeter', {
    ...{ record_from: ['V_m'], record_to: 'file', file_extension: 'arrow', label: 'V' },
  });
  kernel.Connect(meter, cells);
  await kernel.Simulate(5);
  const { schema, batches } = tableOf(inFolder('V-3-0.arrow'));
  expect(Object.fromEntries(schema.metadata)).toEqual({ recorder: 'multimeter' });
  expect(
    schema.fields.map(({ name, type, nullable, metadata }) => [
      ...[name, String(type), nullable, metadata.get('unit')],
    ]),
  ).toEqual([
    ['times', 'Float64', false, 'ms'],
    ['senders', 'Uint32', false, undefined],
    ['V_m', 'Float64', false, 'mV'],
  ]);
  expect(batches.map(({ metadata }) => Object.fromEntries(metadata))).toEqual([
    { first_time: '1', last_time: '5' },
  ]);
});

it('is chosen by an extension that is known, when it is set', () => {
  const recorder = kernel.Create('spike_recorder');
  const refused = named('BadProperty', {
    ...{ model: 'spike_recorder', parameter: 'file_extension', value: 'dat' },
    allowed: "'arrow', 'arrows' or 'npy' where record_to is 'file'",
  });
  expect(() => recorder.set({ record_to: 'file' })).toThrow(refused);
  expect(recorder.get('record_to')).toBe('memory');
  recorder.set({ record_to: 'file', file_extension: 'npy' });
  expect(() => recorder.set({ file_extension: 'dat' })).toThrow(refused);
  recorder.set({ record_to: 'ascii', file_extension: 'dat' });
  expect(() => kernel.Create('spike_recorder', { record_to: 'file' })).toThrow(refused);
});

it('names the package that is missing, and makes no file', async () => {
  spikes('arrow');
  jest.resetModules();
  jest.doMock('apache-arrow', () => {
    throw Object.assign(new Error("Cannot find module 'apache-arrow'"), {
      code: 'MODULE_NOT_FOUND',
    });
  });
  const command = 'npm install apache-arrow';
  await expect(kernel.Simulate(10)).rejects.toThrow(
    named('MissingPackage', { packages: ['apache-arrow'], command }),
  );
  expect(() => kernel.SimulateSync(10)).toThrow(command);
  expect(files()).toEqual([]);
  expect(kernel.biological_time).toBe(0);
  jest.dontMock('apache-arrow');
});

it('is readable up to its last whole batch where it is cut off', async () => {
  const { kept } = spikes('arrow');
  await kernel.Simulate(100);
  const bytes = fs.readFileSync(inFolder('spikes-52-0.arrow'));
  const times: number[] = [];
  expect(() => {
    for (const batch of RecordBatchReader.from(bytes.subarray(0, bytes.length - 5))) {
      times.push(...(batch.getChild('times')!.toArray() as Float64Array));
    }
  }).toThrow('message body');
  expect(times.length).toBeGreaterThan(0);
  expect(times).toEqual(Array.from(kept.events.times.subarray(0, times.length)));
});
