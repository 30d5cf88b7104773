import type { Draws } from '../fuzz/draws';
import type { Input, Protocol } from './protocols';

/** What a random protocol is drawn from. */
export interface Ranges {
  /** Largest weight. */
  readonly weight: number;
  /** Largest current, pA; 0: none. */
  readonly current: number;
  /** Numbers of receptors; 0 where there is one. */
  readonly receptors?: readonly number[];
  /** Some weights are negative. */
  readonly signed?: boolean;
}

const RESOLUTIONS = [0.1, 0.1, 0.05, 0.25, 0.5, 1];

/** Spike trains and a current, of `steps` steps. */
export function drawProtocol(draws: Draws, ranges: Ranges, steps: number, at?: number): Protocol {
  const { weight, current, receptors = [0], signed = true } = ranges;
  const resolution = at ?? draws.pick(RESOLUTIONS);
  const inputs = receptors.flatMap((receptor_type): Input[] =>
    [1, signed ? -1 : 1, 1].map((sign) => ({
      receptor_type,
      weight: sign * weight * draws.between(0.1, 1),
      delay: (1 + draws.below(20)) * resolution,
      spike_times: stepsWithSpikes(draws, steps).map((step) => step * resolution),
    })),
  );
  const start = 1 + draws.below(steps / 2);
  const stop = start + 1 + draws.below(steps / 2);
  const dc = {
    amplitude: current * draws.between(-0.3, 1),
    start: start * resolution,
    stop: stop * resolution,
    delay: (1 + draws.below(5)) * resolution,
  };
  return { resolution, sim_time: steps * resolution, inputs, dc: current === 0 ? null : dc };
}

/** Ascending steps, about one in ten. */
function stepsWithSpikes(draws: Draws, steps: number): number[] {
  const rate = draws.between(0.02, 0.2);
  return Array.from({ length: steps - 1 }, (_, k) => k + 1).filter(() => draws.chance(rate));
}

/** Values of parameters for each of `count` neurons, within ranges. */
export function drawParameters(
  draws: Draws,
  ranges: Readonly<Record<string, readonly [number, number]>>,
  count: number,
): Record<string, number[]> {
  return Object.fromEntries(
    Object.entries(ranges).map(([name, [low, high]]) => [
      name,
      Array.from({ length: count }, () => draws.between(low, high)),
    ]),
  );
}
