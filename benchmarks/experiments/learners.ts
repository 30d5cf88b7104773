// What experiments with agents have in common: several of them learn the same task on their own.
import { setImmediate } from 'node:timers/promises';

/** Seeds of `count` agents: that of the run, and those that follow it. */
export const seedsOf = (seed: number, count: number): number[] =>
  Array.from({ length: count }, (_, k) => (seed + k) % 2 ** 32);

/**
 * Calls `learn` for all agents `pieces` times, agent by agent within a piece, so that all have come
 * equally far where the signal aborts. Returns the number of pieces that all agents have done.
 */
export async function learnInPieces<Agent>(
  agents: readonly Agent[],
  {
    pieces,
    signal,
    progress,
  }: {
    readonly pieces: number;
    readonly signal: AbortSignal;
    readonly progress: (phase: string, fraction: number) => void;
  },
  learn: (agent: Agent, index: number, piece: number) => void,
): Promise<number> {
  for (let piece = 0; piece < pieces; piece++) {
    // Lets an interrupt come in: agents learn without waiting for anything.
    await setImmediate();
    if (signal.aborted) return piece;
    agents.forEach((agent, index) => learn(agent, index, piece));
    progress('learning', (piece + 1) / pieces);
  }
  return pieces;
}
