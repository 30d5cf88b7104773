import type { Kernel, random } from '../../../lib';
import { DopaminePlayer, FAITHFUL, IMPROVED } from './dopamine';
import { type Pair, type Side, SIDES } from './game';
import type { PongNetwork, Wiring } from './network';
import { RstdpPlayer } from './rstdp';

interface Making {
  readonly wiring: Wiring;
  readonly plastic: boolean;
  readonly draws: random.RandomStream;
}

/** The players: how the seed of a match becomes a network, by name. */
const makers = {
  r: (kernel, _, making) => new RstdpPlayer(kernel, { noisy: false, ...making }),
  rn: (kernel, _, making) => new RstdpPlayer(kernel, { noisy: true, ...making }),
  d: (kernel, side, making) =>
    new DopaminePlayer(kernel, side, FAITHFUL, { noisy: false, ...making }),
  dn: (kernel, side, making) =>
    new DopaminePlayer(kernel, side, FAITHFUL, { noisy: true, ...making }),
  'dn+': (kernel, side, making) =>
    new DopaminePlayer(kernel, side, IMPROVED, { noisy: true, ...making }),
} as const satisfies Record<string, (kernel: Kernel, side: string, making: Making) => PongNetwork>;

export type PlayerName = keyof typeof makers;
export const PLAYERS = Object.keys(makers) as readonly PlayerName[];

/** Whether a player has background noise. */
export const isNoisy = (name: PlayerName): boolean => name !== 'r' && name !== 'd';

/** What figures call the players, who may be of one kind. */
export const nameOf = (players: Pair<PlayerName>, side: Side): string =>
  `${players[side]} (${SIDES[side]})`;

/** Makes a player's network; `side` names what belongs to it in the kernel. */
export const makePlayer = (
  name: PlayerName,
  kernel: Kernel,
  side: string,
  making: Making,
): PongNetwork => makers[name](kernel, side, making);
