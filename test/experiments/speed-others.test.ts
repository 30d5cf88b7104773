// The smaller workloads of benchmarks/speed: hpc, loop, call, build. No time is asserted but that
// one was measured.
import { hpc } from '../../benchmarks/speed/hpc';
import { synapsesAt } from '../../benchmarks/speed/microcircuit-network';
import { countUpTo } from '../../lib/analysis';
import { Kernel } from '../../lib/kernel';
import { runJson } from './speed-documents';

describe('hpc', () => {
  test('has the in-degrees of the paper, those of its scale below 1, and no autapses', () => {
    using kernel = new Kernel();
    kernel.SetKernelStatus({ resolution: 0.1 });
    const scale = 0.02;
    const { excitatory, inhibitory, synapses, plasticSynapses } = hpc.build(kernel, { scale });
    expect([excitatory.length, inhibitory.length]).toEqual([180, 45]);
    expect(synapses).toBe(225 * 225);
    for (const [sources, indegree] of [[excitatory, 180] as const, [inhibitory, 45] as const]) {
      for (const targets of [excitatory, inhibitory]) {
        const { source, target } = kernel.GetConnections({ source: sources, target: targets });
        expect(source.length).toBe(targets.length * indegree);
        expect(source.some((id, i) => id === target[i])).toBe(false);
      }
    }
    const plastic = kernel.GetConnections({ synapse_model: 'plastic' });
    expect(plastic.length).toBe(plasticSynapses);
    expect(new Set(plastic.target)).toEqual(new Set(excitatory.ids));
  });

  test('drives with 1.685 times the rate whose mean potential is the threshold', () => {
    using kernel = new Kernel();
    kernel.SetKernelStatus({ resolution: 0.1 });
    const { parameters } = hpc.build(kernel, { scale: 0.01 });
    const { weight_ex, weight_in, external_rate } = parameters as Record<string, number>;
    expect(weight_in).toBe(-5 * weight_ex!);
    // Mean current · tau_m / C_m; e·tau_syn is the charge of an alpha function of height 1.
    const current = (external_rate! / 1000) * weight_ex! * Math.E * 0.32582722403722841;
    expect((current * 10) / 250).toBeCloseTo(1.685 * 20, 9);
    // A spike's potential peaks at 0.14 mV.
    kernel.ResetKernel();
    kernel.SetKernelStatus({ resolution: 0.01 });
    const membrane = { tau_m: 10, C_m: 250, E_L: 0, V_reset: 0, V_m: 0, V_th: 20 };
    const cell = { ...membrane, tau_syn_ex: 0.32582722403722841 };
    const neuron = kernel.Create('iaf_psc_alpha', cell);
    const stimulus = kernel.Create('spike_generator', { spike_times: [1] });
    const meter = kernel.Create('voltmeter', { interval: 0.01 });
    kernel.Connect(stimulus, neuron, 'one_to_one', { weight: weight_ex! });
    kernel.Connect(meter, neuron);
    kernel.SimulateSync(10);
    const potentials = meter.events.V_m;
    expect(potentials.reduce((most, V) => Math.max(most, V))).toBeCloseTo(0.14, 5);
  });

  test('counts an event a synapse and spike, and visits those of the plastic ones', () => {
    using kernel = new Kernel();
    kernel.SetKernelStatus({ resolution: 0.1 });
    const { excitatory, inhibitory } = hpc.build(kernel, { scale: 0.02 });
    const neurons = excitatory.concat(inhibitory);
    const all = kernel.Create('spike_recorder');
    kernel.Connect(neurons, all);
    const { synaptic_events } = kernel.SimulateSync(200);
    const { visits } = kernel.GetKernelStatus();
    const eventsOf = (until: number, filter: { synapse_model?: string } = {}): number => {
      const degrees = new Map<number, number>();
      for (const id of kernel.GetConnections({ ...filter, target: neurons }).source) {
        degrees.set(id, (degrees.get(id) ?? 0) + 1);
      }
      const { times, senders } = all.events;
      return senders
        .subarray(0, countUpTo(times, until))
        .reduce((sum, id) => sum + (degrees.get(id) ?? 0), 0);
    };
    expect(all.n_events).toBeGreaterThan(1000);
    expect(synaptic_events).toBe(eventsOf(200));
    expect(visits).toBe(eventsOf(200 - 1.5, { synapse_model: 'plastic' }));
    // The weights learn and stay near their equilibrium, (tau_plus / (tau_minus·alpha))^(1/(1 − mu)).
    const weights = kernel.GetConnections({ synapse_model: 'plastic' }).get('weight');
    const mean = weights.reduce((sum, w) => sum + w, 0) / 180 ** 2;
    expect(new Set(weights).size).toBeGreaterThan(1000);
    const equilibrium = (15 / (30 * 0.0513)) ** (1 / 0.6);
    expect(Math.abs(mean / equilibrium - 1)).toBeLessThan(0.1);
  });

  test('reports what follows from each other', async () => {
    const { options, results } = await runJson('speed/hpc', '--scale', '0.02', '--time', '100');
    expect(options).toMatchObject({ scale: 0.02, 'weight-precision': 'double' });
    expect(results).toMatchObject({ synapses: 225 * 225, plastic_synapses: 180 ** 2 });
    expect(results.rate_E).toBeGreaterThan(10);
    expect(results.rate_E).toBeLessThan(100);
    expect(results.ns_per_plastic_event).toBeCloseTo(
      (1e9 * results.wall_time!) / results.plastic_events!,
      9,
    );
    expect(results.plastic_events).toBeLessThan(results.synaptic_events!);
  });
});

describe('loop', () => {
  test('plays whole turns, in which the actors fire and learn', async () => {
    const { results, units } = await runJson('speed/loop', '--time', '4000');
    expect(results).toMatchObject({ turns: 20, synapses: 800 });
    // Every turn's 20 spikes reach all 40 motor neurons; 1 to 20 spikes each.
    expect(results.spikes).toBeGreaterThanOrEqual(20 * 40);
    expect(results.spikes).toBeLessThanOrEqual(20 * 40 * 20);
    expect(results.weight_min).toBeGreaterThan(1500);
    expect(results.weight_max).toBeLessThan(1700);
    expect(results.turn_time).toBeGreaterThan(0);
    expect(units.turn_time).toBe('ms');
  });

  test('is the same on two threads', async () => {
    const one = await runJson('speed/loop', '--time', '2000');
    const two = await runJson('speed/loop', '--time', '2000', '--threads', '2');
    for (const key of ['spikes', 'weight_min', 'weight_max']) {
      expect(two.results[key]).toBe(one.results[key]);
    }
  });
});

test('call: times as many calls as asked, and reads every weight', async () => {
  const { results, ranges } = await runJson(
    'speed/call',
    ...['--time', '5', '--synapses', '20000', '--repeats', '3'],
  );
  expect(results).toMatchObject({ calls: 50, weights: 20_000 });
  for (const key of ['call_time', 'read_time']) {
    const [least, most] = ranges![key]!;
    expect(least).toBeGreaterThan(0);
    expect(results[key]).toBeGreaterThanOrEqual(least);
    expect(results[key]).toBeLessThanOrEqual(most);
  }
});

test('dense: times a step of every cable', async () => {
  const sizes = ['--inputs', '30', '--outputs', '20'];
  const { results, ranges, units } = await runJson('speed/dense', '--time', '5', ...sizes);
  const keys = ['mstdpet_evolve', 'mstdpet_advance', 'trace_stdp_evolve', 'reinforce_advance'];
  for (const key of [...keys, 'reinforce_evolve']) {
    expect(units[key]).toBe('ms');
    const [least, most] = ranges![key]!;
    expect(least).toBeGreaterThan(0);
    expect(results[key]).toBeGreaterThanOrEqual(least);
    expect(results[key]).toBeLessThanOrEqual(most);
  }
});

test('build: both networks, as large as asked', async () => {
  const { results } = await runJson('speed/build', '--scale', '0.006', '--repeats', '2');
  expect(results.brunel_synapses).toBe(75 * (6 + 2));
  expect(results.microcircuit_synapses).toBe(synapsesAt(0.006));
  for (const name of ['brunel', 'microcircuit']) {
    const value = (key: string) => results[`${name}_${key}`]!;
    expect(value('build_time')).toBeGreaterThan(0);
    expect(value('first_run_time')).toBeGreaterThan(0);
    expect(value('build_ns_per_synapse')).toBeCloseTo(
      (1e9 * value('build_time')) / value('synapses'),
      6,
    );
    expect(value('memory_total')).toBeGreaterThan(value('bytes_per_synapse') * value('synapses'));
  }
  expect(results.microcircuit_bytes_per_synapse).toBeGreaterThan(6);
});
