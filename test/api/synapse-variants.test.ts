// NEST's other names of synapse models.
import { type AnyInput, Kernel, synapse_models } from '../../lib';
import { models } from '../../lib/registry';

const builtIn = [...models.values()].filter(({ kind }) => kind === 'synapse');
const variants = ['hpc', 'lbl'];

test('every synapse model has them', () => {
  const names = builtIn.flatMap(({ name }) => [name, ...variants.map((v) => `${name}_${v}`)]);
  expect(synapse_models).toEqual([...names].sort());
  expect(new Kernel().synapse_models).toEqual(synapse_models);
});

test.each(variants)('a %s variant has defaults of its own and the same rule', (variant) => {
  const weightOf = (model: string): number => {
    const kernel = new Kernel();
    const parrots = kernel.Create('parrot_neuron', 2);
    const drive = kernel.Create('spike_generator', { spike_times: [5, 9, 16] });
    kernel.Connect(drive, parrots);
    const synapse: Record<string, AnyInput> = {
      synapse_model: model,
      weight: 40,
      receptor_type: 1,
      synapse_label: 7,
    };
    kernel.Connect(parrots.at(0), parrots.at(1), 'one_to_one', synapse);
    kernel.SimulateSync(30);
    const found = kernel.GetConnections({ synapse_model: model, synapse_label: 7 });
    expect(found.synapse_model).toEqual([model]);
    return found.weight[0]!;
  };
  const name = `stdp_synapse_${variant}`;
  expect(weightOf(name)).toBe(weightOf('stdp_synapse'));
  expect(weightOf(name)).not.toBe(40);

  const kernel = new Kernel();
  kernel.SetDefaults(name, { lambda: 0.5 });
  expect(kernel.GetDefaults(name, ['lambda', 'synapse_model'])).toEqual({
    lambda: 0.5,
    synapse_model: name,
  });
  expect(kernel.GetDefaults('stdp_synapse', 'lambda')).toBe(0.01);
  kernel.CopyModel(name, 'mine');
  expect(kernel.GetDefaults('mine', 'lambda')).toBe(0.5);
});

test('their parameters have types', () => {
  const kernel = new Kernel();
  const nodes = kernel.Create('iaf_psc_exp', 2);
  kernel.Connect(nodes, nodes, 'all_to_all', {
    synapse_model: 'stdp_synapse_lbl',
    synapse_label: 3,
    lambda: 0.2,
  });
  expect(kernel.GetConnections().synapse_label).toEqual(Float64Array.from([3, 3, 3, 3]));
  expect(() =>
    // @ts-expect-error no such parameter
    kernel.Connect(nodes, nodes, 'all_to_all', { synapse_model: 'stdp_synapse_hpc', lamda: 1 }),
  ).toThrow("did you mean 'lambda'");
});
