// States that are not finite numbers end a simulation with an error that names the neuron; states
// that vanish become 0 and are never denormal numbers.
import { Kernel, type KernelSettings, TegmentaError } from '../../lib';
import { native } from '../../lib/native';
import { models } from '../../lib/registry';
import { named } from './named';
import { toFirst } from '../property/receptors';

/** Izhikevich neurons of which some explode, among others. */
function explosive(settings: KernelSettings = {}) {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ rng_seed: 3, ...settings });
  kernel.Create('iaf_psc_alpha', 700);
  const a = Array.from({ length: 1000 }, (_, i) => (i % 400 === 399 ? 1000 : 0.02));
  const neurons = kernel.Create('izhikevich', 1000, { a });
  const input = kernel.Create('poisson_generator', { rate: 20_000 });
  kernel.Connect(input, neurons, 'all_to_all', { weight: 1, delay: 0.5 });
  kernel.Connect(neurons, neurons, { rule: 'fixed_indegree', indegree: 3 }, { delay: 0.5 });
  return kernel;
}

function failureOf(kernel: Kernel, runs: readonly number[]): Record<string, unknown> {
  try {
    for (const ms of runs) kernel.SimulateSync(ms);
  } catch (error) {
    if (!(error instanceof TegmentaError)) throw error;
    const { name, message, model, node, time_ms } = error as TegmentaError &
      Record<string, unknown>;
    return { name, message, model, node, time_ms };
  }
  throw new Error('no failure');
}

describe('a state that is not finite', () => {
  test('is NumericalInstability with model, node and time', () => {
    expect(failureOf(explosive(), [20])).toEqual({
      name: 'NumericalInstability',
      message: expect.stringMatching(
        /^izhikevich, node 1100, at 19\.2\d* ms: numerical instability: V_m = /,
      ) as string,
      model: 'izhikevich',
      node: 1100,
      time_ms: expect.closeTo(19.2) as number,
    });
  });

  test('is found at the same node and time whatever the threads, the level and the slices', () => {
    const expected = failureOf(explosive(), [20]);
    for (const local_num_threads of [1, 2, 3]) {
      for (const simd_level of native.simdLevels) {
        expect(failureOf(explosive({ local_num_threads, simd_level }), [20])).toEqual(expected);
      }
    }
    expect(failureOf(explosive(), [0.3, 0.5, 0.1, 19.1])).toEqual(expected);
  });

  test('of synapses is found at the same source and time whatever the threads', () => {
    const failure = (local_num_threads: number, runs: number[]): Record<string, unknown> => {
      const kernel = new Kernel();
      kernel.SetKernelStatus({ local_num_threads });
      const transmitter = kernel.Create('volume_transmitter');
      kernel.CopyModel('stdp_dopamine_synapse', 'modulated', {
        volume_transmitter: transmitter,
        A_plus: 1e308,
        Wmax: 1e308,
      });
      const late = kernel.Create('clamped_neuron', 1, { spike_times: [1, 2, 3, 9] });
      const early = kernel.Create('clamped_neuron', 1, { spike_times: [1, 2, 3, 8.8] });
      const synapses = { synapse_model: 'modulated', delay: 3, receptor_type: 1 };
      const parrots = kernel.Create('parrot_neuron', 1);
      kernel.Connect(kernel.Create('spike_generator', { spike_times: [2, 3] }), parrots);
      kernel.Connect(late, parrots, 'all_to_all', synapses);
      kernel.Create('iaf_psc_exp', 4000);
      const others = kernel.Create('parrot_neuron', 1);
      kernel.Connect(kernel.Create('spike_generator', { spike_times: [2, 3] }), others);
      kernel.Connect(early, others, 'all_to_all', synapses);
      return failureOf(kernel, runs);
    };
    const expected = failure(1, [20]);
    expect(expected).toMatchObject({ name: 'NumericalInstability', node: 3, time_ms: 8.8 });
    for (const threads of [1, 2, 3]) {
      expect(failure(threads, [20])).toEqual(expected);
      expect(failure(threads, [9.1, 2.4, 8.5])).toEqual(expected);
    }
  });

  test('is found at the end of a run that is shorter', () => {
    expect(failureOf(explosive(), [0.1, 0.1, 16])).toMatchObject({
      node: 1100,
      time_ms: expect.closeTo(16.2) as number,
    });
  });

  test.each([
    ['iaf_psc_exp', { C_m: 1e-310 }],
    ['iaf_psc_alpha', { C_m: 1e-310 }],
    ['iaf_psc_alpha', { tau_syn_ex: 1e-320 }],
    ['iaf_psc_delta', { C_m: 1e-310 }],
    ['iaf_psc_exp_neuron', { C_m: 1e-310 }],
    ['iaf_psc_delta_neuron', { C_m: 1e-310 }],
    ['iaf_psc_exp', { V_m: -1.7e308, E_L: 1.7e308, V_th: 1.75e308 }],
    ['izhikevich', { a: 1e200 }],
    ['iaf_psc_exp', { V_m: -50, beta_Ca: 1e308, I_e: 1e4, t_ref: 0 }],
    ['iaf_cond_exp', { V_m: -1e308 }],
    ['aeif_cond_exp', { w: 1e308 }],
  ] as const)('%s %j', (model, parameters) => {
    const kernel = new Kernel();
    const neurons = kernel.Create(model, 3);
    neurons.at(1).set(parameters);
    const input = kernel.Create('poisson_generator', { rate: 20_000 });
    kernel.Connect(input, neurons, 'all_to_all', { weight: -1 });
    kernel.Connect(input, neurons, 'all_to_all', { weight: 1 });
    expect(() => kernel.SimulateSync(10)).toThrow(
      named('NumericalInstability', { model, node: 2 }),
    );
    expect(() => kernel.SimulateSync(1)).toThrow(named('KernelException'));
    kernel.ResetKernel();
    kernel.Create(model);
    kernel.SimulateSync(1);
  });

  test.each([
    ['ac_generator', 'frequency', 1e308],
    ['ac_generator', 'frequency', -1e300],
    ['ac_generator', 'phase', 1.7e308],
    ['ac_generator', 'amplitude', 1e308],
    ['ac_generator', 'offset', -1e308],
    ['dc_generator', 'amplitude', 1e308],
    ['noise_generator', 'mean', 1e308],
    ['noise_generator', 'std', 1e200],
    ['noise_generator', 'frequency', 1e308],
    ['noise_generator', 'phase', -1e308],
  ] as const)('is no output of %s: %s %d', (model, parameter, value) => {
    const kernel = new Kernel();
    const refused = named('BadProperty', { model, parameter, value });
    expect(() => kernel.Create(model, 1, { [parameter]: value })).toThrow(refused);
    const generator = kernel.Create(model);
    expect(() => generator.set({ [parameter]: value })).toThrow(refused);
    expect(() => kernel.SetDefaults(model, { [parameter]: value })).toThrow(refused);
    expect(generator.get(parameter as never)).toBe(0);
  });

  test('is no amplitude of a step_current_generator', () => {
    const values = { amplitude_times: [1, 2], amplitude_values: [1, -1e308] };
    expect(() => new Kernel().Create('step_current_generator', 1, values)).toThrow(
      named('BadProperty', { parameter: 'amplitude_values', value: -1e308 }),
    );
  });

  test.each([
    ['dc_generator', { amplitude: 1e290 }],
    ['ac_generator', { amplitude: 1e290, offset: 1e290, frequency: 1e280, phase: -1e290 }],
    ['step_current_generator', { amplitude_times: [1], amplitude_values: [-1e290] }],
    ['noise_generator', { mean: 1e290, std: 1 }],
    [
      'noise_generator',
      { mean: 1, std: 1e150, std_mod: 1e150, frequency: 1e280, phase: 1e290, dt: 0.1 },
    ],
  ] as const)('is no current of %s %j', (model, parameters) => {
    const kernel = new Kernel();
    const generator = kernel.Create(model, 1, parameters as never);
    kernel.Connect(generator, kernel.Create('iaf_psc_exp', 100, { V_th: 1e308 }));
    const meter = kernel.Create('multimeter', { record_from: ['I'], interval: 0.1 });
    kernel.Connect(meter, generator);
    kernel.SimulateSync(50);
    const currents = (meter.events as unknown as { I: Float64Array }).I;
    expect(currents.every(Number.isFinite)).toBe(true);
    expect(currents.some((current) => current !== 0)).toBe(true);
  });

  test('is no state to be set', () => {
    const kernel = new Kernel();
    for (const V_m of [Infinity, -Infinity, NaN]) {
      expect(() => kernel.Create('iaf_psc_exp', { V_m })).toThrow(named('BadProperty'));
      expect(() => kernel.Create('iaf_psc_exp').set({ V_m })).toThrow(named('BadProperty'));
    }
  });
});

describe('a state that vanishes', () => {
  const smallestNormal = 2 ** -1022;
  const isDenormal = (x: number): boolean => x !== 0 && Math.abs(x) < smallestNormal;

  /** Adaptation, which goes to where the potential holds it. */
  const LASTING = ['w'];

  /** What inputs begin and time ends: conductances, currents, and a potential that leaks away. */
  const vanishing = [...models.values()]
    .filter(({ kind }) => kind === 'neuron')
    .map(({ name: model, parameters }) => {
      const has = (wanted: string): boolean => parameters.some(({ name }) => name === wanted);
      const states = parameters
        .filter(({ role, unit }) => role !== 'parameter' && /^(nS|pA)/.test(unit))
        .map(({ name }) => name)
        .filter((name) => !LASTING.includes(name));
      const leaks = has('tau_m') && has('E_L');
      return { model, leaks, states: leaks ? ['V_m', ...states] : states };
    })
    .filter(({ states }) => states.length > 0);

  test.each(vanishing)('$model is exactly 0 after 20 s of silence', ({ model, leaks, states }) => {
    const kernel = new Kernel();
    const rest = leaks ? { E_L: 0, V_m: 1, V_reset: 0, V_th: 1e3 } : {};
    const weight = leaks ? 1 : 0.1;
    const neuron = kernel.Create(model, 1, rest);
    const spike = kernel.Create('spike_generator', { spike_times: [1] });
    kernel.Connect(spike, neuron, 'one_to_one', toFirst(model, weight));
    kernel.Connect(spike, neuron, 'one_to_one', toFirst(model, -weight));
    for (let second = 0; second < 20; second++) kernel.SimulateSync(1000);
    for (const state of states) expect([state, neuron.get(state)]).toEqual([state, 0]);
  });

  test('is never a denormal number on the way, and 0 at the same time however a run is split', () => {
    const trace = (runs: readonly number[]): number[] => {
      const kernel = new Kernel();
      const neuron = kernel.Create('iaf_psc_exp', 1, {
        tau_syn_ex: 0.13,
        tau_m: 0.7,
        E_L: 0,
        V_m: 0,
        V_th: 10,
        V_reset: -1,
      });
      const spike = kernel.Create('spike_generator', { spike_times: [1] });
      kernel.Connect(spike, neuron);
      const meter = kernel.Create('multimeter', {
        record_from: ['V_m', 'I_syn_ex'],
        interval: 0.1,
      });
      kernel.Connect(meter, neuron);
      for (const ms of runs) kernel.SimulateSync(ms);
      const events = meter.events as unknown as Record<string, Float64Array>;
      return [...(events.V_m ?? []), ...(events.I_syn_ex ?? [])];
    };
    const whole = trace([600]);
    expect(whole.length).toBeGreaterThan(11_000);
    expect(whole.filter(isDenormal)).toEqual([]);
    expect(whole.at(-1)).toBe(0);
    expect(trace([0.7, 99.3, 33.3, 0.1, 266.6, 200])).toEqual(whole);
  });

  test('the calcium concentration, too', () => {
    const kernel = new Kernel();
    const neuron = kernel.Create('iaf_psc_delta', 1, { tau_Ca: 0.1, V_m: -50 });
    kernel.SimulateSync(72);
    expect(neuron.t_spike).toBe(0.1);
    expect(isDenormal(neuron.get('Ca'))).toBe(false);
  });
});
