import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { WebSocket } from 'ws';
import type * as Lib from '../../lib';
import { BadParameterValue, type MissingPackage, TegmentaError } from '../../lib';
import { serve, Streams, type Served, type ServeOptions } from '../../lib/server';
import type { ServerMessage } from '../../lib/server/protocol';
import { compilePrograms } from '../compiled';
import { decodeFrame, type DecodedFrame } from './fake-viewer';

const opened: Served[] = [];
const sockets: WebSocket[] = [];

async function served(streams = new Streams(), options: ServeOptions = {}): Promise<Served> {
  const server = await serve(streams, options);
  opened.push(server);
  return server;
}

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.terminate();
  await Promise.all(opened.splice(0).map((server) => server.close()));
});

/** A viewer that keeps what it gets. */
class Client {
  readonly messages: ServerMessage[] = [];
  readonly frames: DecodedFrame[] = [];
  readonly socket: WebSocket;
  #arrived: (() => void)[] = [];

  constructor(url: string, headers: Record<string, string> = {}) {
    this.socket = new WebSocket(new URL('streams', url), { headers });
    sockets.push(this.socket);
    this.socket.on('message', (data: Buffer, isBinary) => {
      if (isBinary) this.frames.push(decodeFrame(data));
      else this.messages.push(JSON.parse(data.toString()) as ServerMessage);
      for (const look of this.#arrived.splice(0)) look();
    });
  }

  /** Waits until what has arrived fulfils a condition. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#arrived.push(resolve));
  }

  async open(): Promise<this> {
    await this.until(() => this.messages.length > 0);
    return this;
  }

  set(name: string, value: unknown): void {
    this.socket.send(JSON.stringify({ type: 'control', name, value }));
  }

  /** Latest value that it was told. */
  value(id: number): unknown {
    const told = this.messages.filter((message) => message.type === 'value' && message.id === id);
    return (told.at(-1) as { value?: unknown } | undefined)?.value;
  }
}

/** Status, headers and body of a request; `fetch` does not let the host be chosen. */
async function request(url: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; headers: http.IncomingHttpHeaders; body: string }>(
    (resolve, reject) => {
      const sent = http.get(url, { headers, agent: false }, (reply) => {
        let body = '';
        reply.on('data', (data: Buffer) => (body += data.toString()));
        reply.on('end', () => {
          resolve({ status: reply.statusCode!, headers: reply.headers, body });
        });
      });
      sent.on('error', reject);
    },
  );
}

/** Status with which a WebSocket is answered. */
async function handshake(url: string, headers: Record<string, string>): Promise<number> {
  const { socket } = new Client(url, headers);
  return new Promise((resolve, reject) => {
    socket.on('open', () => {
      resolve(101);
    });
    socket.on('unexpected-response', (_request, reply) => {
      resolve(reply.statusCode!);
    });
    socket.on('error', reject);
  });
}

describe('the page', () => {
  test('is served at the address told, and forbids whatever it does not need', async () => {
    const { url } = await served();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    const page = await request(url);
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['content-security-policy']).not.toContain('unsafe');
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    for (const [file, type] of [
      ['main.mjs', 'text/javascript; charset=utf-8'],
      ['page.css', 'text/css; charset=utf-8'],
      ['icon.svg', 'image/svg+xml'],
    ]) {
      const reply = await request(`${url}${file}`);
      expect([reply.status, reply.headers['content-type']]).toEqual([200, type]);
    }
  });

  test('asks for nothing from elsewhere', async () => {
    const { url } = await served();
    const { body } = await request(url);
    const asked = [...body.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
    expect(asked).toEqual(['/icon.svg', '/page.css', '/main.mjs']);
    const style = readFileSync(path.join(__dirname, '../../lib/server/page/page.css'), 'utf8');
    expect(style).not.toMatch(/url\(|@import/);
  });

  test('is all there is', async () => {
    const { url } = await served();
    for (const file of ['package.json', 'index.ts', '..%2f..%2findex.js', 'streams']) {
      expect((await request(`${url}${file}`)).status).toBe(404);
    }
  });
});

describe('a request', () => {
  test.each([
    'evil.example',
    'evil.example:80',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
  ])('is refused for the host %s', async (host) => {
    const { url } = await served();
    const reply = await request(url, { host });
    expect([reply.status, reply.body]).toEqual([403, 'This server has another name.\n']);
    expect(await handshake(url, { host })).toBe(403);
  });

  test('is answered for addresses, localhost, and names that are allowed', async () => {
    const { url } = await served(new Streams(), { allowedHosts: ['lab.example'] });
    for (const host of ['localhost', 'localhost:8080', '[::1]:80', '192.0.2.7', 'LAB.example']) {
      expect((await request(url, { host })).status).toBe(200);
    }
  });

  test.each(['http://evil.example', 'http://127.0.0.1:1', 'null', 'file://'])(
    'for streams is refused for the origin %s',
    async (origin) => {
      const { url } = await served();
      expect(await handshake(url, { origin })).toBe(403);
    },
  );

  test('for streams is answered for the page itself, and at one path only', async () => {
    const { url } = await served();
    expect(await handshake(url, { origin: url.slice(0, -1) })).toBe(101);
    expect(await handshake(`${url}other/`, {})).toBe(404);
  });
});

describe('viewers', () => {
  test('ten at once get the same, and work the same controls', async () => {
    const streams = new Streams();
    const pause = streams.control('pause', { kind: 'toggle', label: 'Pause', initial: false });
    const matrix = streams.matrix('m', { label: 'M', rows: 2, columns: 2 });
    const spikes = streams.spikes('s', { label: 'S', rows: 20, window: 1e6 });
    const { url } = await served(streams, { title: 'Ten' });
    const clients = await Promise.all(Array.from({ length: 10 }, () => new Client(url).open()));
    for (let i = 1; i <= 50; i++) {
      matrix.publish([i, 0, 0, 0]);
      spikes.publish([i], [i % 20]);
      await new Promise(setImmediate);
    }
    for (const client of clients) {
      await client.until(() =>
        client.frames.some(({ kind, first }) => kind === 'matrix' && first[0] === 50),
      );
      await client.until(() => timesOf(client).length === 50);
      expect(timesOf(client)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
      expect(client.messages[0]).toMatchObject({ type: 'streams', title: 'Ten' });
    }
    clients[3]!.set('pause', true);
    await pause.changed();
    for (const client of clients) await client.until(() => client.value(0) === true);
    expect(pause.value).toBe(true);
  });

  test('may go and come: who returns gets what is there', async () => {
    const streams = new Streams();
    const reward = streams.scalar('reward', { label: 'Reward' });
    const { url } = await served(streams);
    reward.publish(1, 10);
    const client = await new Client(url).open();
    await client.until(() => client.frames.length > 0);
    client.socket.terminate();
    reward.publish(2, 20);
    const again = await new Client(url).open();
    await again.until(() => again.frames.length > 0);
    expect(again.frames[0]).toMatchObject({ index: 0, first: [1, 2], rest: [10, 20] });
  });

  test('that never read cost no more memory the longer a simulation goes on', async () => {
    const streams = new Streams();
    const matrix = streams.matrix('m', { label: 'M', rows: 500, columns: 500 });
    const spikes = streams.spikes('s', { label: 'S', rows: 20, window: 1000 });
    const { url } = await served(streams);
    const idle = await new Client(url).open();
    idle.socket.pause();
    const before = process.memoryUsage().arrayBuffers;
    const reader = new WebSocket(new URL('streams', url));
    sockets.push(reader);
    let arrived = (): void => undefined;
    reader.on('message', (_data, isBinary) => {
      if (isBinary) arrived();
    });
    const values = new Float64Array(250_000);
    for (let i = 0; i < 400; i++) {
      values[0] = i;
      const next = new Promise<void>((resolve) => (arrived = resolve));
      matrix.publish(values);
      spikes.publish(Float64Array.of(i), [1]);
      await next;
    }
    // 400 MB of matrices were published.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(150e6);
  }, 120_000);

  test('who send too much at once are cut off, and nobody else', async () => {
    const streams = new Streams();
    const pause = streams.control('pause', { kind: 'toggle', label: 'Pause', initial: false });
    const { url } = await served(streams);
    const [rude, polite] = [await new Client(url).open(), await new Client(url).open()];
    const code = new Promise((resolve) => rude.socket.on('close', resolve));
    rude.socket.send('x'.repeat(20_000));
    expect(await code).toBe(1009);
    polite.socket.send('nonsense');
    polite.socket.send(Buffer.of(1, 2, 3));
    polite.set('pause', true);
    await pause.changed();
    await polite.until(() => polite.value(0) === true);
    const errors = polite.messages.filter(({ type }) => type === 'error');
    expect(errors).toHaveLength(2);
  });

  test('are a hundred at most', async () => {
    const { url } = await served();
    const statuses = await Promise.all(Array.from({ length: 100 }, () => handshake(url, {})));
    expect(new Set(statuses)).toEqual(new Set([101]));
    expect(await handshake(url, {})).toBe(503);
  });
});

describe('an end', () => {
  test('is told to viewers, frees the port and leaves streams that can be served again', async () => {
    const streams = new Streams();
    const { url, close } = await served(streams);
    const client = await new Client(url).open();
    const code = new Promise((resolve) => client.socket.on('close', resolve));
    await close();
    expect(await code).toBe(1001);
    const again = await served(streams, { port: Number(new URL(url).port) });
    expect(again.url).toBe(url);
    await new Client(again.url).open();
  });

  test('does not wait for one who was refused and stays on the line', async () => {
    const { url, close } = await served();
    const line = net.connect({ port: Number(new URL(url).port), allowHalfOpen: true });
    const upgrade = ['Host: evil.example', 'Connection: Upgrade', 'Upgrade: websocket'];
    line.write(['GET /streams HTTP/1.1', ...upgrade, '', ''].join('\r\n'));
    const answer = await new Promise<Buffer>((resolve) => line.once('data', resolve));
    expect(answer.toString()).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n/);
    await close();
    line.destroy();
  });

  test('leaves nothing that keeps the process', () => {
    const programs = compilePrograms('test/server/programs');
    try {
      const run = spawnSync(process.execPath, [programs.file('close')], {
        encoding: 'utf8',
        timeout: 60_000,
      });
      expect([run.stdout, run.stderr, run.status]).toEqual(['closed 1001\n', '', 0]);
    } finally {
      programs.remove();
    }
  }, 90_000);
});

describe('serve is refused', () => {
  const failure = async (options: object): Promise<TegmentaError> => {
    try {
      await served(new Streams(), options);
    } catch (error) {
      return error as TegmentaError;
    }
    throw new Error('nothing was thrown');
  };

  test('where the port is in use', async () => {
    const { url } = await served();
    const port = Number(new URL(url).port);
    const error = await failure({ port });
    expect(error).toBeInstanceOf(BadParameterValue);
    expect(error).toMatchObject({ parameter: 'port', value: port, allowed: 'free; it is in use' });
    expect(error.message).toBe(`serve: port must be free; it is in use, got ${port}.`);
  });

  test.each<[string, object, object]>([
    ['a port beyond 65535', { port: 65_536 }, { parameter: 'port', value: 65_536 }],
    ['a port that is no whole number', { port: 1.5 }, { parameter: 'port', value: 1.5 }],
    ['a port that is no number', { port: '80' }, { parameter: 'port', expected: 'a number' }],
    ['a host of another machine', { host: '203.0.113.1' }, { parameter: 'host' }],
    ['no title', { title: '' }, { parameter: 'title' }],
    ['a misspelt option', { prot: 80 }, { parameter: 'prot', suggestion: 'port' }],
  ])('for %s', async (_, options, fields) => {
    const error = await failure(options);
    expect(error).toBeInstanceOf(TegmentaError);
    expect(error).toMatchObject(fields);
  });

  test('for what are no streams', async () => {
    await expect(serve({} as Streams)).rejects.toThrow(
      'serve: streams must be Streams, got Object.',
    );
  });
});

describe('without its packages', () => {
  const absent = (name: string, code: string) => () => {
    throw Object.assign(new Error(`Cannot find module '${name}'`), { code });
  };
  const failureWithout = async (...names: readonly string[]): Promise<MissingPackage> => {
    jest.resetModules();
    for (const name of names) jest.doMock(name, absent(name, 'MODULE_NOT_FOUND'));
    try {
      const fresh = jest.requireActual<typeof Lib>('../../lib');
      await fresh.serve(new fresh.Streams());
    } catch (error) {
      return error as MissingPackage;
    } finally {
      for (const name of names) jest.dontMock(name);
    }
    throw new Error('nothing was thrown');
  };

  test('serve names them and what installs them', async () => {
    const error = await failureWithout('fastify', 'ws');
    expect(error).toMatchObject({
      name: 'MissingPackage',
      code: 'ERR_TEGMENTA_MISSING_PACKAGE',
      packages: ['fastify', 'ws'],
      command: 'npm install fastify ws',
      message:
        'serve needs packages not installed: fastify, ws. Install with: npm install fastify ws',
    });
  });

  test('serve names the one that is missing', async () => {
    expect((await failureWithout('ws')).message).toBe(
      'serve needs a package not installed: ws. Install with: npm install ws',
    );
  });
});

/** Times of the spikes that a viewer got. */
const timesOf = ({ frames }: Client): number[] =>
  frames.filter(({ kind }) => kind === 'spikes').flatMap(({ first }) => first);
