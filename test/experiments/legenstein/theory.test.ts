// The numbers that the paper's theory gives before anything is simulated.
import {
  EXPERIMENTS,
  type DriftSettings,
} from '../../../benchmarks/experiments/legenstein/drift-parameters';
import { integral, root } from '../../../benchmarks/experiments/legenstein/integral';
import {
  biofeedbackCondition,
  expectedKappa,
  kappa,
  predictDrift,
  response,
  rewardArea,
} from '../../../benchmarks/experiments/legenstein/theory';

test('integrals jump where they are told to', () => {
  expect(integral((x) => (x > 1 ? x ** 3 : -1), [0, 1, 3])).toBeCloseTo(19, 9);
  expect(integral(Math.exp, [2, 0])).toBeCloseTo(Math.exp(2) - 1, 9);
  expect(root((x) => 2 - x ** 2, 0, 3)).toBeCloseTo(Math.SQRT2, 14);
});

test.each([
  [0, 0.0496],
  [200, 0.0604],
  [400, 0.0551],
])('the condition for biofeedback holds with a delay of %d ms', (delay, expected) => {
  expect(biofeedbackCondition(delay)).toBeCloseTo(expected, 4);
});

test('the reward of a spike is 0 in the mean', () => {
  expect(Math.abs(rewardArea())).toBeLessThan(1e-6);
});

test.each(EXPERIMENTS.map((settings, i) => [i + 1, settings] as const))(
  'expected rewards of experiment %d are what their integral is',
  (_, settings: DriftSettings) => {
    const { tau_eps } = settings;
    for (const s of [-60, -7, -0.5, 0.5, 3, 12, 40]) {
      const far = 25 * tau_eps;
      const whole = integral(
        (u) => kappa(s - u, settings) * response(u, tau_eps),
        [0, Math.max(0, s), 3 * tau_eps, far],
      );
      expect(expectedKappa(s, settings)).toBeCloseTo(whole, 6);
    }
  },
);

describe('the predicted drift', () => {
  const predictions = EXPERIMENTS.map((settings) => predictDrift(settings));
  const digits = (values: readonly number[], after: number) =>
    values.map((value) => Number(value.toFixed(after)));

  test('has shifts that balance responses to inputs', () => {
    const shifts = predictions.map(({ shift }) => shift);
    expect(digits(shifts, 2)).toEqual([6.53, 4.81, 11.85, 4.77, 6.14, 12.29]);
  });

  test('of inputs that the target shares', () => {
    const strong = predictions.map((prediction) => prediction.strong);
    expect(digits(strong, 3)).toEqual([0.317, 0.753, -0.19, 0.444, -0.333, 0.206]);
  });

  test('of the others', () => {
    const weak = predictions.map((prediction) => prediction.weak);
    expect(digits(weak, 3)).toEqual([-0.252, 0.145, -0.537, -0.734, -0.617, 0.002]);
  });

  test('grows with the duration and the learning rate', () => {
    const { strong, weak } = predictDrift(EXPERIMENTS[0]!, 0.1);
    expect(strong).toBeCloseTo(predictions[0]!.strong / 10, 12);
    expect(weak).toBeCloseTo(predictions[0]!.weak / 10, 12);
  });
});
