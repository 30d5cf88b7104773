import { named } from './named';
import { Kernel, type NodeCollection, type RecorderEvents } from '../../lib';

// time_in_steps of every recorder, and what generators say they can be recorded of.

let kernel: Kernel;
beforeEach(() => {
  kernel = new Kernel();
});

/** Records the same twice: in ms, and in steps. */
const record: Readonly<
  Record<string, (params: readonly { time_in_steps: boolean }[]) => NodeCollection>
> = {
  spike_recorder: (params) => {
    const recorders = kernel.Create('spike_recorder', 2, params);
    kernel.Connect(kernel.Create('iaf_psc_exp', 3, { I_e: [400, 500, 600] }), recorders);
    return recorders;
  },
  multimeter: (params) => {
    const sampled = params.map((own) => ({ ...own, record_from: ['V_m'] as const, interval: 0.7 }));
    const meters = kernel.Create('multimeter', 2, sampled);
    kernel.Connect(meters, kernel.Create('iaf_psc_exp', 3, { I_e: 100 }));
    return meters;
  },
  voltmeter: (params) => {
    const meters = kernel.Create('voltmeter', 2, params);
    kernel.Connect(meters, kernel.Create('iaf_psc_exp', 3, { I_e: 100 }));
    return meters;
  },
  weight_recorder: (params) => {
    const recorders = kernel.Create('weight_recorder', 2, params);
    const [pre, post] = [
      kernel.Create('iaf_psc_exp', 3, { I_e: 500 }),
      kernel.Create('parrot_neuron'),
    ];
    for (const recorder of recorders) {
      const model = `recorded by ${recorder.global_id}`;
      kernel.CopyModel('stdp_synapse', model, { weight_recorder: recorder });
      kernel.Connect(pre, post, 'all_to_all', { synapse_model: model });
    }
    return recorders;
  },
  synapse_recorder: (params) => {
    const pre = kernel.Create('iaf_psc_exp', 2, { I_e: 500 });
    kernel.Connect(pre, kernel.Create('parrot_neuron'), 'all_to_all', {
      synapse_model: 'stdp_synapse',
    });
    const recorders = kernel.Create('synapse_recorder', 2, params);
    recorders.set({ connections: kernel.GetConnections() });
    return recorders;
  },
};

test.each(Object.entries(record))('%s gives times in steps', async (_, make) => {
  const recorders = make([{ time_in_steps: false }, { time_in_steps: true }]);
  expect(recorders.get('time_in_steps')).toEqual([false, true]);
  await kernel.Simulate(50);
  const [ms, steps] = recorders.get('events') as unknown as [RecorderEvents, RecorderEvents];
  expect(steps.times.length).toBeGreaterThan(3);
  expect(steps.times.every(Number.isInteger)).toBe(true);
  expect(ms.offsets).toBeUndefined();
  expect(steps.offsets).toEqual(new Float64Array(steps.times.length));
  expect(Array.from(steps.times, (step) => step * 0.1)).toEqual(
    Array.from(ms.times, (time) => expect.closeTo(time, 9) as number),
  );
  const { times, offsets, ...others } = steps;
  expect(others).toEqual({ ...ms, times: undefined });
  expect(times).toHaveLength(offsets!.length);
});

test('times are fixed once a recorder was there in a simulation, not before', async () => {
  await kernel.Simulate(1);
  const recorder = kernel.Create('multimeter', { time_in_steps: true });
  expect(recorder.time_in_steps).toBe(true);
  recorder.time_in_steps = false;
  kernel.SetDefaults('voltmeter', { time_in_steps: true });
  expect(kernel.Create('voltmeter').time_in_steps).toBe(true);
  await kernel.Simulate(1);
  recorder.time_in_steps = false;
  expect(() => (recorder.time_in_steps = true)).toThrow(
    named('BadProperty', {
      message: 'time_in_steps of multimeter cannot be changed after a simulation.',
      parameter: 'time_in_steps',
    }),
  );
});

test('defaults say what can be recorded, as nodes do', () => {
  const recordables = kernel.node_models.flatMap((model) => {
    const node = kernel.Create(model);
    const { recordables } = kernel.GetDefaults(model);
    expect([model, recordables]).toEqual([model, node.get().recordables]);
    return recordables === undefined ? [] : [[model, recordables] as const];
  });
  const generators = recordables.filter(([model]) => model.endsWith('_generator'));
  expect(generators).toEqual([
    ['ac_generator', ['I']],
    ['dc_generator', ['I']],
    ['noise_generator', ['I']],
    ['step_current_generator', ['I']],
  ]);
  expect(kernel.GetDefaults('dc_generator', 'recordables')).toEqual(['I']);
});
