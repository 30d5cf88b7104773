import type { fastify } from 'fastify';
import type { WebSocketServer } from 'ws';
import { installed, missingPackages } from '../peers';

/** The packages that only a server needs. */
export interface Peers {
  readonly fastify: typeof fastify;
  readonly WebSocketServer: typeof WebSocketServer;
}

/**
 * Loads them.
 * @throws MissingPackage naming those that are not installed.
 */
export async function loadPeers(): Promise<Peers> {
  const [http, ws] = await Promise.all([
    installed('fastify', () => import('fastify')),
    installed('ws', () => import('ws')),
  ]);
  if (http !== undefined && ws !== undefined) {
    return { fastify: http.fastify, WebSocketServer: ws.WebSocketServer };
  }
  throw missingPackages('serve', [...(http ? [] : ['fastify']), ...(ws ? [] : ['ws'])]);
}
