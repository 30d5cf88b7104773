import type * as Fastify from 'fastify';
import type * as Ws from 'ws';
import { absent, missingPackages } from '../peers';

/** The packages that only a server needs. */
export interface Peers {
  readonly fastify: typeof Fastify.fastify;
  readonly WebSocketServer: typeof Ws.WebSocketServer;
}

/**
 * Loads them.
 * @throws MissingPackage naming those that are not installed.
 */
export function loadPeers(): Peers {
  const http = loadFastify();
  const ws = loadWs();
  if (http !== undefined && ws !== undefined) {
    return { fastify: http.fastify, WebSocketServer: ws.WebSocketServer };
  }
  throw missingPackages('serve', [...(http ? [] : ['fastify']), ...(ws ? [] : ['ws'])]);
}

function loadFastify(): typeof Fastify | undefined {
  try {
    return require('fastify') as typeof Fastify;
  } catch (error) {
    return absent('fastify', error);
  }
}

function loadWs(): typeof Ws | undefined {
  try {
    return require('ws') as typeof Ws;
  } catch (error) {
    return absent('ws', error);
  }
}
