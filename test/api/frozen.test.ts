// `frozen`: time does not pass for a node.
import { type AnyInput, BadProperty, Kernel, node_models } from '../../lib';
import { models } from '../../lib/registry';
import { column } from '../reference/compare';
import { toFirst } from '../property/receptors';

const neurons = node_models.filter((name) => models.get(name)?.kind === 'neuron');
const devices = node_models.filter((name) => models.get(name)?.kind !== 'neuron');

/** What makes neurons of a model fire. */
const DRIVE: Record<string, AnyInput> = { rate: 20000 };
const COUNT = 70;

/** Neurons, each with noise of its own, recorded. */
function driven(model: string, threads = 1) {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ local_num_threads: threads });
  const nodes = kernel.Create(model, COUNT);
  const drive = kernel.Create('poisson_generator', DRIVE);
  const spikes = kernel.Create('spike_recorder');
  kernel.Connect(drive, nodes, 'all_to_all', toFirst(model, 40));
  kernel.Connect(nodes, spikes);
  const recordables = models.get(model)!.recordables;
  const meter = kernel.Create('multimeter', { record_from: recordables, interval: 0.5 });
  if (recordables.length > 0) kernel.Connect(meter, nodes);
  return { kernel, nodes, spikes, meter };
}

/** Events of the nodes with these IDs. */
function eventsOf(recorder: { readonly events: object }, ids: ReadonlySet<number>) {
  const events = recorder.events as Record<string, ArrayLike<number>>;
  const senders = Array.from(events.senders!);
  return Object.fromEntries(
    Object.entries(events).map(([key, values]) => [
      key,
      Array.from(values).filter((_, i) => ids.has(senders[i]!)),
    ]),
  );
}

describe.each(neurons)('%s', (model) => {
  test.each([1, 3])('keeps its state while the others go on, %i threads', (threads) => {
    const whole = driven(model);
    const part = driven(model, threads);
    const ids = Array.from({ length: COUNT }, (_, i) => i + 1);
    const isFrozen = (id: number): boolean => id % 3 === 0;
    const stay = new Set(ids.filter(isFrozen));
    const go = new Set(ids.filter((id) => !isFrozen(id)));
    whole.kernel.SimulateSync(20);
    part.kernel.SimulateSync(20);
    const frozen = part.nodes.pick(ids.map(isFrozen));
    const states = models.get(model)!.parameters.filter(({ role }) => role === 'state');
    const names = states.map(({ name }) => name).filter((name) => name !== 'Ca');
    const before = frozen.get(names as never);
    part.nodes.set({ frozen: ids.map(isFrozen) });
    const spikesBefore = eventsOf(part.spikes, stay);
    whole.kernel.SimulateSync(30);
    part.kernel.SimulateSync(30);
    expect(frozen.get(names as never)).toEqual(before);
    expect(eventsOf(part.spikes, stay)).toEqual(spikesBefore);
    for (const recorder of ['spikes', 'meter'] as const) {
      expect(eventsOf(part[recorder], go)).toEqual(eventsOf(whole[recorder], go));
    }
    const sampled = eventsOf(part.meter, stay).times ?? [];
    expect(Math.max(0, ...sampled)).toBeLessThanOrEqual(20);
    // Time passes again, from the state that was kept.
    part.nodes.set({ frozen: false });
    part.kernel.SimulateSync(50);
    const fires = whole.spikes.n_events > 0;
    const after = eventsOf(part.spikes, stay).times!.length;
    expect(after > spikesBefore.times!.length).toBe(fires);
    expect(fires).toBe(model !== 'clamped_neuron');
  });
});

test('a model can be frozen from the beginning', () => {
  const kernel = new Kernel();
  kernel.CopyModel('iaf_psc_alpha', 'still', { frozen: true });
  const node = kernel.Create('still', { I_e: 1000 });
  kernel.SimulateSync(50);
  expect(node.get('V_m')).toBe(-70);
  expect(node.get('frozen')).toBe(true);
});

describe('devices', () => {
  test.each(['poisson_generator', 'spike_generator', 'dc_generator'] as const)(
    'a frozen %s sends nothing from then on, and goes on later',
    (model) => {
      const params: Record<string, Record<string, AnyInput>> = {
        poisson_generator: { rate: 5000 },
        spike_generator: { spike_times: Array.from({ length: 300 }, (_, i) => 0.3 * (i + 1)) },
        dc_generator: { amplitude: 900 },
      };
      const run = (frozen: boolean): number[] => {
        const kernel = new Kernel();
        const device = kernel.Create(model, params[model] as never);
        const node = kernel.Create('iaf_psc_exp');
        const spikes = kernel.Create('spike_recorder');
        kernel.Connect(device, node, 'all_to_all', { weight: model === 'dc_generator' ? 1 : 500 });
        kernel.Connect(node, spikes);
        kernel.SimulateSync(30);
        device.set({ frozen });
        kernel.SimulateSync(30);
        device.set({ frozen: false });
        kernel.SimulateSync(30);
        return Array.from(column(spikes, 'times'));
      };
      const [still, whole] = [run(true), run(false)];
      const until = (times: number[], from: number, to: number): number[] =>
        times.filter((t) => t > from && t <= to);
      expect(until(whole, 0, 30).length).toBeGreaterThan(0);
      expect(until(still, 0, 30)).toEqual(until(whole, 0, 30));
      // What it sent before is still on its way.
      expect(until(still, 40, 60)).toEqual([]);
      expect(until(whole, 40, 60).length).toBeGreaterThan(0);
      expect(until(still, 60, 90).length).toBeGreaterThan(0);
    },
  );

  test('a frozen recorder records nothing', () => {
    const kernel = new Kernel();
    const node = kernel.Create('iaf_psc_exp', { I_e: 1000 });
    const spikes = kernel.Create('spike_recorder');
    kernel.Connect(node, spikes);
    kernel.SimulateSync(50);
    const before = spikes.n_events;
    expect(before).toBeGreaterThan(0);
    spikes.set({ frozen: true });
    kernel.SimulateSync(50);
    expect(spikes.n_events).toBe(before);
    spikes.set({ frozen: false });
    kernel.SimulateSync(50);
    expect(spikes.n_events).toBeGreaterThan(before);
  });

  test('a frozen volume_transmitter passes no dopamine on', () => {
    const run = (frozen: boolean): number => {
      const kernel = new Kernel();
      const vt = kernel.Create('volume_transmitter', { frozen });
      const dopamine = kernel.Create('spike_generator', { spike_times: [10, 20] });
      const parrots = kernel.Create('parrot_neuron', 3);
      const spikes = kernel.Create('spike_generator', { spike_times: [5, 15, 25] });
      kernel.Connect(dopamine, parrots.at(0));
      kernel.Connect(spikes, parrots.slice(1));
      kernel.Connect(parrots.at(0), vt);
      kernel.CopyModel('stdp_dopamine_synapse', 'own', { volume_transmitter: vt });
      kernel.Connect(parrots.at(1), parrots.at(2), 'one_to_one', {
        synapse_model: 'own',
        weight: 10,
        delay: 0.5,
        receptor_type: 1,
      });
      kernel.SimulateSync(60);
      return kernel.GetConnections({ synapse_model: 'own' }).weight[0]!;
    };
    expect(run(true)).toBe(10);
    expect(run(false)).not.toBe(10);
  });

  test.each(['multimeter', 'voltmeter', 'reward_transmitter'])('a %s cannot be', (model) => {
    const kernel = new Kernel();
    expect(() => kernel.Create(model, { frozen: true })).toThrow(BadProperty);
    expect(() => kernel.Create(model, { frozen: true })).toThrow(/frozen.*false/);
    expect(kernel.GetKernelStatus('network_size')).toBe(0);
    expect(kernel.Create(model, { frozen: false }).get('frozen')).toBe(false);
  });

  test.each(devices)('%s says that it is not', (model) => {
    const kernel = new Kernel();
    expect(kernel.Create(model).get('frozen')).toBe(false);
    expect(kernel.GetDefaults(model, 'frozen')).toBe(false);
  });
});
