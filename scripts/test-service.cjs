// Measures docs/programs/service.ts: many requests at once against one after the other, the delay of
// the event loop, memory over many requests, aborts, and SIGTERM. Figures, and whether they keep what
// is asked of them: exit code 1 where one does not.
//
//   node scripts/test-service.cjs [--requests 2000] [--at-once 50]
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { once } = require('node:events');
const { performance } = require('node:perf_hooks');
const { setTimeout: wait } = require('node:timers/promises');
const { parseArgs } = require('node:util');
const { transformFileSync } = require('@swc/core');

const { AbortController, fetch } = globalThis;

const root = path.join(__dirname, '..');
const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '2000' },
    'at-once': { type: 'string', default: '50' },
  },
});
const [requests, atOnce] = [Number(values.requests), Number(values['at-once'])];

// The delay of its event loop is told by the service itself.
const watched = `
const { monitorEventLoopDelay } = require('node:perf_hooks');
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
process.on('message', (what) => {
  if (what === 'reset') delay.reset();
  if (what === 'collect') gc(); // what is garbage says nothing
  process.send({ delay: delay.max / 1e6, rss: process.memoryUsage().rss });
});
process.once('SIGTERM', () => process.disconnect()); // which would keep it alive
`;

function compiled() {
  fs.mkdirSync(path.join(root, 'out'), { recursive: true });
  const folder = fs.mkdtempSync(path.join(root, 'out', 'service-'));
  const { code } = transformFileSync(path.join(root, 'docs/programs/service.ts'), {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
    swcrc: false,
  });
  const file = path.join(folder, 'service.js');
  fs.writeFileSync(file, watched + code);
  return { file, remove: () => fs.rmSync(folder, { recursive: true }) };
}

async function start(file) {
  const service = spawn(process.execPath, ['--expose-gc', file], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, PORT: '0' },
  });
  const [line] = await once(service.stdout.setEncoding('utf8'), 'data');
  const asked = async (what = 'now') => {
    service.send(what);
    const [told] = await once(service, 'message');
    return told;
  };
  return { service, url: /http:\S+/.exec(line)[0], asked };
}

async function spikesOf(url, time, signal) {
  const response = await fetch(`${url}/spikes?time=${time}`, { signal });
  const text = await response.text();
  const report = /event: report\ndata: (.*)/.exec(text);
  if (!report) throw new Error(`no report: ${text.slice(-200)}`);
  return JSON.parse(report[1]).spikes;
}

const seconds = async (work) => {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
};

const times = (n, make) => Promise.all(Array.from({ length: n }, make));
const failed = [];

function check(what, value, most, unit) {
  const text = `${what}: ${value.toFixed(2)} ${unit} (at most ${most})`;
  console.log(text);
  if (!(value <= most)) failed.push(text);
}

async function measureMany({ url, asked }) {
  await spikesOf(url, 100);
  const one = await seconds(async () => {
    for (let i = 0; i < atOnce; i++) await spikesOf(url, 1000);
  });
  await asked('reset');
  const all = await seconds(() => times(atOnce, () => spikesOf(url, 1000)));
  const { delay } = await asked();
  console.log(`${atOnce} requests: ${one.toFixed(2)} s in turn, ${all.toFixed(2)} s at once`);
  check('at once / in turn', all / one, 1.15, '×');
  check('event loop delay', delay, 50, 'ms');
}

/** Until the kernel of an aborted request is gone, while others simulate. */
async function measureAborts({ url }) {
  let longest = 0;
  for (let i = 0; i < 20; i++) {
    const end = new AbortController();
    const others = Array.from({ length: 4 }, () => spikesOf(url, 1000));
    const gone = spikesOf(url, 1e6, end.signal).catch(() => undefined);
    await wait(10 + 20 * Math.random());
    const took = await seconds(async () => {
      end.abort();
      await gone;
      for (;;) {
        const counts = await (await fetch(`${url}/counters`)).json();
        if (counts.kernels.length <= others.length) break;
      }
    });
    longest = Math.max(longest, 1000 * took);
    await Promise.all(others);
  }
  check('abort until its kernel is gone, the longest of 20', longest, 50, 'ms');
}

async function measureMemory({ url, asked }) {
  const memory = [];
  for (let done = 0; done < requests; done += atOnce) {
    await times(atOnce, () => spikesOf(url, 20));
    memory.push((await asked('collect')).rss / 1e6);
  }
  const quarter = Math.ceil(memory.length / 4);
  const mean = (list) => list.reduce((x, y) => x + y, 0) / list.length;
  check(
    `memory, the last quarter of ${requests} requests less the second`,
    mean(memory.slice(-quarter)) - mean(memory.slice(quarter, 2 * quarter)),
    30,
    'MB',
  );
}

async function measureEnd({ service, url }) {
  const last = times(6, () => spikesOf(url, 1000));
  await wait(30);
  const exited = once(service, 'exit');
  service.kill('SIGTERM');
  await last; // all are answered
  const [code] = await exited;
  console.log(`SIGTERM: 6 requests under way answered, exit code ${code}`);
  if (code !== 0) failed.push(`exit code ${code}`);
}

async function main() {
  const { file, remove } = compiled();
  const started = await start(file);
  try {
    for (const measure of [measureMany, measureAborts, measureMemory, measureEnd]) {
      await measure(started);
    }
  } finally {
    started.service.kill('SIGKILL');
    remove();
  }
  console.log(`${os.cpus()[0].model}, ${os.availableParallelism()} processors`);
  for (const text of failed) console.error(`not kept: ${text}`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}

void main();
