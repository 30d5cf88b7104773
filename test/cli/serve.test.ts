import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { defineExperiment, type ExperimentContext } from '../../lib/cli/experiment';
import { runProgram } from '../../lib/cli/program';
import type * as Program from '../../lib/cli/program';
import type { Streams } from '../../lib/server';
import { TestIO } from './streams';

// `tegmenta run … --serve`: what the command line does for an experiment that can be watched.

type Context = Pick<ExperimentContext<unknown>, 'streams' | 'signal'>;
/** What the experiment does when it runs. */
let work: (context: Context) => Promise<void>;
let runs = 0;
let streams: Streams | undefined;

const experimentOf = (name: string, live: boolean) =>
  defineExperiment({
    name,
    summary: `An experiment, ${name}`,
    reference: 'nobody',
    defaultTime: 1,
    resolution: 0.1,
    live,
    options: {},
    async run(context) {
      runs++;
      ({ streams } = context);
      await work(context);
      return {
        parameters: {},
        quantities: [],
        figures: [],
        spikes: { times: new Float64Array(), senders: new Uint32Array() },
      };
    },
  });
const experiments = [experimentOf('seen', true), experimentOf('unseen', false)];

let io: TestIO;
const tegmenta = (...argv: string[]) => runProgram(argv, io, experiments);
const address = () => /^Watch at (http:\/\/127\.0\.0\.1:\d+\/)\n/.exec(io.stderr.text)?.[1];
const status = (url: string) => fetch(url).then((reply) => reply.status);

beforeEach(() => {
  io = new TestIO();
  runs = 0;
  work = () => Promise.resolve();
});

test('is told of in the help of what can be watched only', async () => {
  expect(await tegmenta('run', 'seen', '--help')).toBe(0);
  expect(io.stdout.text).toMatch(/--serve \[port\] +show the run on a live page/);
  io = new TestIO();
  expect(await tegmenta('run', 'unseen', '--help')).toBe(0);
  expect(io.stdout.text).not.toContain('--serve');
});

test.each([
  [['run', 'unseen', '--serve'], "error: unknown option '--serve'"],
  [['run', 'seen', '--serve', 'x'], 'a whole number from 0 to 65535'],
  [['run', 'seen', '--serve', '65536'], 'a whole number from 0 to 65535'],
  [['run', 'seen', '--serve=80.5'], 'a whole number from 0 to 65535'],
])('%j is wrong usage', async (argv, message) => {
  expect(await tegmenta(...argv)).toBe(2);
  expect(io.stderr.text).toContain(message);
  expect(runs).toBe(0);
});

test('without it there are no streams and there is no page', async () => {
  expect(await tegmenta('run', 'seen', '--no-files')).toBe(0);
  expect([runs, streams]).toEqual([1, undefined]);
  expect(io.stderr.text).toBe('');
});

test('tells the address before the run, and serves until the run has ended', async () => {
  let page = '';
  work = async () => {
    page = await fetch(address()!).then((reply) => reply.text());
  };
  expect(await tegmenta('run', 'seen', '--no-files', '--serve')).toBe(0);
  expect(page).toContain('<title>tegmenta</title>');
  await expect(status(address()!)).rejects.toThrow();
});

test('serves at the port that is given', async () => {
  const holder = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => holder.once('listening', resolve));
  const { port } = holder.address() as AddressInfo;
  await new Promise((resolve) => holder.close(resolve));
  work = async () => {
    expect(await status(`http://127.0.0.1:${port}/`)).toBe(200);
  };
  expect(await tegmenta('run', 'seen', '--no-files', '--serve', `${port}`)).toBe(0);
  expect(address()).toBe(`http://127.0.0.1:${port}/`);
});

test('a port that is taken ends it before the run', async () => {
  const holder = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => holder.once('listening', resolve));
  const { port } = holder.address() as AddressInfo;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tegmenta-'));
  const out = path.join(folder, 'results');
  try {
    expect(await tegmenta('run', 'seen', '--out', out, '--serve', `${port}`)).toBe(1);
    expect(existsSync(out)).toBe(false);
  } finally {
    holder.close();
    rmSync(folder, { recursive: true });
  }
  expect(io.stderr.text).toBe(`error: serve: port must be free; it is in use, got ${port}.\n`);
  expect(runs).toBe(0);
  expect(io.listening).toBe(false);
});

test.each([
  ['fails', () => Promise.reject(new Error('surprise')), 1],
  ['is interrupted', ({ signal }: Context) => interrupted(signal), 130],
])('ends with a run that %s', async (_, does, code) => {
  work = does;
  expect(await tegmenta('run', 'seen', '--no-files', '--serve')).toBe(code);
  expect(runs).toBe(1);
  await expect(status(address()!)).rejects.toThrow();
  expect(io.listening).toBe(false);
});

async function interrupted(signal: AbortSignal): Promise<void> {
  const aborted = new Promise((resolve) => {
    signal.addEventListener('abort', resolve);
  });
  io.interrupt();
  await aborted;
}

test('without its packages names them, before the run', async () => {
  jest.resetModules();
  for (const name of ['fastify', 'ws']) {
    jest.doMock(name, () => {
      throw Object.assign(new Error(`Cannot find module '${name}'`), { code: 'MODULE_NOT_FOUND' });
    });
  }
  const fresh = jest.requireActual<typeof Program>('../../lib/cli/program');
  const code = await fresh.runProgram(['run', 'seen', '--no-files', '--serve'], io, experiments);
  for (const name of ['fastify', 'ws']) jest.dontMock(name);
  expect(code).toBe(1);
  expect(io.stderr.text).toBe(
    'error: serve needs packages not installed: fastify, ws. Install with: npm install fastify ws\n',
  );
  expect(runs).toBe(0);
});
