// Short-term plasticity: current and potential of the target at every half ms as NEST computed them.
import { Kernel } from '../../lib';
import { toSteps, worst } from './compare';
import { shortTermCases } from './data';

const cases = shortTermCases().map((c, i) => [`${c.model}, case ${i}`, c] as const);

test('both models are there, with and without facilitation', () => {
  const kinds = cases.map(([, c]) => `${c.model} ${(c.params.tau_fac ?? NaN) > 0}`);
  expect(new Set(kinds).size).toBe(4);
});

describe.each(cases)('%s', (_, c) => {
  test.each([1, 2])('%d threads', (threads) => {
    const kernel = new Kernel();
    kernel.SetKernelStatus({ resolution: 0.1, local_num_threads: threads });
    const generator = kernel.Create('spike_generator', { spike_times: c.pre_generator_times });
    const pre = kernel.Create('parrot_neuron');
    const { model, ...settings } = c.post;
    const post = kernel.Create(model as 'iaf_psc_exp', settings as object);
    kernel.Connect(generator, pre, 'all_to_all', { delay: 0.1 });
    kernel.CopyModel(c.model, 'plastic', c.params);
    const { weight, delay } = c;
    kernel.Connect(pre, post, 'all_to_all', { synapse_model: 'plastic', weight, delay });
    const record_from = ['V_m', 'I_syn_ex'];
    const meter = kernel.Create('multimeter', { interval: c.interval, record_from });
    kernel.Connect(meter, post);
    kernel.SimulateSync(c.sim_time);
    const { times, V_m = [], I_syn_ex = [] } = meter.events;
    const n = c.V_m.length;
    expect(Math.max(...c.I_syn_ex)).toBeGreaterThan(10);
    expect(toSteps(times.slice(0, n))).toEqual(c.V_m.map((_v, i) => 5 * (i + 1)));
    expect(worst(V_m.slice(0, n), c.V_m).error).toBeLessThanOrEqual(1e-12);
    expect(worst(I_syn_ex.slice(0, n), c.I_syn_ex).error).toBeLessThanOrEqual(1e-12);
  });
});
