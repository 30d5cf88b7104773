// What the events of a recorder can be made into.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { tableFromIPC, tableToIPC } from 'apache-arrow';
import { named } from './named';
import { Kernel, type RecordedEvents, type RecorderEvents } from '../../lib';

let folder: string;
let kernel: Kernel;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'events-'));
  kernel = new Kernel();
});
afterEach(() => {
  jest.restoreAllMocks();
  kernel.dispose();
  fs.rmSync(folder, { recursive: true });
});

/** Samples of two neurons. */
function samples(params: object = {}): RecordedEvents {
  const cells = kernel.Create('iaf_psc_exp', 2, { I_e: 500 });
  const meter = kernel.Create('multimeter', { record_from: ['V_m'], ...params });
  kernel.Connect(meter, cells);
  kernel.SimulateSync(4);
  return meter.events;
}

const conversions = ['toArrow', 'toCSV', 'toJSON'];

it('are no columns', () => {
  const events = samples();
  const columns = ['times', 'senders', 'V_m'];
  expect(Object.keys(events)).toEqual(columns);
  expect(Object.keys({ ...events })).toEqual(columns);
  for (const name of conversions) expect(name in { ...events }).toBe(false);
  const { times, senders, V_m } = events;
  expect(isDeepStrictEqual(events, { times, senders, V_m })).toBe(true);
  expect(events).toStrictEqual({ times, senders, V_m });
  expect(structuredClone(events)).toEqual(events);
  const shown: string[] = [];
  for (const name in events) shown.push(name);
  expect(shown).toEqual(columns);
});

it('are there for events in a list and of get(), too', () => {
  samples();
  const recorders = kernel.Create('spike_recorder', 2);
  const all = recorders.events;
  expect(all.map((events) => events.toJSON())).toEqual(
    Array.from({ length: 2 }, () => ({ times: [], senders: [] })),
  );
  expect(JSON.stringify(recorders.at(0).get('events'))).toBe('{"times":[],"senders":[]}');
});

it('plain arrays for JSON', () => {
  const events = samples({ time_in_steps: true });
  expect(JSON.parse(JSON.stringify(events))).toEqual({
    times: [...events.times],
    senders: [...events.senders],
    offsets: [...events.offsets!],
    V_m: [...events.V_m!],
  });
  expect(events.times.length).toBe(8);
});

it('a text with all digits', async () => {
  const events = samples();
  const file = path.join(folder, 'V.csv');
  fs.writeFileSync(file, 'older, and longer than what replaces it'.repeat(100));
  await events.toCSV(file);
  const [head, ...lines] = fs.readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(head).toBe('times,senders,V_m');
  const rows = lines.map((line) => line.split(',').map(Number));
  expect(rows).toEqual(Array.from(events.times, (t, i) => [t, events.senders[i], events.V_m![i]]));
});

it('a text of many pieces, while other things go on', async () => {
  const noise = kernel.Create('spike_generator', {
    ...{ spike_times: [1, 2], spike_multiplicities: [9000, 8000] },
  });
  const recorder = kernel.Create('spike_recorder');
  kernel.Connect(noise, recorder);
  kernel.SimulateSync(5);
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  const file = path.join(folder, 'spikes.csv');
  await recorder.events.toCSV(file);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(0);
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  expect(lines).toHaveLength(17_002);
  expect(new Set(lines.slice(1, 9001))).toEqual(new Set(['1,1']));
});

it('a text that cannot be written is an IOError', async () => {
  const events = samples();
  await expect(events.toCSV(5 as never)).rejects.toThrow(
    named('TypeMismatch', { parameter: 'path' }),
  );
  await expect(events.toCSV('')).rejects.toThrow(named('TypeMismatch'));
  await expect(events.toCSV(path.join(folder, 'none', 'V.csv'))).rejects.toThrow(
    named('IOError', { reason: 'ENOENT', file: path.join(folder, 'none', 'V.csv') }),
  );
  const open = fs.promises.open;
  jest.spyOn(fs.promises, 'open').mockImplementation(async (...args) => {
    const handle = await open(...args);
    handle.write = () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
    return handle;
  });
  await expect(events.toCSV(path.join(folder, 'V.csv'))).rejects.toThrow(
    named('IOError', { reason: 'ENOSPC' }),
  );
});

it('a table of Arrow, which its own functions take', () => {
  const events: RecorderEvents & RecordedEvents = samples();
  const table = tableFromIPC(tableToIPC(events.toArrow()));
  expect(table.numRows).toBe(events.times.length);
  for (const [name, values] of Object.entries(events)) {
    expect(table.getChild(name)!.toArray()).toEqual(values);
  }
  expect(table.schema.fields.map(({ metadata }) => metadata.get('unit'))).toEqual([
    ...['ms', undefined, 'mV'],
  ]);
  const inSteps = samples({ time_in_steps: true }).toArrow();
  expect(inSteps.getChild('times')!.toArray()).toEqual(
    BigInt64Array.from([50n, 50n, 60n, 60n, 70n, 70n, 80n, 80n]),
  );
  expect(kernel.Create('spike_recorder').events.toArrow().numRows).toBe(0);
});

it.each([
  "Cannot find module 'apache-arrow'",
  "tegmenta tried to access apache-arrow (a peer dependency) but it isn't provided",
])('names the package that is missing: %s', (message) => {
  jest.resetModules();
  jest.doMock('apache-arrow', () => {
    throw Object.assign(new Error(message), { code: 'MODULE_NOT_FOUND' });
  });
  const command = 'npm install apache-arrow';
  expect(() => samples().toArrow()).toThrow(
    named('MissingPackage', { packages: ['apache-arrow'], command }),
  );
  const recorder = kernel.Create('spike_recorder');
  expect(() => recorder.readable({ format: 'arrow' })).toThrow(named('MissingPackage'));
  jest.dontMock('apache-arrow');
});
