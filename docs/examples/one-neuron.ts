// One neuron with a constant current: its potential, its spikes, and its rate against the theory.
import * as nest from 'tegmenta';

nest.SetKernelStatus({ resolution: 0.1 }); // ms
const I_e = 400; // pA
const neuron = nest.Create('iaf_psc_alpha', { I_e });

// A voltmeter samples its neurons, so it is what one connects from; spikes go to a recorder.
const voltmeter = nest.Create('voltmeter', { interval: 5 });
const spikes = nest.Create('spike_recorder');
nest.Connect(voltmeter, neuron);
nest.Connect(neuron, spikes);

await nest.Simulate(1000);

// Until the first spike the potential rises towards E_L + R·I, with R = tau_m/C_m.
const { E_L, V_th, V_reset, tau_m, C_m, t_ref } = neuron;
const R = tau_m / C_m; // GΩ, so that R·I is in mV
const { times, V_m } = voltmeter.events;
console.log('time (ms)   V_m (mV)   theory (mV)');
times.slice(0, 5).forEach((t, i) => {
  const theory = E_L + R * I_e * (1 - Math.exp(-t / tau_m));
  console.log(`${t}`.padEnd(12) + `${V_m[i].toFixed(4)}`.padEnd(11) + theory.toFixed(4));
});
// From V_reset to V_th it takes tau_m·ln((R·I + E_L − V_reset)/(R·I + E_L − V_th)), after t_ref.
const end = E_L + R * I_e;
const interval = t_ref + tau_m * Math.log((end - V_reset) / (end - V_th));
const fired = spikes.events.times;
const mean = (fired[fired.length - 1] - fired[0]) / (fired.length - 1);
console.log(`spikes: ${Array.from(fired.slice(0, 4), (t) => t.toFixed(1)).join(', ')} … ms`);
console.log(`interval: ${mean.toFixed(2)} ms, theory ${interval.toFixed(2)} ms`);
console.log(`rate: ${(1000 / mean).toFixed(2)} spikes/s, theory ${(1000 / interval).toFixed(2)}`);
