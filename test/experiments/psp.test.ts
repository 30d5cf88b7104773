import { alpha, exponential, type Membrane } from '../../benchmarks/experiments/psp';

/** Highest potential and charge for a current of 1 pA, by the midpoint rule in steps of 0.1 µs. */
function integrate({ C_m, tau_m, tau_syn }: Membrane, current: (s: number) => number) {
  const h = 1e-4;
  let V = 0;
  let peak = 0;
  let charge = 0;
  for (let t = 0; t < 40 * tau_syn; t += h) {
    const I = current((t + h / 2) / tau_syn);
    charge += h * I;
    const middle = V + (h / 2) * (I / C_m - V / tau_m);
    V += h * (I / C_m - middle / tau_m);
    peak = Math.max(peak, V);
  }
  return { peak, charge };
}

const shapes = {
  exponential: { shape: exponential, current: (s: number) => Math.exp(-s) },
  alpha: { shape: alpha, current: (s: number) => Math.E * s * Math.exp(-s) },
};

const membranes: Membrane[] = [
  { C_m: 250, tau_m: 20, tau_syn: 0.5 },
  { C_m: 250, tau_m: 10, tau_syn: 0.32582722403722841 },
  { C_m: 100, tau_m: 5, tau_syn: 1 },
];

describe.each(Object.entries(shapes))('postsynaptic potential, %s', (_, { shape, current }) => {
  test.each(membranes)('peaks at 1 mV for the weight given: %j', (membrane) => {
    const { peak, charge } = integrate(membrane, current);
    expect(shape.weightPerMillivolt(membrane) * peak).toBeCloseTo(1, 6);
    expect(shape.chargePerWeight(membrane)).toBeCloseTo(charge, 6);
  });
});
