// What is read is what was given, or what is in force.
import { Kernel, random, math } from '../../lib';
import { named } from './named';

describe('times', () => {
  test.each([0.1, 0.3, 0.6, 0.7, 1.1, 1.7, 2.3, 12.9])('a delay of %d ms', (delay) => {
    const kernel = new Kernel();
    const parrot = kernel.Create('parrot_neuron');
    const generator = kernel.Create('spike_generator');
    kernel.Connect(parrot, parrot, 'one_to_one', { delay });
    kernel.Connect(generator, parrot, 'one_to_one', { delay });
    kernel.Connect(kernel.Create('dc_generator'), kernel.Create('iaf_psc_exp'), 'one_to_one', {
      delay,
    });
    expect([...kernel.GetConnections().delay]).toEqual([delay, delay, delay]);
    expect(kernel.GetKernelStatus(['min_delay', 'max_delay'])).toEqual([delay, delay]);
    kernel.SetDefaults('static_synapse', { delay });
    expect(kernel.GetDefaults('static_synapse', 'delay')).toBe(delay);
    kernel.GetConnections().set({ delay: 2 * delay });
    expect(kernel.GetConnections().delay[0]).toBe(2 * delay);
  });

  test('limits of delays', () => {
    const kernel = new Kernel();
    kernel.SetKernelStatus({ min_delay: 0.3, max_delay: 0.7 });
    expect(kernel.GetKernelStatus(['min_delay', 'max_delay'])).toEqual([0.3, 0.7]);
  });

  test('the clock', () => {
    const kernel = new Kernel();
    let steps = 0;
    for (const n of [3, 4, 4, 6, 100]) {
      const report = kernel.SimulateSync(n / 10);
      expect(report.biological_time).toBe(n / 10);
      steps += n;
      expect(kernel.GetKernelStatus('biological_time')).toBe(steps / 10);
    }
  });

  test('times of clamped neurons and of time lines', () => {
    const kernel = new Kernel();
    const given = [0.3, 0.6, 0.7, 2.3];
    const times = Float64Array.from(given);
    const values = given;
    expect(kernel.Create('clamped_neuron', { spike_times: given }).spike_times).toEqual(times);
    const rates = kernel.Create('inhomogeneous_poisson_generator', {
      rate_times: given,
      rate_values: values,
    });
    expect(rates.rate_times).toEqual(times);
    const rewards = kernel.Create('reward_transmitter', {
      reward_times: given,
      reward_values: values,
    });
    expect(rewards.reward_times).toEqual(times);
  });
});

describe('delays are rounded to steps, half a step up', () => {
  test.each([
    [0.05, 0.1],
    [0.06, 0.1],
    [0.149, 0.1],
    [0.15, 0.2],
    [0.81, 0.8],
    [0.85, 0.9],
  ])('%d ms: %d ms', (given, delay) => {
    const kernel = new Kernel();
    const parrots = kernel.Create('parrot_neuron', 2);
    kernel.Connect(parrots, parrots, 'one_to_one', { delay: given });
    kernel.Connect(parrots, parrots, 'one_to_one', { delay: [given, given] });
    kernel.Connect(kernel.Create('poisson_generator'), parrots, 'all_to_all', { delay: given });
    expect([...kernel.GetConnections().delay]).toEqual(Array(6).fill(delay));
    kernel.GetConnections().set({ delay: 1 });
    kernel.GetConnections().set({ delay: given });
    expect([...kernel.GetConnections().delay]).toEqual(Array(6).fill(delay));
    kernel.SetDefaults('static_synapse', { delay: given });
    expect(kernel.GetDefaults('static_synapse', 'delay')).toBe(delay);
    expect(kernel.GetKernelStatus('min_delay')).toBe(delay);
  });

  test.each([0, 0.04, -0.06])('%d ms is none', (delay) => {
    const kernel = new Kernel();
    const parrots = kernel.Create('parrot_neuron', 2);
    const refused = named('BadDelay');
    expect(() => kernel.Connect(parrots, parrots, 'one_to_one', { delay })).toThrow(refused);
    kernel.Connect(parrots, parrots);
    expect(() => kernel.GetConnections().set({ delay })).toThrow();
    expect(() => kernel.SetDefaults('static_synapse', { delay })).toThrow();
    expect([...kernel.GetConnections().delay]).toEqual([1, 1, 1, 1]);
  });
});

test('constants are exact', () => {
  expect(random.lognormal(1, 0).GetValue()).toBe(Math.E);
  expect(random.lognormal(0, 0).GetValue()).toBe(1);
  // Correctly rounded.
  expect(random.lognormal(2, 0).GetValue()).toBe(7.38905609893065);
  expect(random.lognormal(-1, 0).GetValue()).toBe(0.36787944117144233);
  expect(random.lognormal(10, 0).GetValue()).toBe(22026.465794806718);
  expect(random.normal(0.1, 0).GetValue()).toBe(0.1);
  expect(math.exp(random.normal(1, 0)).GetValue()).toBe(Math.E);
  expect(random.lognormal(1000, 0).GetValue()).toBe(Infinity);
  expect(random.lognormal(-1000, 0).GetValue()).toBe(0);
});

test('tau_fac of quantal_stp_synapse is 0 where none is given', () => {
  expect(new Kernel().GetDefaults('quantal_stp_synapse', 'tau_fac')).toBe(0);
});

describe('reward_transmitter', () => {
  test('reward is the one in force', () => {
    const kernel = new Kernel();
    const transmitter = kernel.Create('reward_transmitter', {
      reward_times: [2, 7],
      reward_values: [3, 1],
    });
    const seen = [];
    for (let i = 0; i < 10; i++) {
      kernel.SimulateSync(1);
      seen.push(transmitter.reward);
    }
    expect(seen).toEqual([0, 3, 3, 3, 3, 3, 1, 1, 1, 1]);
    transmitter.set({ reward: 5 });
    expect(transmitter.reward).toBe(5);
    transmitter.set({ reward_times: [4, 10, 12], reward_values: [7, 8, 9] });
    expect(transmitter.reward).toBe(5);
    kernel.SimulateSync(1.9);
    expect(transmitter.reward).toBe(5);
    kernel.SimulateSync(0.1);
    expect(transmitter.reward).toBe(9);
    transmitter.set({ reward_times: [], reward_values: [] });
    kernel.SimulateSync(1);
    expect(transmitter.reward).toBe(9);
  });

  test('past times of the defaults are passed over', () => {
    const kernel = new Kernel();
    const line = { reward: 2, reward_times: [3, 12], reward_values: [5, 6] };
    kernel.SetDefaults('reward_transmitter', line);
    kernel.SimulateSync(10);
    const transmitters = [
      kernel.Create('reward_transmitter'),
      kernel.Create('reward_transmitter', line),
    ];
    const seen = [];
    for (const ms of [0, 1, 1]) {
      kernel.SimulateSync(ms);
      seen.push(transmitters.map((t) => t.reward));
    }
    expect(seen).toEqual([
      [2, 2],
      [2, 2],
      [6, 6],
    ]);
  });
});

describe('a multimeter', () => {
  test.each(['multimeter', 'voltmeter'] as const)('(%s) without names records nothing', (model) => {
    const kernel = new Kernel();
    const meter = kernel.Create(model, { record_from: [] });
    kernel.Connect(meter, kernel.Create('iaf_psc_alpha', 2));
    kernel.SimulateSync(10);
    expect(meter.n_events).toBe(0);
    expect(meter.events.times).toEqual(new Float64Array());
    expect(meter.events.senders).toEqual(new Uint32Array());
  });

  test.each([
    ['parrot_neuron', []],
    ['parrot_neuron', ['V_m']],
    ['spike_recorder', []],
    ['multimeter', []],
    ['poisson_generator', []],
    ['spike_generator', []],
    ['reward_transmitter', []],
  ])('is not connected to a %s %j', (model, record_from) => {
    const kernel = new Kernel();
    const [meter, node] = [kernel.Create('multimeter', { record_from }), kernel.Create(model)];
    expect(() => kernel.Connect(meter, node)).toThrow(named('IllegalConnection'));
    expect(kernel.GetConnections()).toHaveLength(0);
    // Nothing has changed.
    meter.set({ interval: 0.5 });
  });
});
