// Changes between runs: what is under way keeps what it was sent with.
import { Kernel } from '../../lib';
import { column, recordSpikes, sampleEveryStep, toSteps } from './compare';

const still = { E_L: 0, V_m: 0, V_reset: -1, V_th: 1e6, tau_m: 1e9, t_ref: 0.1 };

/** Increments of the potential of a neuron without a leak worth the name, by grid point. */
function jumps(v: ArrayLike<number>): [number, number][] {
  return Array.from(v).flatMap((x, k): [number, number][] => {
    const jump = x - (k > 0 ? (v[k - 1] ?? NaN) : 0);
    return Math.abs(jump) > 1e-6 ? [[k + 1, Math.round(jump * 1e5) / 1e5]] : [];
  });
}

const near = (x: number): number => expect.closeTo(x, 9) as number;

describe('weights', () => {
  test.each([
    ['of a generator', 'spike_generator'],
    ['of a neuron', 'parrot_neuron'],
  ])('%s act on spikes sent later', (_, source) => {
    const kernel = new Kernel();
    const generator = kernel.Create('spike_generator', { spike_times: [1, 2, 3] });
    const neuron = kernel.Create('iaf_psc_delta', still);
    let from = generator as ReturnType<Kernel['GetNodes']>;
    if (source === 'parrot_neuron') {
      from = kernel.Create('parrot_neuron');
      kernel.Connect(generator, from, 'all_to_all', { delay: 0.1 });
    }
    const shift = source === 'parrot_neuron' ? 1 : 0;
    kernel.Connect(from, neuron, 'all_to_all', { weight: 1, delay: 1.5 });
    const meter = sampleEveryStep(kernel, neuron);
    kernel.SimulateSync(3);
    kernel.GetConnections({ source: from, target: neuron }).set({ weight: 4 });
    kernel.SimulateSync(3);
    expect(jumps(column(meter, 'V_m'))).toEqual([
      [25 + shift, 1],
      [35 + shift, 1],
      [45 + shift, shift === 0 ? 1 : 4],
    ]);
  });

  test('of one synapse among counted ones act on spikes sent later; the others stay', () => {
    const kernel = new Kernel();
    const generator = kernel.Create('spike_generator', { spike_times: [1, 2, 3] });
    const parrots = kernel.Create('parrot_neuron', 10);
    const neurons = kernel.Create('iaf_psc_delta', 4, still);
    kernel.Connect(generator, parrots, 'all_to_all', { delay: 0.5 });
    kernel.Connect(parrots, neurons, 'all_to_all', { weight: 0.5, delay: 2 });
    const meters = [0, 1, 2, 3].map((i) => sampleEveryStep(kernel, neurons.at(i)));
    kernel.SimulateSync(3);
    kernel.GetConnections({ source: parrots.at(3), target: neurons.at(1) }).set({ weight: -7 });
    kernel.SimulateSync(3);
    expect(meters.map((meter) => jumps(column(meter, 'V_m')))).toEqual(
      [5, -2.5, 5, 5].map((sum) => [
        [35, 5],
        [45, 5],
        [55, sum],
      ]),
    );
  });

  test('of the model act on spikes sent later', () => {
    const kernel = new Kernel();
    kernel.CopyModel('static_synapse_hom_w', 'shared', { weight: 2 });
    const generator = kernel.Create('spike_generator', { spike_times: [1, 2.5] });
    const parrot = kernel.Create('parrot_neuron');
    const neuron = kernel.Create('iaf_psc_delta', still);
    kernel.Connect(generator, parrot);
    kernel.Connect(parrot, neuron, 'all_to_all', { synapse_model: 'shared', delay: 2 });
    const meter = sampleEveryStep(kernel, neuron);
    kernel.SimulateSync(3);
    kernel.SetDefaults('shared', { weight: 5 });
    kernel.SimulateSync(3);
    expect(jumps(column(meter, 'V_m'))).toEqual([
      [40, 2],
      [55, 5],
    ]);
  });

  test.each([
    'static_synapse',
    'static_synapse_hom_w',
    'bernoulli_synapse',
    'stdp_synapse',
    'tsodyks2_synapse',
  ] as const)('%s: a spike that passed it 1 ms ago arrives with 3, not 10', (model) => {
    const kernel = new Kernel();
    kernel.CopyModel(model, 'own', model === 'static_synapse_hom_w' ? { weight: 3 } : {});
    const parrot = kernel.Create('parrot_neuron');
    const neuron = kernel.Create('iaf_psc_delta');
    kernel.Connect(kernel.Create('spike_generator', { spike_times: [8] }), parrot);
    const own = { synapse_model: 'own', delay: 5 };
    const weight = model === 'tsodyks2_synapse' ? 3 / 0.5 : 3; // U = 0.5
    kernel.Connect(
      parrot,
      neuron,
      'one_to_one',
      (model === 'static_synapse_hom_w' ? own : { ...own, weight }) as never,
    );
    const meter = sampleEveryStep(kernel, neuron);
    kernel.SimulateSync(10);
    if (model === 'static_synapse_hom_w') kernel.SetDefaults('own', { weight: 10 });
    else kernel.GetConnections({ source: parrot, target: neuron }).set({ weight: 10 });
    kernel.SimulateSync(10);
    expect(column(meter, 'V_m')[139]).toBeCloseTo(-67, 10);
  });

  const generators: [string, object][] = [
    ['spike_generator', { spike_times: Array.from({ length: 190 }, (_, k) => (k + 1) / 10) }],
    ['poisson_generator', { rate: 20000 }],
    ['inhomogeneous_poisson_generator', { rate_times: [0.1, 9], rate_values: [2e4, 4e4] }],
    ['dc_generator', { amplitude: 20 }],
    ['ac_generator', { amplitude: 20, frequency: 30, offset: 5 }],
    ['step_current_generator', { amplitude_times: [1, 9], amplitude_values: [20, 30] }],
    ['noise_generator', { mean: 20, std: 5, dt: 0.3 }],
  ];
  for (const synapse of ['static_synapse', 'static_synapse_hom_w']) {
    test.each(generators)(`of a %s (${synapse}) act on what is sent later`, (model, values) => {
      // The increments that v has got beyond its decay, 20 ms, weight set from 3 to 6 at 10 ms.
      const input = (change: boolean) => {
        const kernel = new Kernel();
        kernel.CopyModel(synapse, 'own', { weight: 3 });
        const from = kernel.Create(model, values as never);
        const neurons = kernel.Create('iaf_psc_delta', 2, { ...still, tau_m: 10, C_m: 10 });
        // One delay for both, and one each.
        kernel.Connect(from, neurons.at(0), 'all_to_all', { synapse_model: 'own', delay: 5 });
        kernel.Connect(from, neurons, 'all_to_all', {
          synapse_model: 'own',
          delay: [[4], [5]],
        } as never);
        const meter = sampleEveryStep(kernel, neurons);
        kernel.SimulateSync(10);
        if (change && synapse === 'static_synapse') {
          kernel.GetConnections({ source: from }).set({ weight: 6 });
        } else if (change) {
          kernel.SetDefaults('own', { weight: 6 });
        }
        kernel.SimulateSync(10);
        const v = column(meter, 'V_m');
        return Array.from(v, (x, k) => x - Math.exp(-0.01) * (v[k - 2] ?? 0));
      };
      const [before, after] = [input(false), input(true)];
      const current = model.includes('_generator') && /^(dc|ac|step|noise)/.test(model);
      // By node and step: the second node's come with 5 ms only.
      const last = 10 * 15 + (current ? 1 : 0);
      let compared = 0;
      for (let step = 1; step <= 200; step++) {
        // The first node gets what comes with 4 ms as well.
        const of = (all: number[]) => [all[2 * step - 2] ?? NaN, all[2 * step - 1] ?? NaN] as const;
        const [[wasFirst, was], [isFirst, is]] = [of(before), of(after)];
        const early = step <= last - 10 ? [isFirst, wasFirst] : [];
        expect([is, ...early.slice(0, 1)]).toEqual(
          [step <= last ? was : 2 * was, ...early.slice(1)].map(near),
        );
        if (Math.abs(was) > 1e-3) compared += 1;
      }
      expect(compared).toBeGreaterThan(60);
    });
  }
});

describe('delays', () => {
  test.each([
    ['longer', 3],
    ['shorter', 0.2],
  ])('%s ones hold for spikes sent later', (_, delay) => {
    const kernel = new Kernel();
    const generator = kernel.Create('spike_generator', { spike_times: [1, 4] });
    const parrots = kernel.Create('parrot_neuron', 2);
    kernel.Connect(generator, parrots.at(0), 'all_to_all', { delay: 0.5 });
    kernel.Connect(parrots.at(0), parrots.at(1), 'all_to_all', { delay: 2 });
    const recorder = recordSpikes(kernel, parrots.at(1));
    kernel.SimulateSync(2);
    kernel.GetConnections({ source: parrots.at(0) }).set({ delay });
    kernel.SimulateSync(10);
    expect(toSteps(recorder.events.times)).toEqual([35, 45 + Math.round(10 * delay)]);
  });
});

describe('generators', () => {
  test('a current that was sent arrives', () => {
    const kernel = new Kernel();
    const dc = kernel.Create('dc_generator', { amplitude: 10 });
    const neuron = kernel.Create('iaf_psc_delta', { E_L: 0, V_m: 0, V_th: 1e6, V_reset: -1 });
    kernel.Connect(dc, neuron, 'all_to_all', { delay: 1.5 });
    const meter = sampleEveryStep(kernel, neuron);
    kernel.SimulateSync(4);
    dc.set({ amplitude: 30 });
    kernel.SimulateSync(4);
    const v = column(meter, 'V_m');
    const decay = Math.exp(-0.01);
    const current = Array.from(
      v,
      (x, k) => (x - decay * (v[k - 1] ?? 0)) / ((10 / 250) * (1 - decay)),
    );
    // The last of the old ones was sent in update step 39.
    const expected = current.map((_, k) => (k + 1 < 17 ? 0 : k + 1 <= 39 + 15 + 2 ? 10 : 30));
    current.forEach((x, k) => {
      expect(x).toBeCloseTo(expected[k] ?? NaN, 8);
    });
  });

  test('Poisson spikes that were sent arrive', () => {
    const kernel = new Kernel();
    const generator = kernel.Create('poisson_generator', { rate: 5e6 });
    const parrot = kernel.Create('parrot_neuron');
    kernel.Connect(generator, parrot, 'all_to_all', { delay: 1.5 });
    const recorder = recordSpikes(kernel, parrot);
    kernel.SimulateSync(3);
    generator.set({ rate: 0 });
    kernel.SimulateSync(2);
    generator.set({ rate: 5e6 });
    kernel.SimulateSync(3);
    const fired = new Set(toSteps(recorder.events.times));
    // Stamps 2 … 30 and 51 … 65 arrive 15 steps later.
    const expected = [];
    for (let k = 17; k <= 45; k++) expected.push(k);
    for (let k = 66; k <= 80; k++) expected.push(k);
    expect([...fired]).toEqual(expected);
  });

  test('spikes that were sent arrive though their times are gone', () => {
    const kernel = new Kernel();
    const generator = kernel.Create('spike_generator', { spike_times: [1, 2.5] });
    const parrot = kernel.Create('parrot_neuron');
    kernel.Connect(generator, parrot, 'all_to_all', { delay: 1.5 });
    const recorder = recordSpikes(kernel, parrot);
    kernel.SimulateSync(2);
    generator.set({ spike_times: [] });
    kernel.SimulateSync(4);
    expect(toSteps(recorder.events.times)).toEqual([25]);
  });
});

describe('neurons', () => {
  test('parameters act from the next step on; the state goes on', () => {
    const kernel = new Kernel();
    const neuron = kernel.Create('iaf_psc_delta', { I_e: 300 });
    kernel.SimulateSync(5);
    const middle = neuron.V_m;
    expect(middle).toBeCloseTo(-70 + (300 / 250) * 10 * (1 - Math.exp(-0.5)), 10);
    neuron.set({ I_e: 0, tau_m: 4 });
    kernel.SimulateSync(6);
    expect(neuron.V_m).toBeCloseTo(-70 + (middle + 70) * Math.exp(-6 / 4), 10);
  });

  test('a threshold set below the potential is crossed in the next step', () => {
    const kernel = new Kernel();
    const neuron = kernel.Create('iaf_psc_delta', { V_m: -60 });
    const recorder = recordSpikes(kernel, neuron);
    kernel.SimulateSync(1);
    neuron.set({ V_th: -65 });
    kernel.SimulateSync(1);
    expect(toSteps(recorder.events.times)).toEqual([11]);
  });

  test('V_m set as default, at Create or afterwards is the same', () => {
    const traces = [0, 1, 2].map((how) => {
      const kernel = new Kernel();
      if (how === 0) kernel.SetDefaults('iaf_psc_exp', { V_m: -61.5 });
      const neuron = kernel.Create('iaf_psc_exp', how === 1 ? { V_m: -61.5 } : {});
      if (how === 2) neuron.set({ V_m: -61.5 });
      const meter = sampleEveryStep(kernel, neuron);
      kernel.SimulateSync(3);
      return [...column(meter, 'V_m')];
    });
    expect(traces[0]?.[0]).toBeGreaterThan(-62);
    expect(traces[1]).toEqual(traces[0]);
    expect(traces[2]).toEqual(traces[0]);
  });
});
