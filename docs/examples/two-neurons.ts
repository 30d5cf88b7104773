// Two neurons: a current makes the first one fire, and each of its spikes causes a postsynaptic
// potential in the second, whose course is compared with the equation.
import * as nest from 'tegmenta';

const weight = 20; // pA: the peak of the current that a spike causes
const delay = 1; // ms
const sender = nest.Create('iaf_psc_alpha', { I_e: 376 });
const receiver = nest.Create('iaf_psc_alpha');
nest.Connect(sender, receiver, 'one_to_one', { weight, delay });

const spikes = nest.Create('spike_recorder');
const voltmeter = nest.Create('voltmeter', { interval: 0.1 });
nest.Connect(sender, spikes);
nest.Connect(voltmeter, receiver);

await nest.Simulate(200);

/** Potential, mV, at a time after one spike has arrived, of a neuron that was at rest. */
function psp(t: number): number {
  if (t <= 0) return 0;
  // The current is w·e/τ·t·exp(−t/τ), and the membrane filters it once more.
  const { tau_m, tau_syn_ex: tau, C_m } = receiver;
  const beta = 1 / tau - 1 / tau_m;
  const filtered = (Math.exp(-t / tau_m) - Math.exp(-t / tau)) / beta ** 2;
  return (((weight * Math.E) / tau) * (filtered - (t * Math.exp(-t / tau)) / beta)) / C_m;
}

// The membrane is linear: potentials of several spikes add up.
const arrivals = spikes.events.times.map((t) => t + delay);
const theory = (t: number): number => arrivals.reduce((sum, arrival) => sum + psp(t - arrival), 0);

const { times, V_m } = voltmeter.events;
const depolarisation = Array.from(V_m, (V) => V - receiver.E_L);
const fired = Array.from(spikes.events.times, (t) => t.toFixed(1));
console.log(`the sender fires at ${fired.join(', ')} ms`);
for (const at of [62, 64, 67, 72, 87]) {
  const i = times.indexOf(at);
  const [simulated, expected] = [depolarisation[i], theory(at)].map((V) => V.toFixed(6));
  console.log(`${at} ms: ${simulated} mV, theory ${expected} mV`);
}
const errors = depolarisation.map((V, i) => Math.abs(V - theory(times[i])));
console.log(`they differ by less than 1e-12 mV: ${Math.max(...errors) < 1e-12}`);
