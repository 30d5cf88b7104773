// Parameters of the paper: the unit of weights, what is derived from the published programs, and
// which synapses get which of them.
import {
  expectedSynapses,
  connectionSpec,
  populationSpecs,
  projectionSpecs,
  ruleParameters,
  synapseSpec,
  transmitterParameters,
} from '../../../benchmarks/experiments/legenstein/biofeedback-network';
import {
  REWARD,
  WEIGHT_DEPENDENT_RULE,
  WEIGHTS,
} from '../../../benchmarks/experiments/legenstein/biofeedback-parameters';
import { peakResponse, weightUnit } from '../../../benchmarks/experiments/legenstein/cell';
import {
  EXPERIMENTS,
  kappaAmplitudes,
} from '../../../benchmarks/experiments/legenstein/drift-parameters';
import { NETWORK as PATTERNS } from '../../../benchmarks/experiments/legenstein/discrimination-parameters';
import { inputParameters } from '../../../benchmarks/experiments/legenstein/imitation-network';
import {
  NETWORK as IMITATION,
  REWARD as KAPPA,
} from '../../../benchmarks/experiments/legenstein/imitation-parameters';
import { ruleParameters as plasticParameters } from '../../../benchmarks/experiments/legenstein/plastic-parameters';
import { LIQUID } from '../../../benchmarks/experiments/legenstein/speech/liquid-parameters';
import { SPEECH } from '../../../benchmarks/experiments/legenstein/speech/speech-parameters';
import { Parameter } from '../../../lib';

describe('the unit of weights', () => {
  test.each([
    [5, 0.11647],
    [3, 0.07743],
    [10, 0.19245],
  ])('peak response with tau_syn %d ms', (tau_syn, expected) => {
    expect(peakResponse(30, tau_syn)).toBeCloseTo(expected, 5);
  });

  test('is the conductance whose potential peaks there', () => {
    // The membrane by itself, in small steps, with a constant driving force of 70 mV.
    const [scale, step] = [0.3, 0.001];
    let [g, v, highest] = [weightUnit(scale, 0), 0, 0];
    for (let t = 0; t < 60; t += step) {
      v += (step * (-10 * v + 70 * g)) / 300;
      g -= (step * g) / 5;
      highest = Math.max(highest, v);
    }
    expect(highest).toBeCloseTo(0.3 * 11, 2);
  });

  test('gives the weights of simulation 1', () => {
    expect(WEIGHTS.W_exc).toBeCloseTo(10.79, 2);
    expect(WEIGHTS.W_max).toBeCloseTo(21.59, 2);
    expect(WEIGHTS.W_inh).toBeCloseTo(211.6, 1);
  });
});

test('rewards have the amplitudes of the paper', () => {
  // 1/s there.
  expect(1000 * REWARD.A_1).toBeCloseTo(1.3795, 4);
  expect(1000 * REWARD.A_2).toBeCloseTo(0.2759, 4);
  expect(REWARD.A_1 * REWARD.tau_1).toBeCloseTo(REWARD.A_2 * REWARD.tau_2, 12);
  expect(transmitterParameters(Math.E)).toMatchObject({ A_1: Math.E * REWARD.A_1, tau_2: 1000 });
});

test('LTP and LTD of the weight-dependent rule balance at the initial weight', () => {
  const { A_plus, A_minus, mu_plus, w_0 } = WEIGHT_DEPENDENT_RULE;
  expect(w_0).toBeCloseTo(0.2726, 4);
  const ltp = A_plus * w_0 ** (1 - mu_plus) * WEIGHTS.W_exc ** mu_plus;
  expect(ltp).toBeCloseTo(A_minus * WEIGHTS.W_exc, 12);
});

test('simulation 3 has the amplitudes of the table', () => {
  const table = [1.662e-5, 1.108e-5, 5.54e-6, 1.108e-5, 2.078e-5, 1.385e-5];
  EXPERIMENTS.forEach(({ A_plus }, i) => expect(A_plus / table[i]! - 1).toBeCloseTo(0, 3));
  const { plus, minus } = kappaAmplitudes(EXPERIMENTS[0]!);
  expect(plus).toBeCloseTo((1.07 * 50) / 16, 12);
  expect(minus).toBeCloseTo(-50 / 16, 12);
});

test('simulations 2, 4 and 5 have the weights and the rewards of the paper', () => {
  expect(IMITATION.w_max).toBeCloseTo(11.87, 2);
  expect(KAPPA.kappa_plus).toBeCloseTo(0.14567, 5);
  expect(KAPPA.kappa_minus).toBeCloseTo(-0.14423, 5);
  expect(PATTERNS.w_max).toBeCloseTo(5.734, 3);
  // 1/s there.
  expect(1000 * PATTERNS.A).toBeCloseTo(1.4347, 4);
  expect(SPEECH.w_max).toBeCloseTo(2.024, 3);
  expect(1000 * SPEECH.A).toBeCloseTo(0.8829, 4);
  expect(LIQUID.W_exc).toBeCloseTo(0.785, 3);
  expect(LIQUID.W_inh).toBeCloseTo(5.1, 2);
});

test('their rule has amplitudes in parts of the largest weight', () => {
  expect(plasticParameters(2)).toMatchObject({ A_plus: 0.02, A_minus: 0.021, Wmax: 2, Wmin: 0 });
  expect(plasticParameters(2, 0.8)).toMatchObject({ A_plus: 0.02, A_minus: 0.016 });
  expect(plasticParameters(2)).toMatchObject({ tau_plus: 30, tau_c: 400, gap: 0.5 });
});

test('inputs of simulation 2 fire at their rate in spite of their dead time', () => {
  const { nu_0, t_ref } = inputParameters();
  expect(1000 / (1000 / nu_0 + t_ref)).toBeCloseTo(15, 12);
});

describe('the network of simulation 1', () => {
  test('has four populations', () => {
    const specs = populationSpecs(30);
    expect(specs.map(({ name, size }) => [name, size])).toEqual([
      ['E_low', 1600],
      ['E_high', 1600],
      ['I_low', 400],
      ['I_high', 400],
    ]);
    const [low, high] = specs;
    expect(high!.parameters).toMatchObject({ g_e0: 12, sigma_e: 3, g_i0: 57, sigma_i: 6.6 });
    expect(low!.parameters.g_i0).toBeCloseTo(11.4, 12);
    expect(low!.parameters.sigma_e).toBeCloseTo(0.6, 12);
    expect(low!.parameters).toMatchObject({ tau_minus: 30, E_rev: [0, -75], tau_syn: [5, 5] });
  });

  test('has the synapses that are to be expected', () => {
    const expected = new Map<string, number>();
    for (const projection of projectionSpecs('coded')) {
      const before = expected.get(projection.kind) ?? 0;
      expected.set(projection.kind, before + expectedSynapses(projection));
    }
    const whole = { EE: 143_360, EI: 35_840, IE: 43_008, II: 7168 };
    for (const [kind, count] of Object.entries(whole)) {
      expect(Math.abs(expected.get(kind)! / count - 1)).toBeLessThan(0.002);
    }
  });

  const shortTerm = (coding: 'coded' | 'intended') =>
    projectionSpecs(coding).map(({ kind, noise, shortTerm: { U }, varied }) => [
      `${kind} ${noise}`,
      U,
      varied,
    ]);

  test('as coded: one kind for all onto the quiet half, no spread onto the other', () => {
    expect(shortTerm('coded')).toEqual([
      ['EE low', 0.5, true],
      ['EE high', 0.5, false],
      ['EI low', 0.5, true],
      ['EI high', 0.25, false],
      ['IE low', 0.5, true],
      ['IE high', 0.05, false],
      ['II low', 0.5, true],
      ['II high', 0.32, false],
    ]);
  });

  test('as intended: each kind has its own, and all are spread', () => {
    expect(shortTerm('intended').filter(([, , varied]) => varied !== true)).toEqual([]);
    expect(shortTerm('intended').map(([, U]) => U)).toEqual([
      0.5, 0.5, 0.25, 0.25, 0.05, 0.05, 0.32, 0.32,
    ]);
  });

  test('is connected by rules and distributions', () => {
    const [plastic, homogeneous] = projectionSpecs('coded');
    expect(connectionSpec(plastic!)).toEqual({
      ...{ rule: 'pairwise_bernoulli', p: 0.02, allow_autapses: false },
    });
    const spread = synapseSpec(plastic!);
    expect(spread).toMatchObject({ synapse_model: 'plastic', receptor_type: 1, delay: 1 });
    expect(spread.U).toBeInstanceOf(Parameter);
    expect(String(spread.U)).toBe('redraw(normal(0.5, 0.25), 0.05, 0.95)');
    expect(String(spread.tau_fac)).toBe('redraw(normal(20, 10), 5, 5000)');
    expect(synapseSpec(homogeneous!)).toMatchObject({ U: 0.5, tau_rec: 1100, tau_fac: 20 });
    const inhibitory = projectionSpecs('coded').find(({ kind }) => kind === 'IE')!;
    expect(connectionSpec(inhibitory).p).toBeCloseTo(0.024, 12);
    expect(synapseSpec(inhibitory)).toMatchObject({
      ...{ synapse_model: 'tsodyks2_synapse', receptor_type: 2, weight: WEIGHTS.W_inh },
    });
  });

  test('learns by the rule of its variant', () => {
    const settings = { threads: 1, seed: 1, coding: 'coded', reward: 1, gap: 2 } as const;
    const additive = ruleParameters({ ...settings, weightDependent: false });
    expect(additive.neuron).toEqual({ tau_minus: 30 });
    expect(additive.synapse).toMatchObject({ tau_c: 400, tau_plus: 30, gap: 2, Wmin: 0 });
    expect(additive.synapse.A_plus / WEIGHTS.W_max).toBeCloseTo(0.01, 12);
    expect(additive.synapse.A_minus / additive.synapse.A_plus).toBeCloseTo(1.05, 12);
    const dependent = ruleParameters({ ...settings, weightDependent: true });
    expect(dependent.neuron).toEqual({ tau_minus: 20 });
    expect(dependent.synapse).toMatchObject({ mu_plus: 0.4, mu_minus: 1, tau_plus: 20 });
  });
});
