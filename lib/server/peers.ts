import type { fastify } from 'fastify';
import type { WebSocketServer } from 'ws';
import { MissingPackage } from '../errors';

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
  const missing = [...(http ? [] : ['fastify']), ...(ws ? [] : ['ws'])];
  const command = `npm install ${missing.join(' ')}`;
  const what = missing.length === 1 ? 'a package' : 'packages';
  throw new MissingPackage(
    `serve needs ${what} not installed: ${missing.join(', ')}. Install with: ${command}`,
    { packages: missing, command },
  );
}

/** A module; undefined if its package is not there. Whatever else is wrong with it is thrown. */
async function installed<Module>(
  name: string,
  load: () => Promise<Module>,
): Promise<Module | undefined> {
  try {
    return await load();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const absent = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
    if (absent && message.includes(`'${name}'`)) return undefined;
    throw error;
  }
}
