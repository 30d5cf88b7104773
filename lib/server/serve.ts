import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { checkKeys } from '../suggest';
import { checkObject, isInstance, isList, mismatch } from '../forms';
import { pageAssets } from './assets';
import { Broadcast } from './broadcast';
import { checkText, refused } from './checks';
import { OriginCheck } from './origin';
import { loadPeers } from './peers';
import { Streams } from './streams';

/** Options of `serve`. */
export interface ServeOptions {
  /** Port; 0 (default) for any that is free. */
  readonly port?: number;
  /**
   * Address to listen at; default `127.0.0.1`, which only this machine reaches. At any other
   * address whoever reaches it can look and work the controls.
   */
  readonly host?: string;
  /** Further names under which the server is reached, as behind a proxy. */
  readonly allowedHosts?: readonly string[];
  /** Title of the page; default `tegmenta`. */
  readonly title?: string;
  /** A sentence beneath the title. */
  readonly description?: string;
}

/** A server of streams. */
export interface Served {
  /** Address of the page, e.g. `http://127.0.0.1:8080/`. */
  readonly url: string;
  /** Ends all viewers and the server. */
  readonly close: () => Promise<void>;
}

const caller = 'serve';
/** Bytes of a message at which a connection is ended rather than answered. */
const mostBytes = 2 ** 14;

const pageHeaders = {
  'content-security-policy': [
    ...["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'"],
    ...["connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
  ].join('; '),
  'cache-control': 'no-cache',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/**
 * Serves a page that shows streams while a simulation publishes them, in any number of browsers.
 * Needs the packages `fastify` and `ws`. The page is complete: it asks no other machine for anything.
 * @throws MissingPackage if they are not installed; BadParameterValue if the port is in use or may
 *   not be used, or the host is none of this machine.
 */
export async function serve(streams: Streams, options: ServeOptions = {}): Promise<Served> {
  const { port, host, names, about } = checked(streams, options);
  const { fastify, WebSocketServer } = loadPeers();
  const check = new OriginCheck(names);
  const app = fastify({ forceCloseConnections: true });
  const broadcast = new Broadcast(streams, about);
  addPage(app, check);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: mostBytes });
  app.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const status = refusal(request, check, broadcast);
    if (status !== undefined) {
      refuse(socket, status);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (viewer) => {
      broadcast.add(viewer);
    });
  });
  await listen(app, port, host);
  const { port: opened } = app.server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    await broadcast.close();
    sockets.close();
    await app.close();
  };
  return { url: `http://${nameOf(host)}:${opened}/`, close };
}

function checked(streams: Streams, options: ServeOptions) {
  if (!isInstance(streams, Streams)) throw mismatch('streams', 'Streams', streams, caller);
  const keys = ['port', 'host', 'allowedHosts', 'title', 'description'];
  checkKeys(checkObject(options, 'options', 'an object', caller), keys, `${caller} has no option`);
  const { port = 0, host = '127.0.0.1', allowedHosts = [], title = 'tegmenta' } = options;
  const { description = '' } = options;
  if (typeof port !== 'number') throw mismatch('port', 'a number', port, caller);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw refused(caller, 'port', port, 'a whole number from 0 to 65535');
  }
  checkText(caller, 'host', host);
  checkText(caller, 'title', title);
  if (typeof description !== 'string') throw mismatch('description', 'a text', description, caller);
  if (!isList(allowedHosts))
    throw mismatch('allowedHosts', 'a list of names', allowedHosts, caller);
  for (const [i, name] of allowedHosts.entries()) checkText(caller, `allowedHosts[${i}]`, name);
  return { port, host, names: [host, ...allowedHosts], about: { title, description } };
}

function addPage(app: FastifyInstance, check: OriginCheck): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(pageHeaders);
    if (check.allowsHost(request.headers.host)) return;
    await reply.code(403).type('text/plain').send('This server has another name.\n');
  });
  for (const [url, { type, content }] of pageAssets()) {
    app.get(url, (_request, reply) => reply.type(type).send(content));
  }
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).type('text/plain').send('There is nothing here.\n'),
  );
}

/** Status with which a connection is refused; undefined if it is not. */
function refusal(
  { url, headers }: IncomingMessage,
  check: OriginCheck,
  broadcast: Broadcast,
): string | undefined {
  if (!check.allowsHost(headers.host)) return '403 Forbidden';
  if (!check.allowsOrigin(headers.origin, headers.host)) return '403 Forbidden';
  if (url !== '/streams') return '404 Not Found';
  return broadcast.full ? '503 Service Unavailable' : undefined;
}

/** Answers and hangs up, whatever the other side does. */
function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

async function listen(app: FastifyInstance, port: number, host: string): Promise<void> {
  try {
    await app.listen({ port, host });
  } catch (error) {
    await app.close();
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw refused(caller, 'port', port, 'free; it is in use');
    if (code === 'EACCES') throw refused(caller, 'port', port, 'one that this user may open');
    if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
      throw refused(caller, 'host', host, 'an address of this machine');
    }
    throw error;
  }
}

/** How a browser on this machine reaches what listens at a host. */
function nameOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
