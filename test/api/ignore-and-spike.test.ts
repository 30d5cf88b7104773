// NEST declares ignore_and_spike for every spiking neuron; one model heeds it.
import { BadProperty, Kernel, node_models } from '../../lib';
import { models } from '../../lib/registry';

const neurons = node_models.filter((name) => models.get(name)?.kind === 'neuron');
const heeds = (model: string): boolean => model === 'iaf_psc_delta';

test.each(neurons)('%s has the keys', (model) => {
  const kernel = new Kernel();
  const node = kernel.Create(model, {
    ignore_and_spike: false,
    ignore_and_spike_offset: 2,
    ignore_and_spike_interval: 3,
  } as never);
  const keys = ['ignore_and_spike', 'ignore_and_spike_offset', 'ignore_and_spike_interval'];
  expect(node.get(keys as never)).toEqual({
    ignore_and_spike: false,
    ignore_and_spike_offset: 2,
    ignore_and_spike_interval: 3,
  });
  expect(kernel.GetDefaults(model, keys)).toEqual({
    ignore_and_spike: false,
    ignore_and_spike_offset: 1,
    ignore_and_spike_interval: 100,
  });
});

test.each(neurons.filter((model) => !heeds(model)))('%s refuses to ignore', (model) => {
  const kernel = new Kernel();
  const node = kernel.Create(model);
  const on = { ignore_and_spike: true };
  const text = new RegExp(`ignore_and_spike of (${model}|copy) must be false`);
  for (const call of [
    () => kernel.Create(model, on as never),
    () => node.set(on),
    () => kernel.SetDefaults(model, on),
    () => kernel.CopyModel(model, 'copy', on),
  ]) {
    expect(call).toThrow(BadProperty);
    expect(call).toThrow(text);
  }
  expect(node.get('ignore_and_spike' as never)).toBe(false);
  expect(kernel.GetKernelStatus('network_size')).toBe(1);
});
