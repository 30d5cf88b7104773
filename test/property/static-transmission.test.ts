// What synapses that are not plastic transmit, as a weight_recorder gets it: a row for every spike of
// a neuron and every synapse that it has, by a naive list of both.
import { type AnyInput, type ConnSpec, Kernel, random } from '../../lib';
import { column } from '../reference/compare';

type Row = readonly [time: number, sender: number, target: number, weight: number];

interface Setting {
  readonly model?: string;
  readonly synapse?: Record<string, AnyInput>;
  readonly rule?: ConnSpec;
  readonly threads?: number;
  /** Intervals that are simulated one after the other, ms. */
  readonly pieces?: readonly number[];
  readonly recorded?: boolean;
  readonly targets?: 'iaf_psc_exp' | 'parrot_neuron';
}

const DRIVE = { rate: 4000 };

/** Neurons that fire, connected with themselves and others by one static model. */
function network(setting: Setting) {
  const { model = 'static_synapse', synapse = {}, threads = 1 } = setting;
  const kernel = new Kernel();
  kernel.SetKernelStatus({ local_num_threads: threads, rng_seed: 77 });
  const sources = kernel.Create('iaf_psc_exp', 12, { tau_syn_ex: 2 });
  const targets = kernel.Create(setting.targets ?? 'iaf_psc_exp', 70);
  const recorder = kernel.Create('weight_recorder');
  const spikes = kernel.Create('spike_recorder');
  const drive = kernel.Create('poisson_generator', DRIVE);
  const given = kernel.Create('spike_generator', { spike_times: [2, 5, 9] });
  const own = setting.recorded === false ? {} : { weight_recorder: recorder };
  kernel.CopyModel(model, 'own', own);
  kernel.Connect(drive, sources, 'all_to_all', { weight: 60 });
  kernel.Connect(given, sources, 'all_to_all', { synapse_model: 'own' });
  const all = setting.targets ? targets : sources.concat(targets);
  kernel.Connect(sources, all, setting.rule ?? { rule: 'all_to_all' }, {
    synapse_model: 'own',
    ...synapse,
  });
  kernel.Connect(sources, spikes);
  kernel.Connect(targets, spikes);
  for (const piece of setting.pieces ?? [40]) kernel.SimulateSync(piece);
  return { kernel, recorder, spikes, sources };
}

function rowsOf(recorder: ReturnType<typeof network>['recorder']): Row[] {
  const [times, senders, targets, weights] = ['times', 'senders', 'targets', 'weights'].map((key) =>
    column(recorder, key),
  ) as [Float64Array, Uint32Array, Float64Array, Float64Array];
  return Array.from(times, (t, i) => [t, senders[i]!, targets[i]!, weights[i]!]);
}

/** Every spike on every synapse of its sender, by time, sender and target. */
function naive({ kernel, spikes, sources }: ReturnType<typeof network>): Row[] {
  const synapses = kernel.GetConnections({ source: sources, synapse_model: 'own' });
  const { source, target, weight } = synapses.get(['source', 'target', 'weight']);
  const { times, senders } = spikes.events as { times: Float64Array; senders: Uint32Array };
  const rows: Row[] = [];
  for (const [s, time] of times.entries()) {
    for (const [i, from] of source.entries()) {
      if (from !== senders[s]) continue;
      rows.push([time, from, target[i]!, weight[i]!]);
    }
  }
  return rows.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
}

const cases: Record<string, Setting> = {
  'one weight for all': { synapse: { weight: 12.5 } },
  'a weight for each': {
    rule: { rule: 'fixed_total_number', N: 60 },
    synapse: { weight: Array.from({ length: 60 }, (_, i) => i - 20.25) },
  },
  'weights and delays that are drawn': {
    rule: { rule: 'pairwise_bernoulli', p: 0.3 },
    synapse: { weight: random.uniform(1, 30), delay: random.uniform(0.3, 3.1) },
  },
  'a weight of the model': { model: 'static_synapse_hom_w' },
  'parrots, which take spikes of any weight': { targets: 'parrot_neuron' },
};

describe.each(Object.entries(cases))('%s', (_, setting) => {
  test('every spike on every synapse', () => {
    const made = network(setting);
    const rows = rowsOf(made.recorder);
    expect(rows.length).toBeGreaterThan(100);
    const expected = naive(made);
    const byAll = (a: Row, b: Row) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3];
    expect([...rows].sort(byAll)).toEqual([...expected].sort(byAll));
    // Multapses of several delays come by the time of their arrival.
    expect(rows.map((row) => row.slice(0, 3))).toEqual(expected.map((row) => row.slice(0, 3)));
  });

  test('the same for any number of threads and any cuts', () => {
    const one = rowsOf(network(setting).recorder);
    expect(rowsOf(network({ ...setting, threads: 3 }).recorder)).toEqual(one);
    expect(rowsOf(network({ ...setting, pieces: [0.3, 12.4, 27.3] }).recorder)).toEqual(one);
  });

  test('what is recorded changes nothing', () => {
    const spikesOf = ({ spikes }: ReturnType<typeof network>) => [
      [...column(spikes, 'times')],
      [...column(spikes, 'senders')],
    ];
    expect(spikesOf(network({ ...setting, recorded: false }))).toEqual(spikesOf(network(setting)));
  });
});
