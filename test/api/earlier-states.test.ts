// States that earlier versions have written are loaded, and go on as they did then. After a change
// of the format TEGMENTA_WRITE_STATES=1 adds one of today; none is ever written anew.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { Kernel, type NodeCollection, random } from '../../lib';

const folder = path.join(__dirname, 'states');
/** Of the format that is written now. */
const version = (bytes: Uint8Array): number => Buffer.from(bytes).readUInt32LE(8);

/** Several kinds of everything, with spikes, dopamine and rewards under way. */
async function makeState(): Promise<Uint8Array> {
  const kernel = new Kernel();
  kernel.set({ local_num_threads: 2, rng_seed: 12 });
  const delta = kernel.Create('iaf_psc_delta', 10, { V_m: random.uniform(-70, -56) });
  const exp = kernel.Create('iaf_psc_exp', 6);
  const cond = kernel.Create('aeif_cond_exp', 4);
  const parrots = kernel.Create('parrot_neuron', 4);
  const noise = kernel.Create('poisson_generator', { rate: 9000 });
  const current = kernel.Create('noise_generator', { mean: 300, std: 200 });
  const steps = kernel.Create('step_current_generator', {
    amplitude_times: [5, 25],
    amplitude_values: [400, 700],
  });
  const volume_transmitter = kernel.Create('volume_transmitter');
  const reward_transmitter = kernel.Create('reward_transmitter', {
    reward_times: [10, 30],
    reward_values: [1, -2],
  });
  const spikes = kernel.Create('spike_recorder');
  const meter = kernel.Create('multimeter', { record_from: ['V_m'] });
  const synapses = kernel.Create('synapse_recorder');
  kernel.SetDefaults('stdp_dopamine_synapse', { volume_transmitter, Wmax: 50 });
  kernel.SetDefaults('mstdpet_synapse', { reward_transmitter, Wmax: 50 });
  kernel.CopyModel('stdp_triplet_synapse', 'mine', { Wmax: 60 });
  kernel.Connect(noise, delta.concat(exp), 'all_to_all', { weight: 2 });
  kernel.Connect(noise, parrots);
  kernel.Connect(current, exp);
  kernel.Connect(steps, cond);
  kernel.Connect(delta, exp, 'all_to_all', { weight: 10, delay: random.uniform(1, 6) });
  for (const synapse_model of [
    'stdp_dopamine_synapse',
    'mstdpet_synapse',
    'mine',
    'tsodyks_synapse',
  ]) {
    kernel.Connect(parrots, exp, 'all_to_all', {
      ...{ synapse_model, weight: random.uniform(10, 40), delay: 4 },
    });
  }
  kernel.Connect(parrots, volume_transmitter);
  kernel.Connect(delta.concat(exp).concat(cond), spikes);
  kernel.Connect(meter, cond);
  const connections = kernel.GetConnections({ synapse_model: 'mine' });
  synapses.set({ connections, record_from: ['weight'] });
  await kernel.Simulate(17.3);
  const collections: Record<string, NodeCollection> = { exp, spikes, meter, synapses };
  return kernel.SaveState({ collections, user: Uint8Array.of(4, 2) });
}

/** What a state becomes. */
async function outcomeOf(bytes: Uint8Array): Promise<{ spikes: number; digest: string }> {
  const { kernel, collections, user } = await Kernel.LoadState(bytes, { local_num_threads: 1 });
  expect([...user]).toEqual([4, 2]);
  await kernel.Simulate(40);
  const { spikes, meter, synapses, exp } = collections;
  const hash = createHash('sha256');
  for (const recorder of [spikes!, meter!, synapses!]) {
    for (const column of Object.values(recorder.get('events') as object)) {
      hash.update(column as Uint8Array);
    }
  }
  hash.update(kernel.GetConnections({ target: exp! }).weight);
  const n = spikes!.get('n_events') as number;
  kernel.dispose();
  return { spikes: n, digest: hash.digest('hex') };
}

const recordOf = (file: string): string => file.replace(/\.tg\.gz$/, '.json');

if (process.env.TEGMENTA_WRITE_STATES) {
  it('writes a state of today', async () => {
    const bytes = await makeState();
    const file = path.join(folder, `format-${version(bytes)}.tg.gz`);
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(file, gzipSync(bytes, { level: 9 }), { flag: 'wx' });
    const outcome = await outcomeOf(bytes);
    expect(outcome.spikes).toBeGreaterThan(100);
    fs.writeFileSync(recordOf(file), `${JSON.stringify(outcome, null, 2)}\n`);
  });
}

const files = fs
  .readdirSync(folder, { recursive: false, encoding: 'utf8' })
  .filter((name) => name.endsWith('.gz'));

it('there is a state of the format that is written now', async () => {
  expect(files).toContain(`format-${version(await makeState())}.tg.gz`);
});

it.each(files)('%s', async (name) => {
  const file = path.join(folder, name);
  const then: unknown = JSON.parse(fs.readFileSync(recordOf(file), 'utf8'));
  expect(await outcomeOf(gunzipSync(fs.readFileSync(file)))).toEqual(then);
});

it('what is made today goes on as it did', async () => {
  const then: unknown = JSON.parse(fs.readFileSync(path.join(folder, 'format-1.json'), 'utf8'));
  expect(await outcomeOf(await makeState())).toEqual(then);
});
