// Current generators: when a current is sent, when it acts, and what it does to the potential.
import { Kernel, type NodeCollection, type NodeParameters } from '../../lib';
import { named } from '../api/named';
import { column, sampleEveryStep, toSteps, worst } from './compare';
import { moments } from './statistics';

const membrane = { tau_m: 8, C_m: 160, E_L: 0, V_m: 0, V_reset: -1, V_th: 1e6 };
const decay = Math.exp(-0.1 / membrane.tau_m);
/** mV that 1 pA adds in a step. */
const gain = (membrane.tau_m / membrane.C_m) * (1 - decay);

/** Current (pA) that acted in the step ending at each grid point, from the potential. */
function acting(v: ArrayLike<number>): number[] {
  return Array.from(v, (x, k) => (x - decay * (k > 0 ? (v[k - 1] ?? NaN) : 0)) / gain);
}

/** Potential of a neuron behind a generator, and the current that was sent. */
function driven(
  make: (kernel: Kernel) => NodeCollection,
  { delay = 1, weight = 1, duration = 30 } = {},
) {
  const kernel = new Kernel();
  const generator = make(kernel);
  const neuron = kernel.Create('iaf_psc_delta', membrane);
  kernel.Connect(generator, neuron, 'all_to_all', { delay, weight });
  const meter = sampleEveryStep(kernel, neuron);
  const sent = sampleEveryStep(kernel, generator, ['I']);
  kernel.SimulateSync(duration);
  return { v: column(meter, 'V_m'), sent: column(sent, 'I') };
}

/** Grid points at which a column is not 0. */
const nonZero = (values: ArrayLike<number>) =>
  Array.from(values).flatMap((x, k) => (Math.abs(x) > 1e-6 ? [k + 1] : []));

const range = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);

describe('dc_generator', () => {
  // Sent in update steps start − 1 … stop − 2, none before 0; a step later the recorded current.
  test.each<[number, number, number, [number, number], [number, number]]>([
    [0, 3, 0.1, [1, 29], [3, 31]],
    [0.1, 3, 0.1, [1, 29], [3, 31]],
    [0.2, 3, 0.1, [2, 29], [4, 31]],
    [2, 5, 1, [20, 49], [31, 60]],
    [2, 2.1, 0.5, [20, 20], [26, 26]],
    [4, 4, 1, [1, 0], [1, 0]],
    [1.5, 40, 2.2, [15, 300], [38, 300]],
  ])('start %d, stop %d, delay %d ms', (start, stop, delay, sentFromTo, actsFromTo) => {
    const { v, sent } = driven((k) => k.Create('dc_generator', { amplitude: 50, start, stop }), {
      delay,
    });
    expect(nonZero(sent)).toEqual(range(...sentFromTo));
    expect(nonZero(acting(v))).toEqual(range(...actsFromTo));
    for (const x of acting(v)) expect(Math.min(Math.abs(x), Math.abs(x - 50))).toBeLessThan(1e-8);
  });

  test('the number of driven steps is stop − start', () => {
    const { v } = driven((k) =>
      k.Create('dc_generator', { amplitude: 20, origin: 1, start: 2.3, stop: 7.7 }),
    );
    const steps = nonZero(acting(v));
    expect(steps.length).toBe(54);
    expect(steps[0]).toBe(33 + 10 + 1);
  });

  test('the weight scales the current', () => {
    const { v } = driven((k) => k.Create('dc_generator', { amplitude: 20 }), { weight: -2.5 });
    expect(acting(v).at(-1)).toBeCloseTo(-50, 8);
  });

  test.each(['iaf_psc_alpha', 'iaf_psc_delta', 'iaf_psc_exp'] as const)(
    'acts as I_e does, later by the delay and a step: %s',
    (model) => {
      const trace = (useDevice: boolean) => {
        const kernel = new Kernel();
        const neuron = kernel.Create(model, useDevice ? {} : { I_e: 430 });
        if (useDevice) {
          const dc = kernel.Create('dc_generator', { amplitude: 430 });
          kernel.Connect(dc, neuron, 'all_to_all', { delay: 0.7 });
        }
        const meter = sampleEveryStep(kernel, neuron);
        kernel.SimulateSync(60);
        return column(meter, 'V_m');
      };
      const [own, device] = [trace(false), trace(true)];
      const shift = 7 + 1;
      expect([...device.slice(0, shift)]).toEqual(Array<number>(shift).fill(-70));
      expect(worst(device.slice(shift), own.slice(0, -shift)).error).toBeLessThan(1e-12);
      // It fired, so resets are compared as well.
      expect(own.filter((x) => x === -70).length).toBeGreaterThan(20);
    },
  );

  test('two generators add up', () => {
    const kernel = new Kernel();
    const generators = kernel.Create('dc_generator', 2, { amplitude: [30, 12] });
    const neuron = kernel.Create('iaf_psc_delta', membrane);
    kernel.Connect(generators, neuron);
    const meter = sampleEveryStep(kernel, neuron);
    kernel.SimulateSync(5);
    expect(acting(column(meter, 'V_m')).at(-1)).toBeCloseTo(42, 8);
  });
});

describe('step_current_generator', () => {
  const steps = { amplitude_times: [1, 2.5, 4], amplitude_values: [40, -15, 60] };

  test('an amplitude set for t acts from t + delay + h on', () => {
    const { v, sent } = driven((k) => k.Create('step_current_generator', steps), { delay: 0.6 });
    const amplitude = (k: number) => (k < 10 ? 0 : k < 25 ? 40 : k < 40 ? -15 : 60);
    expect(worst(sent, range(1, 300).map(amplitude)).error).toBe(0);
    expect(
      worst(
        acting(v),
        range(1, 300).map((k) => amplitude(k - 7)),
      ).error,
    ).toBeLessThan(1e-8);
  });

  test('the window cuts; amplitudes keep changing while it is closed', () => {
    const { sent } = driven((k) =>
      k.Create('step_current_generator', { ...steps, start: 3, stop: 5, origin: 0 }),
    );
    // Sent in update steps 29 … 48; the change at 2.5 was followed meanwhile.
    expect(nonZero(sent)).toEqual(range(30, 49));
    expect([sent[29], sent[38], sent[39], sent[48]]).toEqual([-15, -15, 60, 60]);
  });

  test('times are absolute: origin moves only the window', () => {
    const { sent } = driven((k) => k.Create('step_current_generator', { ...steps, origin: 2 }));
    expect(nonZero(sent)).toEqual(range(20, 300));
    expect(sent[19]).toBe(40);
    expect(sent[24]).toBe(-15);
  });

  test('times off the grid are rounded up where allowed', () => {
    const { sent } = driven((k) =>
      k.Create('step_current_generator', {
        amplitude_times: [1.02, 2.5],
        amplitude_values: [7, 0],
        allow_offgrid_times: true,
      }),
    );
    expect(nonZero(sent)).toEqual(range(11, 24));
  });

  test('the amplitude in force stays until the first of the new times', () => {
    const kernel = new Kernel();
    const generator = kernel.Create('step_current_generator', steps);
    const sent = sampleEveryStep(kernel, generator, ['I']);
    kernel.SimulateSync(3);
    generator.set({ amplitude_times: [3.5, 5], amplitude_values: [8, 9] });
    kernel.SimulateSync(3);
    const current = column(sent, 'I');
    expect([current[29], current[33], current[34], current[48], current[49]]).toEqual([
      -15, -15, 8, 8, 9,
    ]);
  });

  test('the next part of a protocol: 500 pA until 7 ms', () => {
    const kernel = new Kernel();
    const generator = kernel.Create('step_current_generator', {
      amplitude_times: [1],
      amplitude_values: [500],
    });
    const meter = kernel.Create('multimeter', { record_from: ['I'], interval: 0.5 });
    kernel.Connect(meter, generator);
    kernel.SimulateSync(5);
    generator.set({ amplitude_times: [7], amplitude_values: [-1000] });
    kernel.SimulateSync(3);
    const current = range(1, 16).map((k) => (k < 2 ? 0 : k < 14 ? 500 : -1000));
    expect([...column(meter, 'I')]).toEqual(current);
  });

  test.each<[string, (k: Kernel) => ReturnType<typeof k.Create<'step_current_generator'>>]>([
    [
      'of Create',
      (k) =>
        k.Create('step_current_generator', {
          amplitude_times: [5, 10, 12],
          amplitude_values: [500, 600, -1000],
        }),
    ],
    [
      'of the defaults',
      (k) => {
        k.CopyModel('step_current_generator', 'late', {
          amplitude_times: [5, 10, 12],
          amplitude_values: [500, 600, -1000],
        });
        return k.Create('late') as never;
      },
    ],
  ])('times %s that are past are passed over', (_, create) => {
    const kernel = new Kernel();
    kernel.SimulateSync(10);
    const generator = create(kernel);
    const meter = kernel.Create('multimeter', { record_from: ['I'], interval: 1 });
    kernel.Connect(meter, generator);
    kernel.SimulateSync(4);
    expect([...column(meter, 'I')]).toEqual([0, -1000, -1000, -1000]);
    expect(generator.amplitude_times).toEqual(Float64Array.of(5, 10, 12));
  });

  test('an empty list says nothing new: what is in force stays', () => {
    const kernel = new Kernel();
    const generator = kernel.Create('step_current_generator', steps);
    const sent = sampleEveryStep(kernel, generator, ['I']);
    kernel.SimulateSync(3);
    generator.set({ amplitude_times: [], amplitude_values: [] });
    kernel.SimulateSync(3);
    generator.set({ stop: 6.5 });
    kernel.SimulateSync(1);
    const current = column(sent, 'I');
    expect([current[23], current[24], current[59], current[63], current[64]]).toEqual([
      40, -15, -15, -15, 0,
    ]);
  });

  test('a current under way arrives though its times are gone', () => {
    const run = (change: boolean) => {
      const kernel = new Kernel();
      const generator = kernel.Create('step_current_generator', steps);
      const neuron = kernel.Create('iaf_psc_delta', { V_th: 1e9 });
      kernel.Connect(generator, neuron, 'all_to_all', { delay: 3 });
      const meter = sampleEveryStep(kernel, neuron);
      kernel.SimulateSync(3);
      if (change) generator.set({ amplitude_times: [4], amplitude_values: [60] });
      for (let k = 0; k < 10; k++) kernel.SimulateSync(0.5);
      return [...column(meter, 'V_m')];
    };
    expect(run(true)).toEqual(run(false));
  });

  test('times read back as they were given', () => {
    const kernel = new Kernel();
    const times = [0.3, 0.6, 0.7, 1.1, 2.3];
    const generator = kernel.Create('step_current_generator', {
      amplitude_times: times,
      amplitude_values: times,
    });
    expect(generator.amplitude_times).toEqual(Float64Array.from(times));
    const spikes = kernel.Create('spike_generator', { spike_times: times });
    expect(spikes.spike_times).toEqual(Float64Array.from(times));
  });

  test.each<[string, NodeParameters<'step_current_generator'>]>([
    ['time 0', { amplitude_times: [0, 1], amplitude_values: [1, 2] }],
    ['off the grid', { amplitude_times: [1.05], amplitude_values: [1] }],
    ['equal times', { amplitude_times: [1, 1], amplitude_values: [1, 2] }],
    [
      'equal after rounding',
      { amplitude_times: [1.01, 1.02], amplitude_values: [1, 2], allow_offgrid_times: true },
    ],
    ['times alone', { amplitude_times: [1] }],
    ['different lengths', { amplitude_times: [1, 2], amplitude_values: [1] }],
  ])('refused: %s', (_, settings) => {
    const kernel = new Kernel();
    const generator = kernel.Create('step_current_generator', steps);
    expect(() => {
      generator.set(settings);
    }).toThrow(named('BadProperty'));
    expect(generator.amplitude_times).toEqual(Float64Array.of(1, 2.5, 4));
  });
});

describe('ac_generator', () => {
  const ac = { amplitude: 25, offset: 6, frequency: 37, phase: 50 };
  const current = (k: number) =>
    ac.offset +
    ac.amplitude *
      Math.sin(2 * Math.PI * (ac.frequency / 1000) * (0.1 * k) + (ac.phase / 180) * Math.PI);

  test('is the step_current_generator with its values', () => {
    const all = range(1, 300);
    const wave = driven((k) => k.Create('ac_generator', ac));
    const staircase = driven((k) =>
      k.Create('step_current_generator', {
        amplitude_times: all.map((k) => 0.1 * k),
        amplitude_values: all.map(current),
      }),
    );
    expect(worst(wave.sent, all.map(current)).error).toBeLessThan(1e-9);
    expect(worst(wave.sent, staircase.sent).error).toBeLessThan(1e-9);
    expect(worst(wave.v, staircase.v).error).toBeLessThan(1e-9);
    expect(moments(wave.v).variance).toBeGreaterThan(0.01);
  });

  test('has its phase from time 0, whatever the window and the splitting', () => {
    const kernel = new Kernel();
    const generator = kernel.Create('ac_generator', { ...ac, start: 2, stop: 20 });
    const sent = sampleEveryStep(kernel, generator, ['I']);
    for (const ms of [1.3, 4.4, 0.1, 24.2]) kernel.SimulateSync(ms);
    const expected = range(1, 300).map((k) => (k >= 20 && k <= 199 ? current(k) : 0));
    expect(worst(column(sent, 'I'), expected).error).toBeLessThan(1e-9);
  });
});

describe('iaf_psc_exp, receptor 1', () => {
  test('filters the current with tau_syn_ex', () => {
    const kernel = new Kernel();
    const dc = kernel.Create('dc_generator', { amplitude: 100 });
    const neuron = kernel.Create('iaf_psc_exp', { tau_syn_ex: 4 });
    kernel.Connect(dc, neuron, 'all_to_all', { delay: 1, receptor_type: 1 });
    const meter = sampleEveryStep(kernel, neuron, ['I_syn_ex', 'V_m']);
    kernel.SimulateSync(40);
    // Acts from grid point 12 on, as a current would, and approaches its value exponentially.
    const expected = range(1, 400).map(
      (k) => 100 * (1 - Math.exp((-0.1 * Math.max(0, k - 11)) / 4)),
    );
    expect(worst(column(meter, 'I_syn_ex'), expected).error).toBeLessThan(1e-12);
    expect(toSteps([0.1 * (1 + column(meter, 'V_m').findIndex((v) => v !== -70))])).toEqual([13]);
  });
});
