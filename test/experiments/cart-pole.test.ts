// The pole on a cart: its mechanics, the rules of the task, and that agents learn to balance it.
import {
  cartPole,
  episodesUntilSolved,
  runningMeans,
  SOLVED,
  WINDOW,
} from '../../benchmarks/experiments/cart-pole';
import { BOXES, boxOf, CartPoleAgent } from '../../benchmarks/experiments/cart-pole-agent';
import {
  accelerations,
  energy,
  firstState,
  hasFailed,
  pushed,
  type CartPoleState,
} from '../../benchmarks/experiments/cart-pole-task';
import { stream } from '../../lib/random-stream';
import type { ExperimentResult } from '../../lib/cli/experiment';
import { renderSvg } from '../../lib/plot';

jest.setTimeout(60_000);

const OPTIONS = {
  'actor-rate': 1,
  'critic-rate': 0.05,
  'actor-tau': 200,
  'critic-tau': 100,
  alpha: 0.0003,
  noise: 0.001,
};

function run(
  { time = 700_000, seed = 55, signal = new AbortController().signal },
  options: object = {},
): Promise<ExperimentResult> {
  return cartPole.run({
    time,
    threads: 1,
    seed,
    options: { agents: 1, ...OPTIONS, ...options },
    signal,
    progress: () => undefined,
  });
}

const value = ({ quantities }: ExperimentResult, key: string): number =>
  quantities.find((quantity) => quantity.key === key)?.value ?? NaN;

const AT_REST = { position: 0, velocity: 0, angle: 0, angularVelocity: 0 };

describe('the mechanics', () => {
  test('upright and at rest: 10 N accelerate the cart by 400/41 m/s², the pole by −600/41 rad/s²', () => {
    const { linear, angular } = accelerations(AT_REST, 10);
    expect(linear).toBeCloseTo(400 / 41, 13);
    expect(angular).toBeCloseTo(-600 / 41, 13);
  });

  test('a step of 20 ms moves by the rates before it', () => {
    const [right, left] = [pushed(AT_REST, 1), pushed(AT_REST, 0)];
    expect(right.position).toBe(0);
    expect(right.angle).toBe(0);
    expect(right.velocity).toBeCloseTo(8 / 41, 14);
    expect(right.angularVelocity).toBeCloseTo(-12 / 41, 14);
    expect(left.velocity).toBe(-right.velocity);
    expect(left.angularVelocity).toBe(-right.angularVelocity);
    const second = pushed(right, 1);
    expect(second.position).toBeCloseTo(0.02 * (8 / 41), 14);
    expect(second.angle).toBeCloseTo(-0.02 * (12 / 41), 14);
  });

  test('a leaning pole falls, and pushes the cart the other way', () => {
    // Without a force the common centre of mass stays: 1.1 ẍ + 0.05 (θ̈ cos θ − θ̇² sin θ) = 0.
    const state = { ...AT_REST, angle: 0.1, angularVelocity: 0.7 };
    const { linear, angular } = accelerations(state, 0);
    expect(angular).toBeGreaterThan(0);
    expect(linear).toBeLessThan(0);
    const inner = angular * Math.cos(0.1) - 0.49 * Math.sin(0.1);
    expect(1.1 * linear + 0.05 * inner).toBeCloseTo(0, 14);
  });

  test('a force changes the energy by its power', () => {
    const draws = stream(1);
    const draw = (size: number) => size * (2 * draws.uniform() - 1);
    for (let k = 0; k < 100; k++) {
      const state = {
        position: draw(2),
        velocity: draw(3),
        angle: draw(3),
        angularVelocity: draw(5),
      };
      const force = draw(20);
      const { linear, angular } = accelerations(state, force);
      const moved = (dt: number): CartPoleState => ({
        position: state.position + dt * state.velocity,
        velocity: state.velocity + dt * linear,
        angle: state.angle + dt * state.angularVelocity,
        angularVelocity: state.angularVelocity + dt * angular,
      });
      const dt = 1e-5;
      const power = (energy(moved(dt)) - energy(moved(-dt))) / (2 * dt);
      expect(Math.abs(power - force * state.velocity)).toBeLessThan(1e-6);
    }
  });
});

describe('the rules', () => {
  const degrees = Math.PI / 180;

  test.each([
    [{}, false],
    [{ position: 2.4 }, false],
    [{ position: 2.4001 }, true],
    [{ position: -2.4001 }, true],
    [{ angle: 11.999 * degrees }, false],
    [{ angle: 12.001 * degrees }, true],
    [{ angle: -12.001 * degrees }, true],
    [{ velocity: 100, angularVelocity: 100 }, false],
  ])('%j ends the episode: %p', (change, expected) => {
    expect(hasFailed({ ...AT_REST, ...change })).toBe(expected);
  });

  test('episodes begin near the middle', () => {
    const draws = stream(5);
    const all = Array.from({ length: 2000 }).flatMap(() => {
      const { position, velocity, angle, angularVelocity } = firstState(draws);
      return [position, velocity, angle, angularVelocity];
    });
    expect(Math.max(...all)).toBeLessThan(0.05);
    expect(Math.min(...all)).toBeGreaterThanOrEqual(-0.05);
    expect(Math.max(...all)).toBeGreaterThan(0.0499);
    expect(Math.abs(all.reduce((a, b) => a + b, 0) / all.length)).toBeLessThan(0.002);
  });

  test('every combination of the borders is a box of its own', () => {
    const boxes = [-1, 0, 1].flatMap((position) =>
      [-1, 0, 1].flatMap((velocity) =>
        [-8, -3, -0.5, 0.5, 3, 8].flatMap((angle) =>
          [-60, 0, 60].map((rate) =>
            boxOf({
              position,
              velocity,
              angle: angle * degrees,
              angularVelocity: rate * degrees,
            }),
          ),
        ),
      ),
    );
    expect(boxes).toEqual(Array.from({ length: BOXES }, (_, k) => k));
  });

  test('solved is a mean of 195 steps over 100 episodes', () => {
    expect([SOLVED, WINDOW]).toEqual([195, 100]);
    expect(runningMeans([1, 2, 3, 4], 2)).toEqual([1, 1.5, 2.5, 3.5]);
    const perfect = (count: number) => Array.from({ length: count }, () => 200);
    expect(episodesUntilSolved(perfect(99))).toBeNaN();
    expect(episodesUntilSolved(perfect(100))).toBe(100);
    // Three episodes of 1 cost 597 steps: 500 may be missing.
    expect(episodesUntilSolved([1, 1, 1, ...perfect(98)])).toBe(101);
    expect(episodesUntilSolved(Array.from({ length: 300 }, () => 194))).toBeNaN();
  });
});

describe('an agent', () => {
  test('without learning rates pushes at random', () => {
    const agent = new CartPoleAgent(1, { ...OPTIONS, 'actor-rate': 0, 'critic-rate': 0 });
    for (let step = 0; step < 20_000; step++) agent.step();
    const { lengths } = agent;
    const mean = lengths.reduce((a, b) => a + b, 0) / lengths.length;
    // Random pushes keep the pole up for about 22 steps.
    expect(mean).toBeGreaterThan(19);
    expect(mean).toBeLessThan(26);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(200);
    expect(lengths.reduce((a, b) => a + b, 0)).toBeGreaterThan(20_000 - 200);
    // One reward of −1 at the end of every episode.
    expect(-1 / agent.meanReward).toBeGreaterThan(15);
    expect(-1 / agent.meanReward).toBeLessThan(35);
  });

  test('learns to balance the pole', async () => {
    const result = await run({});
    expect(value(result, 'solved')).toBe(1);
    expect(value(result, 'episodes_until_solved')).toBeLessThan(200);
    expect(value(result, 'best_length')).toBeGreaterThanOrEqual(195);
    const { length } = result.tables![1]!.columns;
    const lengths = Array.from(length!);
    expect(episodesUntilSolved(lengths)).toBe(value(result, 'episodes_until_solved'));
    // It could not do so from the start.
    expect(lengths.slice(0, 5).reduce((a, b) => a + b, 0) / 5).toBeLessThan(60);
    const svg = await renderSvg(result.figures[0]!.spec);
    expect(svg).toContain('seed 55');
    expect(svg).toContain('mean of 100');
  });

  test('whose actor does not learn stays at chance, whatever the critic knows', async () => {
    const result = await run({ time: 200_000 }, { 'actor-rate': 0 });
    expect(value(result, 'best_length')).toBeLessThan(40);
    expect(value(result, 'solved')).toBe(0);
  });

  test('depends on its seed alone', async () => {
    const several = await run({ time: 50_000, seed: 7 }, { agents: 2 });
    const one = await run({ time: 50_000, seed: 8 });
    const { seed, length } = several.tables![1]!.columns;
    const second = Array.from(length!).filter((_, i) => seed![i] === 8);
    expect(Array.from(one.tables![1]!.columns.length!)).toEqual(second);
    expect(second.length).toBeGreaterThan(20);
  });
});

test('stops where it is interrupted', async () => {
  const early = await run({ signal: AbortSignal.abort() });
  expect(early.figures).toEqual([]);
  expect(value(early, 'episodes')).toBe(0);
  const interrupt = new AbortController();
  setTimeout(() => interrupt.abort(), 0);
  const late = await run({ time: 1e9, signal: interrupt.signal });
  expect(value(late, 'episodes')).toBeLessThan(5000);
});
