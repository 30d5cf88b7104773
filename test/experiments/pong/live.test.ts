import { type ChildProcess, spawn } from 'node:child_process';
import net, { type AddressInfo, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { pong } from '../../../benchmarks/experiments/pong/pong';
import type { PlayerName } from '../../../benchmarks/experiments/pong/players';
import { Streams } from '../../../lib/server';
import type { ServerMessage, StreamDescription } from '../../../lib/server/protocol';
import { Browser, chromium, type Look, type Page } from '../../server/browser';
import { FakeViewer } from '../../server/fake-viewer';

// Pong on its live page. The page is the one in dist/, which `npm run build` makes.

interface Game {
  readonly score: readonly [number, number];
  readonly iteration: number;
}

interface Running {
  readonly streams: Streams;
  readonly viewer: FakeViewer;
  readonly abort: AbortController;
  readonly result: ReturnType<typeof pong.run>;
}

/** A run without a server, and one who looks at it. */
function start(players: readonly [PlayerName, PlayerName], iterations: number): Running {
  const streams = new Streams();
  const viewer = new FakeViewer(streams);
  const abort = new AbortController();
  const result = runPong(players, iterations, { streams, signal: abort.signal });
  return { streams, viewer, abort, result };
}

const runPong = (
  players: readonly [PlayerName, PlayerName],
  iterations: number,
  { streams, signal }: { streams?: Streams; signal: AbortSignal },
  kernels: 'own' | 'one' = 'own',
) =>
  pong.run({
    ...{ time: 0, threads: 1, seed: 3, progress: () => undefined, signal, streams },
    options: { players, iterations, kernels, window: 20, generators: 'each', plasticity: 'on' },
  });

const never = new AbortController().signal;
const set = (viewer: FakeViewer, name: string, value: unknown) => {
  viewer.receive(JSON.stringify({ type: 'control', name, value }));
};
const descriptions = (viewer: FakeViewer): readonly StreamDescription[] =>
  viewer.messages().flatMap((message) => (message.type === 'streams' ? message.streams : []));

describe('watching', () => {
  test.each(['own', 'one'] as const)(
    'pausing and slowing down change no bit, with kernels: %s',
    async (kernels) => {
      const alone = await runPong(['rn', 'dn+'], 40, { signal: never }, kernels);
      const streams = new Streams();
      const viewer = new FakeViewer(streams);
      // Each publication is one piece of news, and so is what is set.
      let news = 0;
      const sets = new Map<number, () => void>([
        [
          50,
          () => {
            void setTimeout(20).then(() => set(viewer, 'pause', false));
            set(viewer, 'pause', true);
          },
        ],
        [100, () => set(viewer, 'speed', '100 iterations/s')],
      ]);
      streams.watch(() => sets.get(++news)?.());
      const seen = await runPong(['rn', 'dn+'], 40, { streams, signal: never }, kernels);
      expect(news).toBeGreaterThan(100);
      expect(seen.tables).toEqual(alone.tables);
      const numbers = ({ quantities }: typeof seen) =>
        quantities.filter(({ key }) => key !== 'speed');
      expect(numbers(seen)).toEqual(numbers(alone));
    },
  );

  test('an abort ends a pause, with the results until then', async () => {
    const { viewer, abort, result } = start(['r', 'rn'], 1e6);
    set(viewer, 'pause', true);
    abort.abort();
    expect((await result).parameters.iterations).toBe(0);
  });

  test('a speed is kept, and the time waited does not count', async () => {
    const { viewer, result } = start(['r', 'rn'], 6);
    viewer.messages();
    set(viewer, 'speed', '20 iterations/s');
    const begin = performance.now();
    const { quantities } = await result;
    // Six iterations, of which the first one may have begun.
    const seconds = (performance.now() - begin) / 1000;
    expect(seconds).toBeGreaterThan(4 * 0.05 - 0.01);
    expect(quantities.find(({ key }) => key === 'speed')!.value).toBeGreaterThan(6 / seconds);
  });

  test('noise is offered where a player has any', async () => {
    for (const [players, isOffered] of [
      [['r', 'd'], false],
      [['r', 'dn'], true],
    ] as const) {
      const { viewer, abort, result } = start(players, 1);
      abort.abort();
      await result;
      const names = descriptions(viewer).map(({ name }) => name);
      expect([players, names.includes('noise')]).toEqual([players, isOffered]);
    }
  });

  test('tells what the faithful dopamine player cannot do', async () => {
    const { viewer, abort, result } = start(['dn', 'rn'], 1);
    abort.abort();
    await result;
    const [left, right] = descriptions(viewer).filter(({ kind }) => kind === 'matrix');
    expect(left!.note).toMatch(/above about 1583\s?pA; weights end at 1550\s?pA/);
    expect(left!.note).toMatch(/Striatum and pallidum are inert: .* 12\.1 of the 15\s?mV/);
    expect(right!.note).toContain('R-STDP');
  });
});

/** The command line in a process of its own, playing at full speed. */
class Run {
  stdout = '';
  readonly ended: Promise<number | null>;

  private constructor(
    readonly child: ChildProcess,
    readonly url: string,
  ) {
    child.stdout!.on('data', (data: Buffer) => (this.stdout += data.toString()));
    this.ended = new Promise((resolve) => child.on('close', resolve));
  }

  static async start(): Promise<Run> {
    const root = path.join(__dirname, '../../..');
    const preload = ['-r', path.join(root, 'test/cli/register.cjs')];
    const command = [path.join(root, 'benchmarks/main.ts'), 'run', 'pong', '--serve', '--json'];
    const options = ['--players', 'r,rn', '--iterations', '1000000', '--threads', '1'];
    const child = spawn(process.execPath, [...preload, ...command, ...options]);
    const url = await new Promise<string>((resolve, reject) => {
      let text = '';
      child.stderr.on('data', (data: Buffer) => {
        text += data.toString();
        const address = /Watch at (\S+)\n/.exec(text)?.[1];
        if (address !== undefined) resolve(address);
      });
      child.on('close', () => reject(new Error(text)));
    });
    return new Run(child, url);
  }
}

/** Someone who looks at a page that is served, without a browser. */
class Client {
  game: Game | undefined;
  readonly socket: WebSocket;
  readonly #names = new Map<number, string>();

  constructor(url: string, reads = true) {
    this.socket = new WebSocket(new URL('streams', url));
    if (!reads) this.socket.on('open', () => this.socket.pause());
    this.socket.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) this.#hear(JSON.parse(data.toString()) as ServerMessage);
    });
  }

  #hear(message: ServerMessage): void {
    if (message.type === 'streams') {
      for (const { id, name } of message.streams) this.#names.set(id, name);
    } else if (message.type === 'value' && this.#names.get(message.id) === 'game') {
      this.game = message.value as Game;
    }
  }
}

/** Hands on connections to a server, until they are cut. */
class Cable {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  constructor(to: string) {
    const { hostname, port } = new URL(to);
    this.#server = net.createServer((from) => {
      const onwards = net.connect(Number(port), hostname);
      for (const [socket, other] of [
        [from, onwards],
        [onwards, from],
      ] as const) {
        this.#sockets.add(socket);
        socket.pipe(other);
        socket.on('error', () => undefined);
        socket.on('close', () => other.destroy());
        socket.on('close', () => this.#sockets.delete(socket));
      }
    });
  }

  async open(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await new Promise((resolve) => this.#server.once('listening', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  close(): void {
    this.#server.close();
    this.cut();
  }
}

const looks: readonly Look[] = [
  { width: 1280, height: 800, scheme: 'light', ratio: 1 },
  { width: 1280, height: 800, scheme: 'dark', ratio: 1 },
  { width: 390, height: 844, scheme: 'light' },
  { width: 390, height: 844, scheme: 'dark' },
];

// What finds no browser here is not tested here; .ci/run installs one.
const programs = chromium === undefined ? [] : [chromium];
if (programs.length > 0) {
  describe.each(programs)('the page in %s', (program) => {
    let browser: Browser;
    let run: Run;
    let client: Client;
    let page: Page;

    beforeAll(async () => {
      browser = await Browser.start(program);
      run = await Run.start();
      client = new Client(run.url);
    }, 120_000);
    afterAll(async () => {
      run.child.kill('SIGKILL');
      await browser.close();
    });
    afterEach(() => page.close());

    const open = async (look: Look, at = run.url): Promise<void> => {
      page = await browser.open(at, look);
      await page.until(`/\\d : \\d/.test(${score})`);
    };
    const score = `document.querySelector('.score output')?.textContent`;
    const iteration = `Number(document.querySelector('[data-view=pong] .reading').textContent
      .replace(/\\u202f/g, '').match(/^iteration (\\d+) of 1000000/)?.[1] ?? 0)`;
    const rateOfNoisy = `parseFloat(document.querySelector('[data-stream="input right"] .legend')
      .lastChild.lastChild.textContent)`;
    const pressed = (control: string): string =>
      `document.querySelector('button[data-control=${control}]').getAttribute('aria-pressed')`;
    /** Iterations go on. */
    const expectPlay = async (): Promise<void> => {
      const before = await page.evaluate<number>(iteration);
      await page.until(`${iteration} > ${before} + 2`);
    };
    /** Pauses, and reads what the page shows while nothing goes on. */
    const expectPause = async (viewer = client): Promise<void> => {
      await page.press(' ');
      await page.until(`${pressed('pause')} === 'true'`);
      for (let last = -1; last !== viewer.game!.iteration; await setTimeout(300)) {
        last = viewer.game!.iteration;
      }
      await page.until(`${iteration} === ${viewer.game!.iteration}`);
      expect(await page.evaluate(score)).toBe(viewer.game!.score.join(' : '));
    };
    const expectGoOn = async (): Promise<void> => {
      await page.press(' ');
      await page.until(`${pressed('pause')} === 'false'`);
      await expectPlay();
    };

    // First of all, before it has learned to fire by its input alone.
    test('without noise the noisy player falls silent, until it is switched on', async () => {
      await open(looks[0]!);
      await page.until(`${rateOfNoisy} > 4`);
      await page.click('button[data-control=noise]');
      await page.until(`${pressed('noise')} === 'false'`);
      await page.until(`${rateOfNoisy} < 2`);
      await page.press('n');
      await page.until(`${rateOfNoisy} > 4`);
      expect(page.complaints).toEqual([]);
    }, 120_000);

    test.each(looks)(
      'plays, pauses, tells the score and fits at $width pixels, $scheme',
      async (look) => {
        await open(look);
        await expectPlay();
        await page.until(`${score} !== '0 : 0'`);
        await expectPause();
        await expectGoOn();
        await expectPainted(page);
        const width = await page.evaluate<number>(`document.documentElement.scrollWidth`);
        expect(width).toBeLessThanOrEqual(look.width);
        expect(page.complaints).toEqual([]);
        const hosts = new Set(page.requests.map((address) => new URL(address).host));
        expect([...hosts]).toEqual([new URL(run.url).host]);
      },
      120_000,
    );

    test('has ten viewers at once, one of whom reads nothing', async () => {
      const others = Array.from({ length: 9 }, (_, i) => new Client(run.url, i > 0));
      await open(looks[0]!);
      await expectPlay();
      const before = others.map(({ game }) => game?.iteration ?? 0);
      await page.until(`${iteration} > ${Math.max(...before) + 20}`);
      await expectPause();
      expect(others.slice(1).map(({ game }) => game)).toEqual(Array(8).fill(client.game));
      await expectGoOn();
      expect(page.complaints).toEqual([]);
      for (const { socket } of others) socket.terminate();
    }, 120_000);

    test('survives a reconnect', async () => {
      const cable = new Cable(run.url);
      await open(looks[0]!, await cable.open());
      await expectPlay();
      cable.cut();
      await page.until(`document.body.dataset.connection === 'lost'`);
      await page.until(`document.body.dataset.connection === 'live'`);
      await expectPlay();
      expect(await page.evaluate(`document.querySelectorAll('figure').length`)).toBe(6);
      expect(page.complaints).toEqual([]);
      cable.close();
    }, 120_000);

    test('Ctrl-C ends a pause with what was found, and the page says that it has ended', async () => {
      const other = await Run.start();
      const viewer = new Client(other.url);
      await open(looks[0]!, other.url);
      await expectPlay();
      await expectPause(viewer);
      other.child.kill('SIGINT');
      expect(await other.ended).toBe(130);
      const { parameters } = JSON.parse(other.stdout) as { parameters: { iterations: number } };
      expect(parameters.iterations).toBe(viewer.game!.iteration);
      await page.until(`document.body.dataset.connection === 'ended'`);
      expect(await page.text('#connection')).toBe('The simulation has ended');
      expect(await page.evaluate(score)).toBe(viewer.game!.score.join(' : '));
    }, 120_000);
  });
}

/** Every canvas has something on it besides its axes, which are grey. */
async function expectPainted(page: Page): Promise<void> {
  const streams = await page.evaluate<string[]>(
    `[...document.querySelectorAll('figure')].map((figure) => figure.dataset.stream)`,
  );
  expect(streams).toHaveLength(6);
  for (const stream of streams) {
    const canvas = `document.querySelector('[data-stream="${stream}"] canvas')`;
    await page.evaluate(`${canvas}.scrollIntoView({ block: 'center' })`);
    await page.until(`(() => {
      const { width, height } = ${canvas};
      const copy = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      copy.drawImage(${canvas}, 0, 0);
      const { data } = copy.getImageData(0, 0, width, height);
      for (let i = 0; i < data.length; i += 4) {
        const [r, g, b, alpha] = data.subarray(i, i + 4);
        if (alpha > 100 && Math.max(r, g, b) - Math.min(r, g, b) > 60) return true;
      }
    })()`);
  }
}
