// Synapses whose sources never fire: their targets' spikes cost no memory that grows, and no
// visits but those that bring them up to date from time to time.
import { Kernel } from '../../lib';

/** Targets fire at 20/s; each silent source has 400 synapses. */
function build(silent: number) {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ resolution: 1 });
  const volume_transmitter = kernel.Create('volume_transmitter');
  kernel.CopyModel('stdp_dopamine_synapse', 'dopamine', { volume_transmitter, b: 0.001 });
  const every = (ms: number, from: number) =>
    Array.from({ length: Math.floor(400_000 / ms) }, (_, i) => from + i * ms);
  const targets = kernel.Create('parrot_neuron', 400);
  const drive = kernel.Create('spike_generator', { spike_times: every(50, 10) });
  kernel.Connect(drive, targets);
  const relay = kernel.Create('parrot_neuron');
  kernel.Connect(kernel.Create('spike_generator', { spike_times: every(200, 5) }), relay);
  kernel.Connect(relay, volume_transmitter);
  const active = kernel.Create('parrot_neuron');
  kernel.Connect(kernel.Create('spike_generator', { spike_times: every(500, 7) }), active);
  const synapse = { synapse_model: 'dopamine', receptor_type: 1 };
  kernel.Connect(active, targets, 'all_to_all', synapse);
  const rows = silent > 0 ? kernel.Create('parrot_neuron', silent) : undefined;
  if (rows) kernel.Connect(rows, targets, 'all_to_all', synapse);
  return kernel;
}

const countsOf = (kernel: Kernel) => {
  const status = kernel.GetKernelStatus() as unknown as Record<string, number>;
  const { memory_total = NaN, visits = NaN, visits_flushed = NaN } = status;
  return { memory_total, visits, visits_flushed };
};

test('memory stays flat and visits do not grow with silent synapses', () => {
  const silent = 100;
  const kernel = build(silent);
  kernel.SimulateSync(5000);
  const early = countsOf(kernel);
  const flushed: number[] = [];
  for (let i = 0; i < 5; i++) {
    const before = countsOf(kernel).visits_flushed;
    kernel.SimulateSync(20_000);
    flushed.push(countsOf(kernel).visits_flushed - before);
  }
  const late = countsOf(kernel);
  expect(late.memory_total).toBe(early.memory_total);

  // One visit a synapse and window of a second, of every synapse whose source is silent.
  for (const n of flushed) {
    expect(n).toBeGreaterThanOrEqual(silent * 400 * 19);
    expect(n).toBeLessThanOrEqual(silent * 400 * 21);
  }
  const without = build(0);
  without.SimulateSync(105_000);
  expect(countsOf(without).visits_flushed).toBe(0);
  expect(late.visits).toBe(countsOf(without).visits);
  expect(late.visits).toBe(400 * 210);
});
