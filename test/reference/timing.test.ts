// When spikes arrive and what they do there: worked time lines, delays, refractoriness, and closed
// forms of postsynaptic potentials.
import { Kernel, type NodeCollection } from '../../lib';
import { named } from '../api/named';
import { column, recordSpikes, sampleEveryStep, toSteps, worst } from './compare';

/** First grid point at which a column differs from its value before the first step. */
const firstChange = (values: ArrayLike<number>, rest: number) =>
  1 + Array.from(values).findIndex((x) => x !== rest);

describe('a spike stamped 1.3 ms through a delay of 0.8 ms', () => {
  // [model, recordable, grid point of its first change]
  test.each<[string, string, number]>([
    ['iaf_psc_delta', 'V_m', 21],
    ['izhikevich', 'V_m', 21],
    ['iaf_psc_exp', 'I_syn_ex', 21],
    ['iaf_psc_exp', 'V_m', 22],
    ['iaf_psc_alpha', 'I_syn_ex', 22],
    ['iaf_psc_alpha', 'V_m', 22],
    ['iaf_cond_exp', 'g_ex', 21],
    ['iaf_cond_exp', 'V_m', 22],
    ['iaf_cond_alpha', 'g_ex', 22],
    ['iaf_cond_alpha', 'V_m', 22],
    ['aeif_cond_exp', 'g_ex', 21],
  ])('%s: %s', (model, recordable, expected) => {
    // izhikevich is not at rest by itself: its potential is compared with that without the spike.
    const trace = (spike_times: number[]) => {
      const kernel = new Kernel();
      const generator = kernel.Create('spike_generator', { spike_times });
      const neuron = kernel.Create(model);
      kernel.Connect(generator, neuron, 'all_to_all', { weight: 2, delay: 0.8 });
      const meter = sampleEveryStep(kernel, neuron, [recordable]);
      kernel.SimulateSync(4);
      return column(meter, recordable);
    };
    const [without, with_] = [trace([]), trace([1.3])];
    expect(
      firstChange(
        with_.map((x, i) => x - (without[i] ?? NaN)),
        0,
      ),
    ).toBe(expected);
  });

  test('a recorder on the source has the stamp, whatever weight and delay', () => {
    const kernel = new Kernel();
    const generator = kernel.Create('spike_generator', { spike_times: [1.3] });
    const recorder = kernel.Create('spike_recorder');
    kernel.Connect(generator, recorder, 'all_to_all', { weight: 0, delay: 3 });
    kernel.SimulateSync(1.3);
    expect([...recorder.events.times]).toEqual([1.3]);
  });
});

describe('delays', () => {
  test.each([
    [0.05, 1],
    [0.06, 1],
    [0.0999, 1],
    [0.1, 1],
    [0.81, 8],
    [0.8499, 8],
    [0.85, 9],
    [0.9, 9],
    [1.2345, 12],
    [2.25, 23],
    [200, 2000],
  ])('%d ms are %d steps', (ms, steps) => {
    const kernel = new Kernel();
    const generator = kernel.Create('spike_generator', { spike_times: [1] });
    const parrots = kernel.Create('parrot_neuron', 2);
    kernel.Connect(generator, parrots.at(0), 'all_to_all', { delay: ms });
    kernel.Connect(parrots.at(0), parrots.at(1), 'all_to_all', { delay: ms });
    const recorder = recordSpikes(kernel, parrots);
    expect(kernel.GetConnections({ source: parrots }).delay[0]).toBeCloseTo(steps / 10, 12);
    kernel.SimulateSync(402);
    expect(toSteps(recorder.events.times)).toEqual([10 + steps, 10 + 2 * steps]);
  });

  test.each([0, 0.04, 0.0499, -1])('%d ms are too short', (delay) => {
    const kernel = new Kernel();
    const parrots = kernel.Create('parrot_neuron', 2);
    expect(() => {
      kernel.Connect(parrots, parrots, 'all_to_all', { delay });
    }).toThrow(named('BadDelay'));
    expect(kernel.GetConnections().length).toBe(0);
  });

  test('an array and a random parameter round like a number', () => {
    const kernel = new Kernel();
    const parrots = kernel.Create('parrot_neuron', 3);
    const delay = [0.81, 0.85, 1.2345];
    kernel.Connect(parrots, parrots, 'one_to_one', { delay });
    expect(toSteps(kernel.GetConnections().delay)).toEqual([8, 9, 12]);
  });
});

describe('refractoriness', () => {
  test.each<[string, object, number]>([
    ['iaf_psc_delta', { I_e: 900 }, -70],
    ['iaf_psc_exp', { I_e: 900 }, -70],
    ['iaf_psc_alpha', { I_e: 900 }, -70],
    ['iaf_cond_exp', { I_e: 900 }, -60],
    ['iaf_cond_alpha', { I_e: 900 }, -60],
    ['aeif_cond_exp', { I_e: 1500 }, -60],
  ])('%s rests at V_reset for t_ref', (model, settings, reset) => {
    for (const [t_ref, steps] of [
      [2, 20],
      [0.15, 2],
      [3.7, 37],
    ] as const) {
      const kernel = new Kernel();
      const neuron = kernel.Create(model, { ...settings, t_ref });
      const meter = sampleEveryStep(kernel, neuron);
      const recorder = recordSpikes(kernel, neuron);
      kernel.SimulateSync(100);
      const v = column(meter, 'V_m');
      const spikes = toSteps(recorder.events.times).filter((s) => s + steps + 2 < v.length);
      expect(spikes.length).toBeGreaterThan(3);
      for (const spike of spikes) {
        // At the stamp of the spike and t_ref longer; then it is integrated again.
        const after = Array.from(v.slice(spike - 1, spike + steps + 1));
        expect(after.slice(0, -1)).toEqual(Array<number>(steps + 1).fill(reset));
        expect(after.at(-1)).not.toBe(reset);
      }
    }
  });

  test('what arrives meanwhile is lost, or kept by refractory_input', () => {
    const lastV = (refractory_input: boolean) => {
      const kernel = new Kernel();
      const generator = kernel.Create('spike_generator', { spike_times: [1, 2] });
      const neuron = kernel.Create('iaf_psc_delta', { t_ref: 3, refractory_input });
      kernel.Connect(generator, neuron, 'all_to_all', { weight: 15, delay: 1 });
      kernel.SimulateSync(5.1);
      return neuron.V_m;
    };
    expect(lastV(false)).toBe(-70);
    // Arrives at 3.0, in the first of the last 21 refractory steps; it decays for all of them.
    expect(lastV(true)).toBeCloseTo(-70 + 15 * Math.exp(-2.1 / 10), 12);
  });
});

describe('iaf_psc_alpha, computed by NEST', () => {
  const run = (
    settings: object,
    resolution = 0.1,
    connect?: (k: Kernel, n: NodeCollection) => void,
  ) => {
    const kernel = new Kernel();
    kernel.SetKernelStatus({ resolution });
    const neuron = kernel.Create('iaf_psc_alpha', settings);
    connect?.(kernel, neuron);
    const meter = sampleEveryStep(kernel, neuron);
    const recorder = recordSpikes(kernel, neuron);
    kernel.SimulateSync(8);
    return { v: column(meter, 'V_m'), spikes: toSteps(recorder.events.times, resolution) };
  };

  test('1000 pA', () => {
    const { v, spikes } = run({ I_e: 1000 });
    expect(v[0]).toBeCloseTo(-69.602, 3);
    expect(v[1]).toBeCloseTo(-69.2079, 4);
    expect(v[46]).toBeCloseTo(-55.0001, 4);
    expect(spikes).toEqual([48]);
  });

  test.each([0.1, 0.2, 0.5, 1])('1450 pA: a spike at 3 ms with steps of %d ms', (h) => {
    const { v, spikes } = run({ I_e: 1450 }, h);
    expect(spikes[0]).toBe(Math.round(3 / h));
    // The same trace at all resolutions.
    const fine = run({ I_e: 1450 }).v.filter((_, k) => (k + 1) % Math.round(10 * h) === 0);
    expect(worst(v, fine).error).toBeLessThan(1e-12);
  });

  test('through a dc_generator and a delay of 0.1 ms all is 0.2 ms later', () => {
    const { v, spikes } = run({}, 0.1, (kernel, neuron) => {
      const dc = kernel.Create('dc_generator', { amplitude: 1000 });
      kernel.Connect(dc, neuron, 'all_to_all', { delay: 0.1 });
    });
    expect(spikes).toEqual([50]);
    expect(firstChange(v, -70)).toBe(3);
    expect(v[2]).toBeCloseTo(-69.602, 3);
  });
});

describe('postsynaptic potentials', () => {
  const C = 210;
  const [tm, ts, w] = [11, 3, 77];
  const potential: Record<string, (s: number) => number> = {
    iaf_psc_delta: (s) => w * Math.exp(-s / tm),
    iaf_psc_exp: (s) => ((w / C) * (Math.exp(-s / tm) - Math.exp(-s / ts))) / (1 / ts - 1 / tm),
    iaf_psc_alpha: (s) => {
      const k = 1 / ts - 1 / tm;
      const x = (Math.exp(-s / tm) - Math.exp(-s / ts)) / k - s * Math.exp(-s / ts);
      return ((w * Math.E) / (ts * C * k)) * x;
    },
  };
  test.each(
    Object.keys(potential).flatMap((model) => [0.05, 0.1, 0.5, 1].map((h) => ({ model, h }))),
  )('$model with steps of $h ms', ({ model, h }) => {
    const kernel = new Kernel();
    kernel.SetKernelStatus({ resolution: h });
    const generator = kernel.Create('spike_generator', { spike_times: [2] });
    const neuron = kernel.Create(model, {
      C_m: C,
      tau_m: tm,
      E_L: 0,
      V_m: 0,
      V_reset: -1,
      V_th: 1e6,
      ...(model !== 'iaf_psc_delta' && { tau_syn_ex: ts }),
    });
    kernel.Connect(generator, neuron, 'all_to_all', { weight: w, delay: 3 });
    const meter = sampleEveryStep(kernel, neuron);
    kernel.SimulateSync(60);
    const v = column(meter, 'V_m');
    const psp = potential[model];
    const expected = Array.from(v, (_, k) => {
      const s = (k + 1) * h - 5;
      return s > -h / 2 && psp ? psp(s) : 0;
    });
    expect(Math.max(...expected)).toBeGreaterThan(0.3);
    expect(worst(v, expected).error).toBeLessThan(1e-12);
  });

  test('stay smooth where tau_syn crosses tau_m', () => {
    const peak = (tau_syn_ex: number, model: string) => {
      const kernel = new Kernel();
      const generator = kernel.Create('spike_generator', { spike_times: [1] });
      const neuron = kernel.Create(model, { tau_m: 10, tau_syn_ex });
      kernel.Connect(generator, neuron, 'all_to_all', { weight: 10 });
      const meter = sampleEveryStep(kernel, neuron);
      kernel.SimulateSync(40);
      return Math.max(...column(meter, 'V_m')) + 70;
    };
    for (const model of ['iaf_psc_exp', 'iaf_psc_alpha']) {
      const at = peak(10, model);
      for (const shift of [1e-3, 1e-6, 1e-9, 1e-12]) {
        expect(Math.abs(peak(10 + shift, model) / at - 1)).toBeLessThan(shift + 1e-7);
        expect(Math.abs(peak(10 - shift, model) / at - 1)).toBeLessThan(shift + 1e-7);
      }
    }
  });
});

describe('forced spikes of iaf_psc_delta', () => {
  test.each([
    [1, 100, [10, 1010]],
    [3.4, 41.2, [34, 446, 858, 1270]],
  ])('offset %d ms, interval %d ms', (offset, interval, expected) => {
    const kernel = new Kernel();
    const neuron = kernel.Create('iaf_psc_delta', {
      ignore_and_spike: true,
      ignore_and_spike_offset: offset,
      ignore_and_spike_interval: interval,
      I_e: 5000,
    });
    const recorder = recordSpikes(kernel, neuron);
    for (const ms of [33.3, 0.1, 96.6]) kernel.SimulateSync(ms);
    expect(toSteps(recorder.events.times)).toEqual(expected);
  });

  // NEST 3.10 gives the first of these.
  const first = [2, 5, 8, 11, 14, 17, 20];
  test.each([
    [{ ignore_and_spike_offset: 2, ignore_and_spike_interval: 4 }, [22, 26, 30, 34, 38]],
    [{ ignore_and_spike_offset: 2 }, [22, 25, 28, 31, 34, 37, 40]],
    [{ ignore_and_spike_offset: 5 }, [25, 28, 31, 34, 37, 40]],
    [{ V_th: -50 }, [23, 26, 29, 32, 35, 38]],
  ])('begin anew whenever %j is set, unless it is another parameter', (change, expected) => {
    const kernel = new Kernel();
    kernel.SetKernelStatus({ resolution: 1 });
    const neuron = kernel.Create('iaf_psc_delta', {
      ignore_and_spike: true,
      ignore_and_spike_offset: 2,
      ignore_and_spike_interval: 3,
    });
    const recorder = recordSpikes(kernel, neuron);
    kernel.SimulateSync(20);
    neuron.set(change);
    kernel.SimulateSync(20);
    expect([...recorder.events.times]).toEqual([...first, ...expected]);
  });
});
