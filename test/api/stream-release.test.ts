// Streams that free what they have delivered.
import { named } from './named';
import { Kernel, type NodeCollection, type RecorderEvents } from '../../lib';

type SpikeRecorder = NodeCollection<'spike_recorder', false>;

let kernel: Kernel;
beforeEach(() => {
  kernel = new Kernel();
});
afterEach(() => {
  kernel.dispose();
});

/** A recorder that streams, and one that keeps all, of the same spikes. */
function recorders(): { streamed: SpikeRecorder; kept: SpikeRecorder } {
  const noise = kernel.Create('poisson_generator', { rate: 20_000 });
  const cells = kernel.Create('parrot_neuron', 50);
  kernel.Connect(noise, cells);
  const streamed = kernel.Create('spike_recorder');
  const kept = kernel.Create('spike_recorder');
  kernel.Connect(cells, streamed);
  kernel.Connect(cells, kept);
  return { streamed, kept };
}

const rowsOf = ({ times, senders }: RecorderEvents): string[] =>
  Array.from(times, (time, i) => `${time} ${senders[i]}`);

async function read(stream: AsyncIterable<RecorderEvents>): Promise<string[]> {
  const rows: string[] = [];
  for await (const batch of stream) rows.push(...rowsOf(batch));
  return rows;
}

const bytes = (): number => kernel.memory_nodes;

it('memory does not grow with the time simulated, and nothing is lost', async () => {
  const { streamed, kept } = recorders();
  kept.set({ stop: 300 });
  const rows: string[] = [];
  const sizes: number[] = [];
  for (let i = 0; i < 6; i++) {
    const run = kernel.Simulate(100);
    rows.push(...(await read(streamed.stream({ release: true }))));
    await run;
    expect(streamed.events.times).toHaveLength(0);
    expect(streamed.n_events).toBe(rows.length);
    sizes.push(bytes());
  }
  expect(rows.length).toBeGreaterThan(500_000);
  expect(rows.slice(0, kept.n_events)).toEqual(rowsOf(kept.events));
  // From there on the other one records no more.
  expect(Math.max(...sizes.slice(3))).toBe(sizes[3]);
});

it('the reader that leaves has its batch; what follows is still there', async () => {
  const { streamed, kept } = recorders();
  kernel.SimulateSync(100);
  const rows: string[] = [];
  for await (const batch of streamed.stream({ release: true })) {
    rows.push(...rowsOf(batch));
    break;
  }
  const failing = async (): Promise<void> => {
    for await (const batch of streamed.stream({ release: true })) {
      rows.push(...rowsOf(batch));
      throw new Error('enough');
    }
  };
  expect(rows.length).toBeLessThan(kept.n_events);
  expect(streamed.events.times.length + rows.length).toBe(kept.n_events);
  await expect(failing()).rejects.toThrow('enough');
  rows.push(...(await read(streamed.stream({ release: true }))));
  expect(rows).toEqual(rowsOf(kept.events));
  expect(streamed.n_events).toBe(kept.n_events);
});

it('waits for all streams that are open', async () => {
  const { streamed, kept } = recorders();
  kernel.SimulateSync(20);
  const all = rowsOf(kept.events);
  const other = streamed.stream();
  const unread = streamed.stream({ release: true });
  expect(await read(streamed.stream({ release: true }))).toEqual(all);
  expect(streamed.events.times).toHaveLength(all.length);
  expect(await read(other)).toEqual(all);
  expect(streamed.events.times).toHaveLength(all.length);
  await unread.return();
  kernel.SimulateSync(20);
  expect(await read(streamed.stream({ release: true }))).toEqual(
    rowsOf(kept.events).slice(all.length),
  );
  expect(streamed.events.times).toHaveLength(0);
});

it('a later stream without release has what is held', async () => {
  const { streamed, kept } = recorders();
  kernel.SimulateSync(20);
  await read(streamed.stream({ release: true }));
  const before = kept.n_events;
  kernel.SimulateSync(20);
  expect(await read(streamed.stream())).toEqual(rowsOf(kept.events).slice(before));
  expect(streamed.events).toEqual({
    times: kept.events.times.slice(before),
    senders: kept.events.senders.slice(before),
  });
  streamed.n_events = 0;
  kept.n_events = 0;
  kernel.SimulateSync(20);
  expect(await read(streamed.stream({ release: true }))).toEqual(rowsOf(kept.events));
});

it('lets others have their turn, however much is held', async () => {
  const many = kernel.Create('spike_generator', {
    ...{ spike_times: [1], spike_multiplicities: [1_000_000] },
  });
  const spikes = kernel.Create('spike_recorder');
  kernel.Connect(many, spikes);
  kernel.SimulateSync(5);
  let turns = 0;
  const timer = setInterval(() => turns++, 0);
  let [events, batches] = [0, 0];
  for await (const { times } of spikes.stream({ release: true })) {
    events += times.length;
    batches++;
  }
  clearInterval(timer);
  expect([events, batches]).toEqual([1_000_000, 16]);
  expect(turns).toBeGreaterThan(0);
});

it('samples, weights and spikes of several at a time are released, too', async () => {
  const cells = kernel.Create('iaf_psc_exp', 20, { I_e: 600 });
  const meter = kernel.Create('multimeter', { record_from: ['V_m', 'I_syn_ex'], interval: 0.1 });
  const all = kernel.Create('multimeter', { record_from: ['V_m', 'I_syn_ex'], interval: 0.1 });
  kernel.Connect(meter, cells);
  kernel.Connect(all, cells);
  const many = kernel.Create('spike_generator', {
    spike_times: [1, 2],
    spike_multiplicities: [100_000, 70_000],
  });
  const spikes = kernel.Create('spike_recorder');
  kernel.Connect(many, spikes);
  kernel.SimulateSync(400);
  const numbers: number[] = [];
  for await (const batch of meter.stream({ release: true })) {
    batch.V_m.forEach((V_m, i) => numbers.push(batch.times[i]!, V_m, batch.I_syn_ex[i]!));
  }
  const { times, V_m, I_syn_ex } = all.events;
  expect(numbers).toEqual(Array.from(times, (t, i) => [t, V_m[i]!, I_syn_ex[i]!]).flat());
  const rows = await read(spikes.stream({ release: true }));
  expect(rows).toHaveLength(170_000);
  expect(new Set(rows.slice(0, 100_000))).toEqual(new Set([`1 ${many.ids[0]}`]));
  expect(new Set(rows.slice(100_000))).toEqual(new Set([`2 ${many.ids[0]}`]));
});

it('goes on after a saved state was loaded', async () => {
  const { streamed, kept } = recorders();
  kernel.SimulateSync(20);
  const first = await read(streamed.stream({ release: true }));
  kernel.SimulateSync(10);
  kernel.LoadStateSync(kernel.SaveStateSync());
  kernel.SimulateSync(10);
  const rest = await read(streamed.stream({ release: true }));
  expect([...first, ...rest]).toEqual(rowsOf(kept.events));
  expect(streamed.n_events).toBe(first.length + rest.length);
});

it('is refused with its name where it cannot be', () => {
  const { streamed } = recorders();
  expect(() => streamed.stream({ release: 1 } as never)).toThrow(
    named('TypeMismatch', { parameter: 'release' }),
  );
  const sampler = kernel.Create('synapse_recorder');
  expect(() => sampler.stream({ release: true })).toThrow(
    named('NotImplemented', { model: 'synapse_recorder' }),
  );
});
