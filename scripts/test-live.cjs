'use strict';
// Ten viewers look at Pong, played at full speed, for some minutes: the memory of the run must not
// grow by more than what it keeps as its result. node scripts/test-live.cjs [minutes], after
// `npm run build`.
const { fork } = require('node:child_process');
const path = require('node:path');
const { WebSocket } = require('ws');

const root = path.join(__dirname, '..');
const minutes = Number(process.argv[2] ?? 10);
const viewers = 10;
/** Bytes that may come and go. */
const noise = 16 * 2 ** 20;
/** Bytes of an iteration in the result: ten columns of doubles, in arrays that grow by halves. */
const record = 10 * 8 * 1.5;

const options = ['--players', 'rn,dn+', '--iterations', '100000000', '--threads', '1'];
const run = fork(
  path.join(root, 'dist', 'benchmarks', 'main.js'),
  ['run', 'pong', '--serve', '--no-files', '--json', ...options],
  {
    execArgv: ['--expose-gc', '-r', path.join(__dirname, 'report-memory.cjs')],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  },
);

const megabytes = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MB`;

/** What the run told: { seconds, rss, held } in bytes; `held` right after a collection. */
const samples = [];
let iterations = 0;
const history = [];
run.on('message', (sample) => {
  samples.push(sample);
  history.push(iterations);
  if (samples.length % 12 === 0) {
    const { seconds, rss, held } = sample;
    console.log(
      `${seconds.toFixed(0)} s, ${iterations} iterations: ` +
        `resident ${megabytes(rss)}, held ${megabytes(held)}`,
    );
  }
});

const sockets = [];
function look(url, reads) {
  const socket = new WebSocket(new URL('streams', url));
  let game;
  socket.on('open', () => !reads && socket.pause());
  socket.on('message', (data, isBinary) => {
    if (isBinary) return;
    const message = JSON.parse(data.toString());
    if (message.type === 'streams') {
      game = message.streams.find(({ name }) => name === 'game').id;
    } else if (message.id === game) {
      iterations = Math.max(iterations, message.value.iteration);
    }
  });
  sockets.push(socket);
}

let told = '';
run.stderr.on('data', (data) => {
  told += data.toString();
  const url = /Watch at (\S+)\n/.exec(told)?.[1];
  if (url === undefined || sockets.length > 0) return;
  // One of them never reads.
  for (let i = 0; i < viewers; i++) look(url, i > 0);
});

function report() {
  const half = Math.floor(samples.length / 2);
  // Of what comes and goes, the highest counts.
  const highest = (key, from, to) => Math.max(...samples.slice(from, to).map((s) => s[key]));
  const grownBy = (key) => highest(key, half) - highest(key, 0, half);
  const played = iterations - history[half];
  const allowed = noise + record * played;
  const [held, rss] = [grownBy('held'), grownBy('rss')];
  const last = samples.at(-1);
  console.log(
    `${viewers} viewers, ${last.seconds.toFixed(0)} s, ${iterations} iterations: ` +
      `resident ${megabytes(last.rss)}, held ${megabytes(last.held)}; at most in the second half ` +
      `(${played} iterations) resident ${megabytes(rss)} more, held ${megabytes(held)} more, ` +
      `${(held / played).toFixed(0)} bytes an iteration; allowed ${megabytes(allowed)}`,
  );
  const answers = sockets.every(({ readyState }) => readyState === WebSocket.OPEN);
  if (!answers) console.error('A viewer was lost.');
  return answers && held <= allowed && rss <= allowed && played > 0;
}

run.on('exit', (code) => {
  console.error(`The run ended by itself, with ${code}.\n${told}`);
  process.exit(1);
});
setTimeout(() => {
  const isFlat = report();
  run.removeAllListeners('exit');
  run.on('exit', () => process.exit(isFlat ? 0 : 1));
  run.kill('SIGKILL');
}, minutes * 60_000);
