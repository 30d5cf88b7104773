// The programs of docs/examples: accepted by the editor, they print what the page says, and what they
// print is right by theory, or by what is computed here in another way.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { selfConsistentRate } from '../../benchmarks/experiments/mean-field';
import * as nest from '../../lib';
import { blocksOf, root, textOf } from './blocks';
import { printedBy, compilerErrors } from './shown-programs';

jest.setTimeout(300_000);

const folder = 'docs/examples';
const page = `${folder}/README.md`;
const names = readdirSync(path.join(root, folder))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => path.basename(file, '.ts'));
const programOf = (name: string): string => textOf(`${folder}/${name}.ts`);

/** What the page says that a program prints. */
function saidOf(name: string): string {
  const linked = textOf(page)
    .split('\n')
    .findIndex((line) => line.startsWith(`[${name}.ts](`));
  const block = blocksOf(page).find(({ kind, line }) => kind === 'console' && line > linked);
  return block!.text;
}

/** Runs a program, which must print what the page says, and leaves its network to be looked at. */
async function run(name: string): Promise<string> {
  const printed = await printedBy(programOf(name));
  expect(printed).toBe(saidOf(name));
  return printed;
}

/** Runs a program with one thing changed that must be in it. */
function runChanged(name: string, from: string, to: string): Promise<string> {
  const text = programOf(name);
  expect(text.split(from)).toHaveLength(2);
  return printedBy(text.replace(from, to));
}

/** All numbers of a text. */
const numbersOf = (text: string): number[] =>
  Array.from(text.matchAll(/-?\d+(?:\.\d+)?(?:e-?\d+)?/g), ([number]) => Number(number));

/** The numbers of the lines that a pattern fits. */
const rowsOf = (printed: string, pattern: RegExp): number[][] =>
  printed
    .split('\n')
    .filter((line) => pattern.test(line))
    .map(numbersOf);

it('are all named by the page, in a section each', () => {
  const linked = Array.from(textOf(page).matchAll(/^\[([\w-]+)\.ts\]\(\1\.ts\): /gm), (m) => m[1]);
  expect(linked.sort()).toEqual(names);
  expect(blocksOf(page).filter(({ kind }) => kind === 'console')).toHaveLength(names.length);
});

it('are accepted by the editor, in strict mode and without casts', () => {
  expect(compilerErrors(names.map((name) => ({ name, text: programOf(name) })))).toBe('');
  for (const name of names) {
    const code = programOf(name).replace(/^import .*$|\/\/.*$|\/\*\*.*\*\//gm, '');
    expect([name, /\bas (?!const\b)\w|\bany\b|[\w)\]]!\W|@ts-/.exec(code)]).toEqual([name, null]);
  }
});

test('one neuron rises and fires as a stepwise solution of its equation does', async () => {
  const printed = await run('one-neuron');
  const h = 0.1;
  const [V_inf, E_L, V_th, tau_m, refractory] = [-70 + 0.04 * 400, -70, -55, 10, 20];
  const spikes: number[] = [];
  const samples: number[] = [];
  for (let k = 1, V = E_L, rest = 0; k <= 10_000; k++) {
    if (rest > 0) rest--;
    else V = V_inf + (V - V_inf) * Math.exp(-h / tau_m);
    if (V >= V_th) [V, rest] = [E_L, (spikes.push(k * h), refractory)];
    if (k % 50 === 0) samples.push(V);
  }
  const trace = rowsOf(printed, /^\d+ +-/);
  expect(trace).toHaveLength(5);
  trace.forEach(([t, V, theory], i) => {
    expect(t).toBe(5 * (i + 1));
    expect(V).toBeCloseTo(samples[i]!, 4);
    expect(theory).toBe(V);
  });
  expect(rowsOf(printed, /^spikes/)[0]).toEqual(spikes.slice(0, 4).map((t) => +t.toFixed(1)));
  const [rate, theory] = rowsOf(printed, /^rate/)[0]!;
  expect(theory).toBeCloseTo(1000 / (2 + 10 * Math.log(16)), 2);
  expect(Math.abs(rate! / theory! - 1)).toBeLessThan(0.005); // a step of 0.1 ms in 29.7 ms at most
  expect(rate).toBeCloseTo((1000 * (spikes.length - 1)) / (spikes.at(-1)! - spikes[0]!), 2);
});

test('two neurons: potentials are those of a numerical integration', async () => {
  const printed = await run('two-neurons');
  const [fired] = rowsOf(printed, /^the sender/);
  expect(fired).toHaveLength(3);
  // The midpoint rule, in steps of 1 µs, for the current (as two stages) and the potential.
  const arrivals = fired!.map((t) => Math.round((t + 1) * 1000));
  const [tau, tau_m, C_m, weight, h] = [2, 10, 250, 20, 1e-3];
  const slope = ([a, I, V]: number[]) => [-a! / tau, a! - I! / tau, I! / C_m - V! / tau_m];
  let state = [0, 0, 0];
  const potentials = new Map<number, number>();
  for (let k = 0; k <= 87_000; k++) {
    if (arrivals.includes(k)) state[0]! += (weight * Math.E) / tau;
    potentials.set(k, state[2]!);
    const half = slope(state).map((s, i) => state[i]! + (s * h) / 2);
    state = slope(half).map((s, i) => state[i]! + s * h);
  }
  const rows = rowsOf(printed, /theory/);
  expect(rows).toHaveLength(5);
  for (const [t, V, theory] of rows) {
    expect(V).toBeCloseTo(potentials.get(t! * 1000)!, 5);
    expect(theory).toBe(V);
  }
  expect(printed).toMatch(/less than 1e-12 mV: true\n$/);
});

/** Rate, spikes/s, of neurons that get Poisson spikes, stepped one by one. */
function rateOfBalanced(excitation: number, inhibition: number): number {
  let bits = 7; // G. Marsaglia (2003), Xorshift RNGs, J. Stat. Softw. 8(14)
  const uniform = (): number => {
    bits ^= bits << 13;
    bits ^= bits >>> 17;
    bits ^= bits << 5;
    return (bits >>> 0) / 2 ** 32;
  };
  const poisson = (none: number): number => {
    let count = 0;
    for (let p = uniform(); p > none; p *= uniform()) count++;
    return count;
  };
  const [noneE, noneI] = [excitation, inhibition].map((perMs) => Math.exp(-perMs * 0.1));
  const [h, tau, tau_m, C_m] = [0.1, 2, 10, 250];
  const [decay, leak] = [Math.exp(-h / tau), Math.exp(-h / tau_m)];
  let [a, I, V, rest, spikes] = [0, 0, 0, 0, 0];
  const steps = 10_000_000;
  for (let k = 0; k < steps; k++) {
    // The current at the middle of the step stands for that of the step.
    const middle = (I + (a * h) / 2) * Math.exp(-h / 2 / tau);
    I = (I + a * h) * decay;
    a *= decay;
    if (rest > 0) rest--;
    else V = V * leak + (tau_m / C_m) * (1 - leak) * middle;
    if (V >= 15) [V, rest, spikes] = [0, 20, spikes + 1];
    const weight = 40 * poisson(noneE!) - 160 * poisson(noneI!);
    a += (weight * Math.E) / tau;
  }
  return (1000 * spikes) / (steps * h);
}

test('a balanced neuron fires as fast as its inputs, by another simulation, too', async () => {
  const printed = await run('balanced-neuron');
  const [found] = numbersOf(printed.trim().split('\n').at(-1)!);
  const tries = rowsOf(printed, /^\d/);
  expect(tries.at(-1)![1]).toBeCloseTo(5, 0);
  expect(Math.abs(tries.at(-1)![1]! - 5)).toBeLessThan(0.2);
  // More inhibition, fewer spikes: with the same noise without exception.
  const sorted = tries.toSorted((one, other) => one[0]! - other[0]!).map(([, rate]) => rate!);
  expect(sorted).toEqual(sorted.toSorted((a, b) => b - a));
  // 1000 s with about 5000 spikes, whose number is known to 1.5 %, as is what is compared.
  const rate = rateOfBalanced((1600 * 5) / 1000, (400 * found!) / 1000);
  expect(Math.abs(rate / 5 - 1)).toBeLessThan(0.06);
});

describe("Brunel's network", () => {
  /** Rates of both populations, and what the program says of the theory; in spikes/s. */
  function ratesOf(printed: string): [excitatory: number, inhibitory: number, theory: number] {
    const [synapses, E, I, theory] = rowsOf(printed, /: /).map(([number]) => number!);
    expect(synapses).toBe(5000 * (400 + 100 + 1) + 5000);
    return [E!, I!, theory!];
  }
  const expected = selfConsistentRate(
    {
      ...{ mean: 30, variance: 30 * 0.1 },
      mean_per_rate: 0.02 * (400 * 0.1 - 100 * 0.6),
      variance_per_rate: 0.02 * (400 * 0.1 ** 2 + 100 * 0.6 ** 2),
    },
    { tau_m: 20, t_ref: 2, V_th: 20, V_reset: 10, tau_noise: 0 },
  );

  it('fires at the rate of the theory, whatever the seed', async () => {
    for (const printed of [
      await run('brunel-delta'),
      await runChanged('brunel-delta', 'rng_seed: 1', 'rng_seed: 2'),
    ]) {
      const [E, I, theory] = ratesOf(printed);
      expect(theory).toBeCloseTo(expected, 1);
      for (const rate of [E, I]) expect(Math.abs(rate / expected - 1)).toBeLessThan(0.03);
    }
  });

  it('fires alike with any number of threads', async () => {
    const changed = runChanged('brunel-delta', 'local_num_threads: 2', 'local_num_threads: 1');
    expect(await changed).toBe(saidOf('brunel-delta'));
  });
});

test('weight matrices hold each synapse in its place', async () => {
  const printed = await run('weight-matrices');
  const lines = printed.split('\n');
  const { source, target, weight } = nest.GetConnections();
  const ids = { E: [1, 2, 3, 4, 5, 6], I: [7, 8, 9] };
  let found = 0;
  for (const [from, sources] of Object.entries(ids)) {
    for (const [to, targets] of Object.entries(ids)) {
      const heading = lines.indexOf(`${from} → ${to}`);
      const rows = lines.slice(heading + 1, heading + 1 + sources.length);
      rows.forEach((row, i) => {
        const cells = row.trim().split(/ +/);
        expect(cells).toHaveLength(targets.length);
        cells.forEach((cell, k) => {
          const at = source.findIndex((id, n) => id === sources[i] && target[n] === targets[k]);
          if (at >= 0) found++;
          // Those of the excitatory neurons have been doubled since.
          const shown = at < 0 ? '·' : (weight[at]! / (from === 'E' ? 2 : 1)).toFixed(1);
          expect(cell).toBe(shown);
        });
      });
    }
  }
  expect(found).toBe(9 * (3 + 2));
  const [before, doubled] = rowsOf(printed, /^excitation/)[0]!;
  expect(doubled).toBeCloseTo(2 * before!, 0);
});

test('STDP windows are those of the formula', async () => {
  const printed = await run('stdp-windows');
  const rows = rowsOf(printed, /^ *-?\d/);
  expect(rows).toHaveLength(24);
  for (const [, change, formula] of rows) expect(change).toBe(formula);
  for (const [lag, change] of rows.slice(0, 12)) {
    const additive = lag! > 0 ? Math.exp(-lag! / 16.8) : -1.1 * Math.exp(lag! / 33.7);
    expect(change).toBeCloseTo(additive, 6);
  }
  // The multiplicative network is still there, with all its digits.
  const lags = rows.slice(12).map(([lag]) => lag!);
  nest.GetConnections().weight.forEach((w, i) => {
    const lag = lags[i]!;
    const change = lag > 0 ? 0.6 * Math.exp(-lag / 16.8) : -0.4 * 1.1 * Math.exp(lag / 33.7);
    expect(Math.abs(w - (40 + change))).toBeLessThan(1e-12);
  });
});

describe('connections by distance', () => {
  const probability = (d: number): number => 0.5 * Math.exp(-(d ** 2) / 0.02);

  test('are as many as drawn, and as late as far', async () => {
    const printed = await run('distance-dependent');
    const draws = nest.random.stream(1);
    const places = Array.from({ length: 1000 }, () => [draws.uniform(), draws.uniform()] as const);
    const apart = (x: number, y: number): number => Math.min(Math.abs(x - y), 1 - Math.abs(x - y));
    const distance = (i: number, k: number): number => {
      const [a, b] = [places[i]!, places[k]!];
      return Math.sqrt(apart(a[0], b[0]) ** 2 + apart(a[1], b[1]) ** 2);
    };
    let [mean, variance] = [0, 0];
    for (let i = 0; i < 1000; i++) {
      for (let k = 0; k < 1000; k++) {
        if (i === k) continue;
        const p = probability(distance(i, k));
        mean += p;
        variance += p * (1 - p);
      }
    }
    const network = nest.NodeCollection(Array.from({ length: 1000 }, (_, i) => i + 1));
    const { source, target, delay } = nest.GetConnections({
      source: network,
      target: network,
    });
    const [perNeuron] = rowsOf(printed, /^synapses/)[0]!;
    expect(source).toHaveLength(Math.round(1000 * perNeuron!));
    expect(Math.abs(source.length - mean)).toBeLessThan(4 * Math.sqrt(variance));
    expect(source.some((id, i) => id === target[i])).toBe(false);
    const rounded = Array.from(source, (id, i) => {
      return Math.abs(delay[i]! - (0.5 + distance(id - 1, target[i]! - 1) / 0.2));
    });
    expect(Math.max(...rounded)).toBeLessThan(0.05 + 1e-9); // half a step
  });

  test.each([2, 3])('follow the Gaussian, and a wave runs outwards: seed %i', async (seed) => {
    const changed = runChanged('distance-dependent', 'const seed = 1', `const seed = ${seed}`);
    const printed = await changed;
    const bins = rowsOf(printed, /^0\.\d\d to/);
    expect(bins).toHaveLength(7);
    for (const [from, to, connected, theory] of bins) {
      const pairs = 1e6 * Math.PI * (to! ** 2 - from! ** 2);
      const deviation = Math.sqrt(theory! / pairs);
      expect(Math.abs(connected! - theory!)).toBeLessThan(4 * deviation + 0.001);
      expect(theory).toBeGreaterThan(probability(to!) - 0.001);
      expect(theory).toBeLessThan(probability(from!) + 0.001);
    }
    const wave = rowsOf(printed, /^0\.\d to/).map(([, , time]) => time!);
    expect(wave).toHaveLength(5);
    expect(wave).toEqual(wave.toSorted((a, b) => a - b));
    // No connection passes the velocity on: half a ring's width is what a mean leaves open.
    expect(wave[4]! - wave[0]!).toBeGreaterThan((0.4 - 0.1) / 0.2);
  });
});

test('a network learns XOR in at most 60 lines', async () => {
  const code = programOf('florian-xor').split('\n');
  expect(code.filter((line) => !/^\s*(\/\/.*|\/\*\*.*)?$/.test(line)).length).toBeLessThanOrEqual(
    60,
  );
  const printed = await run('florian-xor');
  const rates = rowsOf(printed, /^(before|after)/).map((row) => row.slice(-4));
  expect(rates).toHaveLength(5);
  const contrast = ([none, second, first, both]: number[]): number =>
    Math.min(first!, second!) / Math.max(none!, both!);
  expect(contrast(rates[0]!)).toBeLessThan(1);
  expect(contrast(rates.at(-1)!)).toBeGreaterThan(2);
});
