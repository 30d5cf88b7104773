// A service that simulates on request and answers with server-sent events. It computes on as many
// threads as it says, refuses what would be too much, stops what nobody waits for any more, and
// ends on SIGTERM once all have their answers.
//
//   PORT=8080 node service.js     curl -N 'http://127.0.0.1:8080/spikes?rate=8000&time=1000'
import { Readable } from 'node:stream';
import fastify from 'fastify';
import { counters, Kernel, type RecorderEvents, setConcurrency, TegmentaError } from 'tegmenta';

setConcurrency(Number(process.env.THREADS ?? 2));

interface Asked {
  rate: number;
  time: number;
}

const message = (event: string, data: unknown): string =>
  `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;

/** Neurons under noise, and what records their spikes. */
function network(kernel: Kernel, rate: number) {
  kernel.SetKernelStatus({ local_num_threads: 2 });
  const noise = kernel.Create('poisson_generator', { rate });
  const neurons = kernel.Create('iaf_psc_exp', 1000);
  const spikes = kernel.Create('spike_recorder');
  kernel.Connect(noise, neurons, 'all_to_all', { weight: 30 });
  kernel.Connect(neurons, neurons, { rule: 'fixed_indegree', indegree: 100 }, { weight: 5 });
  kernel.Connect(neurons, spikes);
  return spikes;
}

/** One simulation, which waits for whoever reads it, and is over when that one is gone. */
async function* simulation({ rate, time }: Asked, signal: AbortSignal): AsyncGenerator<string> {
  const kernel = new Kernel();
  try {
    const spikes = network(kernel, rate);
    const batches = spikes.stream({ release: true, limit: 50_000, signal });
    const guards = { maxSpikeRate: 200, maxWallTime: 60, maxMemory: 200e6 };
    const run = kernel.Simulate(time, { ...guards, signal });
    run.catch(() => undefined); // heard below
    for await (const batch of batches) yield message('spikes', summaryOf(batch));
    yield message('report', await run);
  } catch (error) {
    const { code, message: text } = error as TegmentaError;
    yield message('failure', { code, text });
  } finally {
    await kernel[Symbol.asyncDispose](); // stops what is still going on
  }
}

const summaryOf = ({ times }: RecorderEvents) => ({ n: times.length, until: times.at(-1) });

const app = fastify({ forceCloseConnections: 'idle' });
const number = { type: 'number', minimum: 0 };
const querystring = {
  type: 'object',
  properties: { rate: { ...number, default: 8000 }, time: { ...number, default: 1000 } },
};

app.get<{ Querystring: Asked }>('/spikes', { schema: { querystring } }, (request, reply) => {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  reply.type('text/event-stream').header('connection', 'close');
  return reply.send(Readable.from(simulation(request.query, gone.signal)));
});
app.get('/counters', () => counters());

process.once('SIGTERM', () => void app.close()); // once all requests are answered

void app
  .listen({ port: Number(process.env.PORT ?? 0), host: '127.0.0.1' })
  .then((address) => console.log(`Listening at ${address}`));
