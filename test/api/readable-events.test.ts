// The events of a recorder as a web stream of bytes.
import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import { tableFromIPC } from 'apache-arrow';
import { named } from './named';
import { textPieces } from '../../lib/event-text';
import { Kernel, type NodeCollection } from '../../lib';

let kernel: Kernel;
let recorder: NodeCollection<'spike_recorder', false>;
beforeEach(() => {
  kernel = new Kernel();
  const noise = kernel.Create('poisson_generator', { rate: 20_000 });
  const cells = kernel.Create('parrot_neuron', 50);
  recorder = kernel.Create('spike_recorder');
  kernel.Connect(noise, cells);
  kernel.Connect(cells, recorder);
});
afterEach(() => {
  kernel.dispose();
});

const pairs = (): [number, number][] =>
  Array.from(recorder.events.times, (time, i) => [time, recorder.events.senders[i]!]);

it('gives lines of JSON while a simulation runs', async () => {
  const run = kernel.Simulate(30);
  const text = await new Response(recorder.readable()).text();
  await run;
  const { times, senders } = recorder.events;
  const lines = text.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as object)).toEqual(
    Array.from(times, (time, i) => ({ times: time, senders: senders[i] })),
  );
  expect(lines.length).toBeGreaterThan(20_000);
});

it('gives CSV', async () => {
  kernel.SimulateSync(10);
  const expected = pairs().map((pair) => pair.join(','));
  const text = await new Response(recorder.readable({ format: 'csv' })).text();
  expect(text.split('\n')).toEqual(['times,senders', ...expected, '']);
  expect(await new Response(recorder.readable({ format: 'csv' })).text()).toBe('times,senders\n');
});

it('gives Arrow', async () => {
  kernel.SimulateSync(100); // several batches
  const { times, senders } = recorder.events;
  const bytes = await new Response(recorder.readable({ format: 'arrow' })).arrayBuffer();
  const table = tableFromIPC(new Uint8Array(bytes));
  expect(table.batches.length).toBeGreaterThan(1);
  expect(table.getChild('times')!.toArray()).toEqual(times);
  expect(table.getChild('senders')!.toArray()).toEqual(senders);
});

it('what is not finite is null in JSON, and named in CSV', () => {
  const events = { times: Float64Array.of(0.1, 2), senders: Uint32Array.of(1, 2) };
  const all = { ...events, g: Float64Array.of(NaN, -Infinity) };
  const textOf = (format: 'csv' | 'ndjson'): string => [...textPieces(format, all)].join('');
  expect(textOf('ndjson')).toBe(
    '{"times":0.1,"senders":1,"g":null}\n{"times":2,"senders":2,"g":null}\n',
  );
  expect(textOf('csv')).toBe('0.1,1,NaN\n2,2,-Infinity\n');
});

it('takes nothing before it is asked for, and no more than it is asked for', async () => {
  kernel.SimulateSync(200);
  const all = recorder.n_events;
  const reader = recorder.readable({ format: 'arrow', release: true }).getReader();
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(recorder.events.times).toHaveLength(all);
  await reader.read(); // the schema
  expect(recorder.events.times).toHaveLength(all);
  await reader.read();
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(recorder.events.times).toHaveLength(all - 2 ** 16);
  await reader.cancel();
  let rest = 0;
  for await (const { times } of recorder.stream({ release: true })) rest += times.length;
  expect(rest).toBe(all - 2 ** 16);
  expect(recorder.events.times).toHaveLength(0);
});

it('ends when it is cancelled, before and while something is awaited', async () => {
  const abort = new AbortController();
  const run = kernel.Simulate(1e9, { signal: abort.signal });
  const ended = run.catch((error: unknown) => error);
  await recorder.readable({ release: true }).cancel();
  const reader = recorder.readable({ format: 'arrow', release: true }).getReader();
  for (let i = 0; i < 5; i++) await reader.read();
  const pending = reader.read();
  await reader.cancel(new Error('gone'));
  await pending;
  abort.abort();
  expect(await ended).toMatchObject({ name: 'AbortError' });
  // Neither holds up another one.
  for await (const batch of recorder.stream({ release: true })) void batch;
  expect(recorder.events.times).toHaveLength(0);
});

it('fails with the reason of its signal', async () => {
  const abort = new AbortController();
  const run = kernel.Simulate(1e9, { signal: abort.signal });
  const text = new Response(recorder.readable({ signal: abort.signal, release: true })).text();
  const ended = Promise.allSettled([run, text]);
  const reason = new Error('enough');
  abort.abort(reason);
  expect(await ended).toEqual([
    { status: 'rejected', reason },
    { status: 'rejected', reason },
  ]);
});

it('is a reply of fastify', async () => {
  const app = fastify();
  app.get('/spikes', (_, reply) => {
    void kernel.Simulate(20);
    return reply.type('text/csv').send(recorder.readable({ format: 'csv' }));
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/spikes`);
  const text = await response.text();
  expect(response.headers.get('content-type')).toContain('text/csv');
  expect(text.split('\n')).toHaveLength(2 + recorder.n_events);
  await app.close();
});

it('refuses what it cannot give', () => {
  expect(() => recorder.readable({ format: 'xml' as never })).toThrow(
    named('BadParameterValue', {
      ...{ parameter: 'format', value: 'xml', allowed: "'ndjson', 'csv' or 'arrow'" },
    }),
  );
  expect(() => recorder.readable({ format: 5 as never })).toThrow(
    named('TypeMismatch', { parameter: 'format' }),
  );
  expect(() => recorder.readable({ formt: 'csv' } as never)).toThrow(
    named('UnaccessedDictionaryEntry', { suggestion: 'format' }),
  );
  expect(() => recorder.readable({ signal: 5 } as never)).toThrow(
    named('TypeMismatch', { parameter: 'signal' }),
  );
  expect(() => kernel.GetNodes().readable()).toThrow(named('DimensionMismatch'));
  recorder.set({ record_to: 'ascii' });
  expect(() => recorder.readable()).toThrow(named('BadProperty', { parameter: 'record_to' }));
});
