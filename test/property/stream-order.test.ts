// What recorders hand over while it is recorded: the same events in the same order, whatever the
// number of threads and the way a simulation is divided.
import { Kernel, random } from '../../lib';

type Kind = 'spikes' | 'samples' | 'weights';

/** All that the streams of one kind of recorder gave, event by event. */
async function streamed(kind: Kind, threads: number, runs: readonly number[]): Promise<string[]> {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ local_num_threads: threads, rng_seed: 5 });
  const neurons = kernel.Create('iaf_psc_exp', 900, { I_e: 500 });
  const others = kernel.Create('iaf_psc_delta', 1500, { I_e: 620 });
  const parrots = kernel.Create('parrot_neuron', 20);
  const input = kernel.Create('poisson_generator', 2, { rate: 3000 });
  const given = kernel.Create('spike_generator', { spike_times: [1, 2, 3, 3.5] });
  const recorder = {
    spikes: kernel.Create('spike_recorder'),
    samples: kernel.Create('multimeter', { record_from: ['V_m'], interval: 0.5 }),
    weights: kernel.Create('weight_recorder'),
  };
  kernel.CopyModel('stdp_synapse', 'recorded', { weight_recorder: recorder.weights });
  kernel.Connect(input, parrots);
  kernel.Connect(input, neurons, 'all_to_all', { weight: 40 });
  for (const nodes of [input, given, neurons, others, parrots]) {
    kernel.Connect(nodes, recorder.spikes);
  }
  kernel.Connect(recorder.samples, neurons.slice(0, 30));
  kernel.Connect(
    parrots,
    neurons,
    { rule: 'fixed_outdegree', outdegree: 30 },
    { synapse_model: 'recorded', delay: random.uniform(1, 4) },
  );
  kernel.Connect(neurons, neurons, { rule: 'fixed_outdegree', outdegree: 3 }, { delay: 1 });
  const rows: string[] = [];
  const reading = (async () => {
    for await (const batch of recorder[kind].stream()) {
      const columns = Object.values(batch) as ArrayLike<number>[];
      batch.times.forEach((_, i) => rows.push(columns.map((column) => column[i]).join(' ')));
    }
  })();
  for (const ms of runs) await kernel.Simulate(ms);
  await reading;
  expect(rows).toHaveLength(recorder[kind].n_events);
  kernel.dispose();
  return rows;
}

test.each(['spikes', 'samples', 'weights'] as const)('%s', async (kind) => {
  const whole = await streamed(kind, 1, [30]);
  expect(whole.length).toBeGreaterThan(1000);
  for (const threads of [1, 2, 3]) {
    for (const runs of [[10, 10, 10], [0.7, 9.3, 1.1, 0.1, 18.8], [30]]) {
      expect(await streamed(kind, threads, runs)).toEqual(whole);
    }
  }
});
