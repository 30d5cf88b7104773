// The thread of a WorkerSeat.
import { parentPort, workerData } from 'node:worker_threads';
import { KernelSeat } from './kernel-seat';
import type { Request, SeatOptions } from './seat';

const seat = new KernelSeat(workerData as SeatOptions);

parentPort!.on('message', (request: Request) => {
  void answer(request).then((value) => parentPort!.postMessage(value));
});

function answer(request: Request): Promise<unknown> {
  switch (request[0]) {
    case 'play':
      return seat.play(request[1]);
    case 'weights':
      return seat.weights();
    case 'setNoise':
      return seat.setNoise(request[1]);
    case 'state':
      return seat.state();
    case 'takeUp':
      return seat.takeUp(request[1]);
  }
}
