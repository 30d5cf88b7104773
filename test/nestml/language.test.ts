// What the language has besides equations of neurons: vectors, loops, handlers, delays, functions,
// several inputs. Each text of models/ against the same in TypeScript.
import { Kernel } from '../../lib';
import { Draws } from '../fuzz/draws';
import { numbersOf, simulate } from './compiled';
import { drawProtocol } from './drawn';
import { arrivals, type Protocol } from './protocols';

const EXACT = 1e-12;

/** Largest |a − b| / max(1, |b|). */
function worst(a: readonly number[], b: readonly number[]): number {
  expect(a.length).toBe(b.length);
  return Math.max(...b.map((x, i) => Math.abs(a[i]! - x) / Math.max(1, Math.abs(x))));
}

/** One neuron of a text, under a protocol. */
async function run(
  text: string,
  protocol: Protocol,
  names: readonly string[],
  params: Readonly<Record<string, number>> = {},
) {
  const [course] = await simulate({ model: `${text}_nestml`, text, params }, protocol, names);
  return course!;
}

const silence = (resolution: number, steps: number): Protocol => ({
  ...{ resolution, sim_time: steps * resolution, inputs: [], dc: null },
});

test.each([1, 2, 3])('vectors, loops and integers, inputs %d', async (seed) => {
  const receptors = [1, 2, 3, 4, 5];
  const protocol = drawProtocol(new Draws(seed), { weight: 3, current: 0, receptors }, 400);
  const names = [
    ...['x_0', 'x_1', 'x_2', 'total', 'largest', 'paired'],
    ...['counted', 'code', 'ones', 'halvings', 'is_odd', 'root'],
  ];
  const { states, spikes } = await run('vectors', { ...protocol, dc: null }, names);

  const P = Math.exp(-protocol.resolution / 5);
  const x = [0, 0, 0];
  let code = 0;
  const expected: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  const fired: number[] = [];
  arrivals(protocol).forEach((received, k) => {
    const sum = (receptor: number) => received.plus(receptor) + received.minus(receptor);
    for (let i = 0; i < 3; i++) x[i] = x[i]! * P + 2 * sum(i + 1);
    const total = 3 * x[2]! + 2 * x[1]! + x[0]!;
    const largest = Math.max(...x);
    const paired = sum(4) + sum(5);
    const counted = k + 1;
    if (counted % 3 === 0) code ^= 1 << (counted & 7);
    else if (counted % 3 === 1) code |= 5;
    else code = (code & ~2) + (code >> 3);
    const ones = [...code.toString(2)].filter((bit) => bit === '1').length;
    let halvings = 0;
    for (let n = counted; n > 1 && halvings < 200; halvings++) n = n % 2 === 0 ? n / 2 : 3 * n + 1;
    const root = Math.sqrt(protocol.resolution * counted);
    if (total >= 10 && !(paired < 0)) {
      x[0] = 0;
      x[1]! /= 2;
      x[2]! -= 10 / 3;
      fired.push(counted);
    }
    const values = [...x, total, largest, paired, counted, code, ones, halvings, counted % 2, root];
    names.forEach((name, i) => expected[name]!.push(values[i]!));
  });
  expect(fired.length).toBeGreaterThan(5);
  expect(spikes).toEqual(fired);
  for (const name of names) {
    expect([name, worst(states[name]!, expected[name]!) <= EXACT]).toEqual([name, true]);
  }
});

test('elements of a vector parameter are set one by one', async () => {
  const protocol = silence(0.1, 2);
  const spike = { receptor_type: 2, weight: 1, delay: 0.1, spike_times: [0.1] };
  const params = { gain_0: 3, gain_1: 5, gain_2: 7, threshold: 100 };
  const { states } = await run('vectors', { ...protocol, inputs: [spike] }, ['x_1'], params);
  expect(states.x_1![1]).toBe(5);
});

test.each([1, 2, 3])('handlers by priority, conditions in their order, inputs %d', async (seed) => {
  const draws = new Draws(seed);
  const protocol = drawProtocol(draws, { weight: 2, current: 0, receptors: [1, 2, 3] }, 300);
  // Weights that cancel: a handler is for events, not for their sum.
  const [first] = protocol.inputs;
  const inputs = [...protocol.inputs, { ...first!, weight: -first!.weight }];
  const names = ['order', 'firsts', 'seconds', 'thirds', 'level', 'resets'];
  const { states, spikes } = await run('receivers', { ...protocol, inputs, dc: null }, names);

  const has = new Map<string, true>();
  for (const { receptor_type, delay, spike_times } of inputs) {
    for (const time of spike_times) {
      has.set(`${receptor_type} ${Math.round((time + delay) / protocol.resolution)}`, true);
    }
  }
  let [order, firsts, seconds, thirds, level, resets] = [0, 0, 0, 0, 0, 0];
  const expected: Record<string, number[]> = Object.fromEntries(names.map((name) => [name, []]));
  const fired: number[] = [];
  arrivals({ ...protocol, inputs }).forEach((received, k) => {
    const sum = (receptor: number) => received.plus(receptor) + received.minus(receptor);
    const came = (receptor: number) => has.has(`${receptor} ${k + 1}`);
    order /= 2;
    if (came(2)) {
      order += 10;
      seconds++;
      level += sum(2);
    }
    if (came(3)) {
      order = -order;
      thirds++;
    }
    if (came(1)) {
      order = 2 * order + sum(1);
      firsts++;
      level += 1;
    }
    if (level >= 3) {
      level -= 3;
      resets++;
    }
    if (level >= 3) {
      level = 0;
      fired.push(k + 1);
    }
    const values = [order, firsts, seconds, thirds, level, resets];
    names.forEach((name, i) => expected[name]!.push(values[i]!));
  });
  expect(resets).toBeGreaterThan(5);
  expect(spikes).toEqual(fired);
  for (const name of names) {
    expect([name, worst(states[name]!, expected[name]!) <= EXACT]).toEqual([name, true]);
  }
});

test.each([0, 0.3, 3, 6])('a state %d ms ago', async (d) => {
  const h = 0.1;
  const { states } = await run('delayed', silence(h, 300), ['V_m', 'y', 'z'], { d, I_e: 100 });
  const [P, Q] = [Math.exp(-h / 10), Math.exp(-h / 4)];
  const [V, y, z] = [[5], [0], [1]];
  for (let k = 0; k < 300; k++) {
    // What it was when this step began, less the delay; 0 before there was anything.
    const earlier = V[k - Math.round(d / h)] ?? 0;
    const y_earlier = y[k - 10] ?? 0;
    V.push(V[k]! * P + ((10 * 100) / 250) * (1 - P));
    y.push(earlier + (y[k]! - earlier) * Q);
    z.push(y_earlier + (z[k]! - y_earlier) * Q);
  }
  expect(worst(states.V_m!, V.slice(1))).toBeLessThanOrEqual(EXACT);
  expect(worst(states.y!, y.slice(1))).toBeLessThanOrEqual(EXACT);
  expect(worst(states.z!, z.slice(1))).toBeLessThanOrEqual(EXACT);
});

test.each([0.1, 0.5])('an oscillator, and what a sine drives, %d ms', async (h) => {
  const names = ['x', 'x__d', 'y', 'energy'];
  const oscillator = { model: 'oscillator_nestml', text: 'oscillator' };
  const isSolved = 'gsl_abs_error_tol' in (await numbersOf(oscillator, h));
  const solver = isSolved ? { gsl_abs_error_tol: 1e-11, gsl_rel_error_tol: 1e-11 } : {};
  const { states } = await run('oscillator', silence(h, 100 / h), names, solver);
  // x = f/ω² + e^(−γt) (a cos νt + b sin νt)
  const [damping, omega, force] = [0.05, 0.3, 0.02];
  const [rest, nu] = [force / omega ** 2, Math.sqrt(omega ** 2 - damping ** 2)];
  const [a, b] = [1 - rest, (damping * (1 - rest)) / nu];
  // y = A (sin Ωt − Ωτ cos Ωt + Ωτ e^(−t/τ)) / (1 + (Ωτ)²)
  const [A, Omega, tau] = [2, (2 * Math.PI) / 12.5, 3];
  const at = states.x!.map((_, k) => (k + 1) * h);
  const x = at.map(
    (t) => rest + Math.exp(-damping * t) * (a * Math.cos(nu * t) + b * Math.sin(nu * t)),
  );
  const slope = at.map((t) => {
    const [cos, sin] = [Math.cos(nu * t), Math.sin(nu * t)];
    return Math.exp(-damping * t) * ((b * nu - damping * a) * cos - (a * nu + damping * b) * sin);
  });
  const y = at.map((t) => {
    const driven = Math.sin(Omega * t) - Omega * tau * Math.cos(Omega * t);
    return (A * (driven + Omega * tau * Math.exp(-t / tau))) / (1 + (Omega * tau) ** 2);
  });
  const energy = at.map((_, k) => (slope[k]! ** 2 + omega ** 2 * x[k]! ** 2) / 2);
  expect(worst(states.x!, x)).toBeLessThanOrEqual(1e-11);
  expect(worst(states.x__d!, slope)).toBeLessThanOrEqual(1e-11);
  expect(worst(states.energy!, energy)).toBeLessThanOrEqual(1e-11);
  expect(worst(states.y!, y)).toBeLessThanOrEqual(1e-8);
});

/** erf by its Taylor series, for |z| ≤ 2. */
function erf(z: number): number {
  let [term, sum] = [z, z];
  for (let n = 1; n < 80; n++) {
    term *= (-z * z) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

test('the functions of the language', async () => {
  const round = (z: number) => Math.sign(z) * Math.floor(Math.abs(z) + 0.5);
  const functions: Readonly<Record<string, (z: number) => number>> = {
    exps: Math.exp,
    expm1s: (z) => Math.expm1(z / 100),
    lns: (z) => Math.log(Math.abs(z) + 0.5),
    log10s: (z) => Math.log10(Math.abs(z) + 0.5),
    powers: (z) => (Math.abs(z) + 0.5) ** z + (Math.abs(z) + 0.25) ** 2.5 + z ** 3,
    ...{ sins: Math.sin, coss: Math.cos, tans: Math.tan },
    ...{ sinhs: Math.sinh, coshs: Math.cosh, tanhs: Math.tanh },
    ...{ erfs: erf, erfcs: (z: number) => 1 - erf(z) },
    mins: (z) => Math.min(z, 0.5),
    maxs: (z) => Math.max(z, 0.5),
    abss: Math.abs,
    clips: (z) => Math.min(1.5, Math.max(-0.75, z)),
    ...{ ceils: Math.ceil, floors: Math.floor, rounds: round },
    whole: (z) => Math.trunc(10 * z),
    remainder: (z) => Math.trunc(10 * (z - 0.0625)) % 7,
    end_of_step: (z) => ((z + 2) / 0.0625) * 0.1,
    length: () => 0.1,
  };
  const names = Object.keys(functions);
  const { states } = await run('functions', silence(0.1, 64), names);
  const z = Array.from({ length: 64 }, (_, k) => -2 + (k + 1) * 0.0625);
  for (const name of names) {
    const expected = z.map((value) => functions[name]!(value));
    if (name === 'remainder') expected[0] = 0;
    expect([name, worst(states[name]!, expected) <= 1e-13]).toEqual([name, true]);
  }
});

test('two continuous inputs', async () => {
  const h = 0.1;
  const others = [
    { amplitude: 600, start: 5, stop: 40, delay: 1, receptor_type: 0 },
    { amplitude: 400, start: 20, stop: 30, delay: 1, weight: 3, receptor_type: 1 },
  ];
  const protocol = { ...silence(h, 600), others };
  const { states, spikes } = await run('continuous_inputs', protocol, ['V_m'], { gain: -0.25 });
  const P = Math.exp(-h / 10);
  let V = -70;
  const [expected, fired]: [number[], number[]] = [[], []];
  for (let k = 0; k < 600; k++) {
    const I = (k >= 60 && k < 410 ? 600 : 0) - 0.25 * (k >= 210 && k < 310 ? 1200 : 0);
    V = -70 + (V + 70) * P + ((I * 10) / 250) * (1 - P);
    if (V >= -55) {
      V = -70;
      fired.push(k + 1);
    }
    expected.push(V);
  }
  expect(fired.length).toBeGreaterThan(1);
  expect(spikes).toEqual(fired);
  expect(worst(states.V_m!, expected)).toBeLessThanOrEqual(EXACT);
});

it('a convolution can stand in a condition alone', async () => {
  const kernel = new Kernel();
  await kernel.LoadModel(`
model conditional_neuron:
    state:
        n integer = 0
    equations:
        kernel k = exp(-t / (2 * ms))
    input:
        spikes <- spike
    output:
        spike
    update:
        n += 0
    onCondition(convolve(k, spikes) > 1.5):
        n += 1
`);
  const neuron = kernel.Create('conditional_neuron');
  const generator = kernel.Create('spike_generator', { spike_times: [1] });
  kernel.Connect(generator, neuron, 'one_to_one', { weight: 2 });
  kernel.SimulateSync(5);
  // 2 e^(−t / 2 ms) > 1.5 at 0, 0.1 … 0.5 ms.
  expect(neuron.get('n')).toBe(6);
  expect(kernel.GetDefaults('conditional_neuron', 'recordables')).toContain('k__X__spikes');
});
