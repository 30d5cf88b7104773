// What compiled models draw has the distributions that their texts name, and belongs to the seed,
// the neuron, the step and the place of the call.
import { simulate } from './compiled';
import type { Course, Protocol } from './protocols';

const mean = (values: readonly number[]): number =>
  values.reduce((sum, x) => sum + x, 0) / values.length;

function covariance(a: readonly number[], b: readonly number[]): number {
  const [ma, mb] = [mean(a), mean(b)];
  return mean(a.map((x, i) => (x - ma) * (b[i]! - mb)));
}

const variance = (values: readonly number[]): number => covariance(values, values);

const all = (courses: readonly Course[], name: string): number[] =>
  courses.flatMap(({ states }) => states[name]!);

const NAMES = ['normal', 'again', 'uniform', 'count', 'total_count', 'V_m'];

const silence = (resolution: number, sim_time: number): Protocol => ({
  ...{ resolution, sim_time, inputs: [], dc: null },
});

const noise = (status: Readonly<Record<string, number>> = {}, ms = 20): Promise<Course[]> => {
  const neurons = { model: 'noisy_nestml', text: 'noisy', count: 400, status };
  return simulate(neurons, silence(0.1, ms), NAMES);
};

/** Neurons of a text without input. */
const alone = (
  text: string,
  count: number,
  params: Readonly<Record<string, number>>,
  protocol: Protocol,
  names: readonly string[] = ['V_m'],
): Promise<Course[]> => simulate({ model: `${text}_nestml`, text, count, params }, protocol, names);

test('normal, uniform and Poisson numbers have their means and variances', async () => {
  const courses = await noise();
  const [normal, uniform, count] = ['normal', 'uniform', 'count'].map((name) => all(courses, name));
  expect(normal!.length).toBe(80_000);
  // Five standard errors of 80 000 draws.
  expect(Math.abs(mean(normal!) - 3)).toBeLessThan(0.036);
  expect(Math.abs(variance(normal!) - 4)).toBeLessThan(0.1);
  expect(Math.abs(mean(uniform!) - 1)).toBeLessThan(0.021);
  expect(Math.abs(variance(uniform!) - 16 / 12)).toBeLessThan(0.022);
  expect(Math.min(...uniform!)).toBeGreaterThanOrEqual(-1);
  expect(Math.max(...uniform!)).toBeLessThan(3);
  expect(Math.abs(mean(count!) - 2.5)).toBeLessThan(0.028);
  expect(Math.abs(variance(count!) - 2.5)).toBeLessThan(0.07);
  expect(count!.every((n) => Number.isInteger(n) && n >= 0)).toBe(true);
});

test('draws of two calls, of two steps and of two neurons have nothing to do with each other', async () => {
  const courses = await noise();
  const normal = all(courses, 'normal');
  const others = [
    all(courses, 'again'),
    [...normal.slice(1), normal[0]!],
    [...normal.slice(200), ...normal.slice(0, 200)],
  ];
  for (const other of others) expect(Math.abs(covariance(normal, other)) / 4).toBeLessThan(0.018);
});

test('what was drawn is what drives the membrane', async () => {
  const P = Math.exp(-0.1 / 10);
  for (const { states } of await noise({}, 5)) {
    let [V, total] = [0, 0];
    states.V_m!.forEach((value, k) => {
      V = V * P + states.normal![k]! * (1 - P);
      total += states.count![k]!;
      expect(Math.abs(value - V)).toBeLessThan(1e-12);
      expect(states.total_count![k]).toBe(total);
    });
  }
});

test('a seed gives its numbers, whatever the threads', async () => {
  const [first] = await noise({}, 2);
  expect(await noise({ local_num_threads: 3 }, 2)).toEqual(await noise({}, 2));
  const [other] = await noise({ rng_seed: 7 }, 2);
  expect(other!.states.normal).not.toEqual(first!.states.normal);
});

/** Intervals between spikes, in steps. */
const intervals = (courses: readonly Course[]): number[] =>
  courses.flatMap(({ spikes }) => spikes.slice(1).map((step, i) => step - spikes[i]!));

test('gif_psc_exp escapes at its rate, and is refractory', async () => {
  const params = {
    ...{ V_T_star: -70, V_reset: -70, lambda_0: 50, t_ref: 4 },
  };
  const courses = await alone('gif_psc_exp', 200, params, silence(0.1, 1000), ['V_m']);
  const drawn = intervals(courses);
  // Geometric, behind 40 steps in which nothing is drawn.
  const p = -Math.expm1(-50e-3 * 0.1);
  expect(drawn.length).toBeGreaterThan(6000);
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(41);
  const deviation = Math.sqrt(1 - p) / p;
  // Intervals that the end cuts are missing: short ones are a little more frequent.
  expect(Math.abs(mean(drawn) - (40 + 1 / p))).toBeLessThan(12);
  expect(Math.abs(Math.sqrt(variance(drawn)) - deviation)).toBeLessThan(0.06 * deviation);
});

test("gif_psc_exp's spikes leave currents and raise its threshold", async () => {
  const jumping = { q_stc_1: 20, q_stc_2: -3, q_sfa_1: 2, q_sfa_2: 1, tau_sfa_2: 50 };
  const params = { ...jumping, V_T_star: -60, lambda_0: 500, I_e: 60 };
  const courses = await alone('gif_psc_exp', 20, params, silence(0.1, 100), ['I_stc', 'E_sfa']);
  const decays = [10, 100, 10, 50].map((tau) => Math.exp(-0.1 / tau));
  const jumps = [20, -3, 2, 1];
  let fired = 0;
  for (const { states, spikes } of courses) {
    let kept = [0, 0, 0, 0];
    states.I_stc!.forEach((I_stc, k) => {
      const fires = spikes.includes(k + 1);
      if (fires) fired++;
      kept = kept.map((value, i) => value * decays[i]! + (fires ? jumps[i]! : 0));
      expect(Math.abs(I_stc - kept[0]! - kept[1]!)).toBeLessThan(1e-10);
      expect(Math.abs(states.E_sfa![k]! + 60 - kept[2]! - kept[3]!)).toBeLessThan(1e-10);
    });
  }
  expect(fired).toBeGreaterThan(20);
});

test('pp_psc_delta without a dead time fires Poisson numbers of spikes a step', async () => {
  const params = {
    ...{ dead_time: 0, c_2: 1800, c_3: 0 },
  };
  const courses = await alone('pp_psc_delta', 100, params, silence(1, 200), ['V_m']);
  const counts = courses.flatMap(({ spikes }) => {
    const of = new Array<number>(200).fill(0);
    for (const step of spikes) of[step - 1]!++;
    return of;
  });
  expect(Math.abs(mean(counts) - 1.8)).toBeLessThan(0.05);
  expect(Math.abs(variance(counts) - 1.8)).toBeLessThan(0.1);
});

test('pp_psc_delta with a dead time fires once, and rests', async () => {
  const params = {
    ...{ dead_time: 3, c_2: 200, c_3: 0 },
  };
  const courses = await alone('pp_psc_delta', 100, params, silence(0.5, 1000), ['V_m']);
  const drawn = intervals(courses);
  const p = -Math.expm1(-200e-3 * 0.5);
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(7);
  expect(Math.abs(mean(drawn) - (6 + 1 / p))).toBeLessThan(0.5);
});
