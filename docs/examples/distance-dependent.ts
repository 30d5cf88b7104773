// Neurons with places: who is connected with whom, and how long a spike takes, depends on the
// distance. Places are the program's own arrays; `one_to_one` connects the pairs that it has drawn.
import * as nest from 'tegmenta';

const N = 1000;
const side = 1; // mm, of a square sheet; opposite edges meet, so that no neuron is at a border
const sigma = 0.1; // mm: how far connections reach
const nearest = 0.5; // probability of a connection over no distance
const velocity = 0.2; // mm/ms
const seed = 1;

nest.SetKernelStatus({ resolution: 0.1, rng_seed: seed });
const neurons = nest.Create('iaf_psc_alpha', N);
const draws = nest.random.stream(seed);
const places = Array.from(neurons.ids, (id) => {
  return { id, x: side * draws.uniform(), y: side * draws.uniform() };
});

/** Distance, mm, the shorter way round the sheet. */
function distance(a: { x: number; y: number }, b: { x: number; y: number }): number {
  const shorter = (d: number): number => Math.min(d, side - d);
  return Math.hypot(shorter(Math.abs(a.x - b.x)), shorter(Math.abs(a.y - b.y)));
}

// Each pair is drawn once; an entry of these arrays is a connection.
const pairs = places
  .flatMap((a) => places.map((b) => ({ source: a.id, target: b.id, d: distance(a, b) })))
  .filter(({ source, target }) => source !== target);
const probability = (d: number): number => nearest * Math.exp(-(d ** 2) / (2 * sigma ** 2));
const chosen = pairs.filter(({ d }) => draws.uniform() < probability(d));
const sources = chosen.map(({ source }) => source);
const targets = chosen.map(({ target }) => target);
const delay = chosen.map(({ d }) => 0.5 + d / velocity); // ms
nest.Connect(sources, targets, 'one_to_one', { weight: 300, delay });

// The Gaussian, integrated over the sheet, times the density of neurons.
const expected = (2 * Math.PI * sigma ** 2 * nearest * N) / side ** 2;
console.log(`synapses of a neuron: ${chosen.length / N}, theory ${expected.toFixed(1)}`);
console.log('distance (mm)   connected   theory');
for (let from = 0; from < 3 * sigma; from += sigma / 2) {
  const to = from + sigma / 2;
  const inRange = ({ d }: { d: number }): boolean => d >= from && d < to;
  const among = pairs.filter(inRange);
  const theory = among.reduce((sum, { d }) => sum + probability(d), 0) / among.length;
  const simulated = chosen.filter(inRange).length / among.length;
  const columns = [simulated.toFixed(3).padEnd(12), theory.toFixed(3)];
  console.log(`${from.toFixed(2)} to ${to.toFixed(2)}`.padEnd(16) + columns.join(''));
}

// A spike to the neurons around the middle starts a wave, whose front needs time to get on.
const middle = { x: side / 2, y: side / 2 };
const near = places.filter((place) => distance(place, middle) < sigma).map(({ id }) => id);
const start = nest.Create('spike_generator', { spike_times: [1] });
nest.Connect(start, nest.NodeCollection(near), 'all_to_all', { weight: 5000 });
const spikes = nest.Create('spike_recorder');
nest.Connect(neurons, spikes);
await nest.Simulate(50);

const first = new Map<number, number>();
const { times, senders } = spikes.events; // in order of time
senders.forEach((id, i) => first.set(id, first.get(id) ?? times[i]));
console.log('from the middle (mm)   first spikes (ms, mean)');
for (let from = 0; from < 0.5; from += 0.1) {
  const ring = places.filter((place) => {
    const d = distance(place, middle);
    return d >= from && d < from + 0.1;
  });
  const found = ring.flatMap(({ id }) => first.get(id) ?? []);
  const mean = found.reduce((sum, t) => sum + t, 0) / found.length;
  console.log(`${from.toFixed(1)} to ${(from + 0.1).toFixed(1)}`.padEnd(23) + mean.toFixed(1));
}
