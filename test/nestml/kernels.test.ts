// Kernels that are combinations of exponentials in other words, against their own formulas.
import { Kernel } from '../../lib';

const forms: readonly (readonly [text: string, at: (t: number) => number])[] = [
  ['2**(-t / tau)', (t) => 2 ** (-t / 2)],
  ['q**(1 - t / tau) * t / ms', (t) => 3 ** (1 - t / 2) * t],
  ['sinh(t / tau) * exp(-t / tau_2)', (t) => Math.sinh(t / 2) * Math.exp(-t / 1.5)],
  ['cosh(t / tau - 1) * exp(-t / tau_2)', (t) => Math.cosh(t / 2 - 1) * Math.exp(-t / 1.5)],
  ['sinh(t / tau)**2 * exp(-t / ms)', (t) => Math.sinh(t / 2) ** 2 * Math.exp(-t)],
];

test('powers, sinh and cosh of t follow their formulas', async () => {
  const kernel = new Kernel();
  await kernel.LoadModel(`
model kernels_neuron:
    state:
        n integer = 0
    parameters:
        tau ms = 2 ms
        tau_2 ms = 1.5 ms
        q real = 3
    equations:
${forms.map(([text], i) => `        kernel k${i} = ${text}\n        recordable inline c${i} real = convolve(k${i}, spikes)\n`).join('')}
    input:
        spikes <- spike
    output:
        spike
    update:
        integrate_odes()
`);
  const neuron = kernel.Create('kernels_neuron');
  const generator = kernel.Create('spike_generator', { spike_times: [1, 4] });
  const names = forms.map((_, i) => `c${i}`);
  const meter = kernel.Create('multimeter', { record_from: names, interval: 0.1 });
  kernel.Connect(generator, neuron, 'one_to_one', { weight: 3, delay: 1 });
  kernel.Connect(meter, neuron);
  kernel.SimulateSync(10);
  const events = meter.at(0).events as unknown as Readonly<Record<string, Float64Array>>;
  const { times } = events;
  forms.forEach(([, at], i) => {
    const expected = [...times!].map((now) =>
      [2, 5].reduce((sum, from) => sum + (now > from - 1e-6 ? 3 * at(now - from) : 0), 0),
    );
    const worst = Math.max(...expected.map((value, j) => Math.abs(value - events[`c${i}`]![j]!)));
    expect(worst).toBeLessThan(1e-12);
    expect(Math.max(...expected)).toBeGreaterThan(0.1);
  });
});

test('only those of a vector of ports that are convolved have states', async () => {
  const kernel = new Kernel();
  await kernel.LoadModel(`
model one_of_two_neuron:
    state:
        V real = 0
    equations:
        kernel K_a = exp(-t / (2 * ms))
        V' = convolve(K_a, spikes[1]) / ms
    input:
        spikes[2] <- spike
    update:
        integrate_odes()
`);
  const names = kernel.GetDefaults('one_of_two_neuron', 'recordables') as readonly string[];
  expect(names.filter((name) => name.includes('__X__'))).toEqual(['K_a__X__spikes_1']);
});
