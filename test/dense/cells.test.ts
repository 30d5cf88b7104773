import { LIFCell, RewardErrorCell, VarTrace } from '../../lib';
import { at } from './oracle';

test('VarTrace: every sample and unit is traced by itself', () => {
  const trace = new VarTrace({ n_units: 2, batch_size: 2, tau_tr: 10, a_delta: 1 });
  trace.inputs = [
    [1, 0],
    [0, 2],
  ];
  trace.advance();
  trace.inputs = 0;
  trace.advance(5);
  const d = Math.exp(-0.5);
  for (const [i, z] of [d, 0, 0, 2 * d].entries()) expect(trace.trace[i]).toBeCloseTo(z, 14);
  trace.reset();
  expect([...trace.trace]).toEqual([0, 0, 0, 0]);
  trace.trace = [1, 2, 3, 4];
  expect([...trace.trace]).toEqual([1, 2, 3, 4]);
});

test('RewardErrorCell: before the first step of an episode evolve changes nothing', () => {
  const cell = new RewardErrorCell({ alpha: 0.5, batch_size: 2 });
  cell.evolve();
  expect([...cell.mu]).toEqual([0, 0]);
  cell.reward = [1, -1];
  cell.advance();
  expect([...cell.mu]).toEqual([0.5, -0.5]);
  expect([...cell.rpe]).toEqual([1, -1]);
  cell.evolve();
  expect(cell.mu[0]).toBeCloseTo(0.9 * 0.5 + 0.1, 15);
  cell.reset();
  expect([cell.n_ep_steps, ...cell.mu, ...cell.rpe, ...cell.accum_reward]).toEqual(
    Array.from({ length: 7 }, () => 0),
  );
});

const drive = { tau_m: 10, thr: -50, v_rest: -65, v_reset: -60, tau_theta: 0, refract_time: 3 };

test('LIFCell: refractory cells leak but take no input', () => {
  const cell = new LIFCell({ ...drive, n_units: 1 });
  cell.j = 1000;
  cell.advance();
  expect([...cell.s, ...cell.v, ...cell.rfr, ...cell.tols]).toEqual([1, -60, 0, 0]);
  cell.advance();
  expect(cell.v[0]).toBeCloseTo(-60.5, 12);
  cell.advance();
  cell.advance();
  expect([...cell.s]).toEqual([0]);
  cell.advance();
  expect([...cell.s, ...cell.tols]).toEqual([1, 4]);
  expect(cell.t).toBe(5);
});

test('LIFCell: the midpoint scheme is of second order', () => {
  const error = (integration_type: 'euler' | 'rk2', steps: number): number => {
    const cell = new LIFCell({ ...drive, n_units: 1, integration_type });
    cell.j = 10;
    for (let k = 0; k < steps; k++) cell.advance(8 / steps);
    return Math.abs(at(cell.v, 0) - (-55 - 10 * Math.exp(-0.8)));
  };
  expect(error('euler', 10) / error('euler', 20)).toBeGreaterThan(1.8);
  expect(error('euler', 10) / error('euler', 20)).toBeLessThan(2.3);
  expect(error('rk2', 10) / error('rk2', 20)).toBeGreaterThan(3.7);
  expect(error('rk2', 10) / error('rk2', 20)).toBeLessThan(4.5);
});

test('LIFCell: v_min is a floor', () => {
  const cell = new LIFCell({ ...drive, n_units: 1, v_min: -70 });
  cell.j = -1000;
  cell.advance();
  expect([...cell.v]).toEqual([-70]);
});

test('LIFCell: of simultaneous spikes one_spike keeps any, max_one_spike the highest', () => {
  const potentials = [-60, -52, -55, -100];
  const run = (options: { one_spike?: boolean; max_one_spike?: boolean; seed?: number }) => {
    const cell = new LIFCell({ ...drive, n_units: 4, batch_size: 2, ...options });
    cell.v = [...potentials, ...potentials];
    cell.j = 200;
    cell.advance();
    return cell;
  };
  expect([...run({}).s]).toEqual([1, 1, 1, 0, 1, 1, 1, 0]);
  const highest = run({ max_one_spike: true });
  expect([...highest.s]).toEqual([0, 1, 0, 0, 0, 1, 0, 0]);
  // The others keep their potential.
  expect(highest.v[0]).toBeGreaterThan(drive.thr);
  const winners = new Map<number, number>();
  for (let seed = 0; seed < 300; seed++) {
    const { s } = run({ one_spike: true, seed });
    expect(s.reduce((sum, x) => sum + x, 0)).toBe(2);
    const winner = s.indexOf(1);
    winners.set(winner, (winners.get(winner) ?? 0) + 1);
  }
  expect([...winners.keys()].sort()).toEqual([0, 1, 2]);
  // 300 draws of chance 1/3: five standard deviations are 41.
  for (const count of winners.values()) expect(Math.abs(count - 100)).toBeLessThan(41);
});

test('LIFCell: reset goes back to rest but keeps the adaptation', () => {
  const cell = new LIFCell({ n_units: 1, tau_m: 10, theta_plus: 1 });
  cell.j = 1000;
  cell.advance();
  expect(cell.thr_theta[0]).toBe(1);
  cell.reset();
  expect([...cell.v, ...cell.s, ...cell.rfr, ...cell.j, ...cell.tols, cell.t]).toEqual([
    -65, 0, 5, 0, 0, 0,
  ]);
  expect(cell.thr_theta[0]).toBe(1);
});
