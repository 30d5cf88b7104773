'use strict';
// Records 10⁹ spikes through a stream that releases them and to files, and measures memory and
// speed: node scripts/test-recording.cjs [--events N] [--folder DIR] [stream npy arrow …]. Files go
// to memory where there is such a folder, so that no disk is measured, and are cut between parts.
const fs = require('node:fs');
const os = require('node:os');
const { performance } = require('node:perf_hooks');
const path = require('node:path');
const { clearInterval, setInterval } = require('node:timers');
const { parseArgs } = require('node:util');
const { Kernel } = require(path.join(__dirname, '..', 'dist', 'lib'));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { events: { type: 'string', default: '1e9' }, folder: { type: 'string' } },
});
const events = Number(values.events);
const folder = values.folder ?? (fs.existsSync('/dev/shm') ? '/dev/shm' : os.tmpdir());
const kinds = positionals.length > 0 ? positionals : ['stream', 'npy', 'arrow'];

/** Allowed growth of what the process holds, and spikes a second to a file in the page cache. */
const mostGrowth = 50e6;
const leastSpeed = 20e6;
/** A file holds so many at most; then its recorder begins another one. */
const fileEvents = 1e8;
/** Spikes of a step: each stands for so many that the generator costs nothing. */
const [senders, multiplicity] = [100, 100];

/** A network that sends as many spikes as asked for, in steps of 1 ms. */
function network(params) {
  const kernel = new Kernel();
  kernel.SetKernelStatus({ resolution: 1, data_path: folder, data_prefix: `${process.pid}-` });
  const cells = kernel.Create('parrot_neuron', senders);
  const period = 1000;
  const times = Float64Array.from({ length: period }, (_, i) => i + 1);
  const source = kernel.Create('spike_generator', {
    spike_times: times,
    spike_multiplicities: new Float64Array(period).fill(multiplicity),
  });
  kernel.Connect(source, cells, 'all_to_all', { delay: 1 });
  const recorder = kernel.Create('spike_recorder', params);
  kernel.Connect(cells, recorder, 'all_to_all', { delay: 1 });
  const simulate = (ms) => {
    source.set({ spike_times: times.map((time) => time + kernel.biological_time) });
    return kernel.Simulate(ms);
  };
  return { kernel, recorder, simulate, period };
}

/** Highest memory while something goes on, above that at its beginning. */
async function growth(work) {
  global.gc?.();
  const before = process.memoryUsage.rss();
  let highest = before;
  const timer = setInterval(() => {
    highest = Math.max(highest, process.memoryUsage.rss());
  }, 20);
  await work();
  clearInterval(timer);
  return Math.max(highest, process.memoryUsage.rss()) - before;
}

async function stream() {
  const { kernel, recorder, simulate, period } = network({});
  let received = 0;
  const part = async () => {
    const run = simulate(period);
    for await (const { times } of recorder.stream({ release: true })) received += times.length;
    await run;
  };
  await part();
  const grown = await growth(async () => {
    while (recorder.n_events < events) await part();
  });
  if (received !== recorder.n_events) throw new Error(`${received} of ${recorder.n_events} events`);
  kernel.dispose();
  return { received, grown };
}

async function file(extension) {
  const { kernel, recorder, simulate, period } = network({
    ...{ record_to: 'file', file_extension: extension, label: '0' },
  });
  const written = [];
  const part = async () => {
    await simulate(period);
    const [name] = recorder.filenames;
    if (!written.includes(name)) written.push(name);
    if (fs.statSync(name).size < 12 * fileEvents) return;
    fs.rmSync(name);
    recorder.set({ label: String(written.length) });
  };
  try {
    await part();
    const grown = await growth(async () => {
      while (recorder.n_events < events) await part();
    });
    const received = recorder.n_events;
    kernel.dispose();
    return { received, grown };
  } finally {
    for (const name of written) fs.rmSync(name, { force: true });
  }
}

async function main() {
  for (const kind of kinds) {
    const start = performance.now();
    const { received, grown } = await (kind === 'stream' ? stream() : file(kind));
    const seconds = (performance.now() - start) / 1000;
    const speed = received / seconds;
    const figures = [
      `${(received / 1e6).toFixed(0)} million events in ${seconds.toFixed(1)} s`,
      `${(speed / 1e6).toFixed(1)} million/s`,
      `memory grew by ${(grown / 1e6).toFixed(1)} MB`,
    ];
    console.log(`${kind}: ${figures.join(', ')} (${path.resolve(folder)})`);
    if (grown > mostGrowth) process.exitCode = 1;
    if (kind !== 'stream' && speed < leastSpeed) process.exitCode = 1;
  }
}

void main();
