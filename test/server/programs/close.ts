import { WebSocket } from 'ws';
import { serve, Streams } from '../../../lib/server';

// Serves, is looked at by one viewer that reads and one that does not, closes, and has nothing left
// that would keep the process.

async function main(): Promise<void> {
  const streams = new Streams();
  const matrix = streams.matrix('m', { label: 'M', rows: 500, columns: 500 });
  const { url, close } = await serve(streams);
  await fetch(url).then((reply) => reply.text());
  const viewers = [0, 1].map(() => new WebSocket(new URL('streams', url)));
  const codes = viewers.map(
    (viewer) => new Promise<number>((resolve) => viewer.on('close', resolve)),
  );
  await Promise.all(viewers.map((viewer) => new Promise((resolve) => viewer.on('open', resolve))));
  viewers[1]!.pause();
  matrix.publish(new Float64Array(250_000));
  await new Promise((resolve) => viewers[0]!.on('message', resolve));
  await close();
  viewers[1]!.resume();
  console.log('closed', await codes[0]);
  await codes[1];
}

void main();
