import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { WebSocket } from 'ws';

// Chromium without a screen, driven over its DevTools protocol.

/** The program; undefined where there is none. .ci/run installs one. */
export const chromium = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
);

interface Reply {
  readonly id?: number;
  readonly method?: string;
  readonly sessionId?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

type Listener = (method: string, params: Record<string, unknown>) => void;

/** A running browser. */
export class Browser {
  #lastId = 0;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  readonly #listeners = new Map<string, Listener>();

  private constructor(
    private readonly process: ChildProcess,
    private readonly profile: string,
    private readonly socket: WebSocket,
  ) {
    socket.on('message', (data: Buffer) => {
      this.#receive(JSON.parse(data.toString()) as Reply);
    });
  }

  static async start(program: string): Promise<Browser> {
    const profile = mkdtempSync(path.join(os.tmpdir(), 'tegmenta-browser-'));
    const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--remote-debugging-port=0'];
    const quiet = ['--no-first-run', '--disable-background-networking', '--mute-audio'];
    const child = spawn(
      program,
      [...flags, ...quiet, `--user-data-dir=${profile}`, 'about:blank'],
      {
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    const socket = new WebSocket(await debuggerAddress(child));
    await new Promise((resolve, reject) => {
      socket.on('open', resolve);
      socket.on('error', reject);
    });
    return new Browser(child, profile, socket);
  }

  /** A page of its own. */
  async open(url: string, look: Look): Promise<Page> {
    const { targetId } = await this.call('Target.createTarget', { url: 'about:blank' });
    const attached = await this.call('Target.attachToTarget', { targetId, flatten: true });
    const session = attached.sessionId as string;
    const page = new Page(this, session, targetId as string);
    this.#listeners.set(session, (method, params) => {
      page.hear(method, params);
    });
    await page.prepare(look);
    await page.call('Page.navigate', { url });
    return page;
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.process.on('exit', resolve));
    this.socket.send(JSON.stringify({ id: ++this.#lastId, method: 'Browser.close' }));
    await ended;
    this.socket.terminate();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }

  async call(method: string, params: object, sessionId?: string): Promise<Record<string, unknown>> {
    const id = ++this.#lastId;
    this.socket.send(JSON.stringify({ id, method, params, sessionId }));
    const reply = await new Promise<Reply>((resolve) => this.#waiting.set(id, resolve));
    if (reply.error !== undefined) throw new Error(`${method}: ${reply.error.message}`);
    return reply.result ?? {};
  }

  #receive(reply: Reply): void {
    if (reply.id !== undefined) {
      this.#waiting.get(reply.id)?.(reply);
      this.#waiting.delete(reply.id);
    } else if (reply.sessionId !== undefined && reply.method !== undefined) {
      this.#listeners.get(reply.sessionId)?.(reply.method, reply.params ?? {});
    }
  }
}

async function debuggerAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stderr!.on('data', (data: Buffer) => {
      text += data.toString();
      const address = /DevTools listening on (ws:\S+)/.exec(text)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.on('exit', () => {
      reject(new Error(`the browser ended:\n${text}`));
    });
  });
}

/** What the screen of a page is like. */
export interface Look {
  readonly width: number;
  readonly height: number;
  readonly scheme: 'dark' | 'light';
  /** Pixels of the screen a CSS pixel. */
  readonly ratio?: number;
}

/** A page in a browser. */
export class Page {
  /** What the console was told as warning or error, uncaught errors, and loads that failed. */
  readonly complaints: string[] = [];
  /** All that was asked of the network. */
  readonly requests: string[] = [];

  constructor(
    private readonly browser: Browser,
    private readonly session: string,
    private readonly target: string,
  ) {}

  async prepare({ width, height, scheme, ratio = 2 }: Look): Promise<void> {
    for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await this.call(`${domain}.enable`);
    const metrics = { width, height, deviceScaleFactor: ratio, mobile: width < 600 };
    await this.call('Emulation.setDeviceMetricsOverride', metrics);
    await this.emulate(scheme);
  }

  async emulate(scheme: Look['scheme']): Promise<void> {
    const features = [{ name: 'prefers-color-scheme', value: scheme }];
    await this.call('Emulation.setEmulatedMedia', { features });
  }

  hear(method: string, params: Record<string, unknown>): void {
    if (method === 'Runtime.exceptionThrown') this.complaints.push(JSON.stringify(params));
    if (method === 'Log.entryAdded') {
      const { entry } = params as { entry: { level: string; text: string } };
      if (entry.level !== 'verbose' && entry.level !== 'info') this.complaints.push(entry.text);
    }
    if (method === 'Runtime.consoleAPICalled') {
      const { type } = params as { type: string };
      if (type === 'error' || type === 'warning') this.complaints.push(JSON.stringify(params));
    }
    if (method === 'Network.requestWillBeSent') {
      this.requests.push((params as { request: { url: string } }).request.url);
    }
    if (method === 'Network.webSocketCreated') this.requests.push((params as { url: string }).url);
  }

  call(method: string, params: object = {}): Promise<Record<string, unknown>> {
    return this.browser.call(method, params, this.session);
  }

  /** Value of an expression; promises are waited for. */
  async evaluate<Value>(expression: string): Promise<Value> {
    const params = { expression, awaitPromise: true, returnByValue: true };
    const reply = (await this.call('Runtime.evaluate', params)) as {
      result: { value: Value };
      exceptionDetails?: object;
    };
    if (reply.exceptionDetails === undefined) return reply.result.value;
    throw new Error(`${expression}: ${JSON.stringify(reply.exceptionDetails)}`);
  }

  /** Waits until an expression is true; a minute is far beyond what any takes. */
  async until(expression: string): Promise<void> {
    const deadline = Date.now() + 60_000;
    while (!(await this.evaluate<boolean>(`Boolean(${expression})`))) {
      if (Date.now() > deadline) throw new Error(`this never became true: ${expression}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  async text(selector: string): Promise<string> {
    return this.evaluate(`document.querySelector(${JSON.stringify(selector)})?.textContent ?? ''`);
  }

  /** Clicks in the middle of an element, as a mouse does. */
  async click(selector: string): Promise<void> {
    const at = await this.evaluate<{ x: number; y: number }>(`(() => {
      const element = document.querySelector(${JSON.stringify(selector)});
      element.scrollIntoView({ block: 'center' });
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    })()`);
    for (const type of ['mousePressed', 'mouseReleased']) {
      const event = { ...at, type, button: 'left', clickCount: 1 };
      await this.call('Input.dispatchMouseEvent', event);
    }
  }

  /** Presses and releases a key that types a character. */
  async press(key: string): Promise<void> {
    await this.call('Input.dispatchKeyEvent', { type: 'keyDown', key, text: key });
    await this.call('Input.dispatchKeyEvent', { type: 'keyUp', key });
  }

  /** The whole page as a picture. */
  async screenshot(): Promise<Buffer> {
    const { cssContentSize } = (await this.call('Page.getLayoutMetrics')) as {
      cssContentSize: { width: number; height: number };
    };
    const clip = { x: 0, y: 0, ...cssContentSize, scale: 1 };
    const { data } = await this.call('Page.captureScreenshot', {
      ...{ format: 'png', clip, captureBeyondViewport: true },
    });
    return Buffer.from(data as string, 'base64');
  }

  async close(): Promise<void> {
    await this.browser.call('Target.closeTarget', { targetId: this.target });
  }
}
