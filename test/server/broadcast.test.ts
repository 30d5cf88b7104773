import { EventEmitter } from 'node:events';
import { Streams } from '../../lib/server';
import { Broadcast } from '../../lib/server/broadcast';
import type { Frame } from '../../lib/server/frames';

/** A connection whose other side answers pings or does not. */
class FakeSocket extends EventEmitter {
  bufferedAmount = 0;
  readonly sent: Frame[] = [];
  readonly ends: string[] = [];

  constructor(private readonly answers = true) {
    super();
  }

  send(frame: Frame): void {
    this.sent.push(frame);
  }

  ping(): void {
    if (this.answers) this.emit('pong');
  }

  close(code: number): void {
    this.ends.push(`close ${code}`);
    if (this.answers) this.emit('close');
  }

  terminate(): void {
    this.ends.push('terminate');
    this.emit('close');
  }
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

const broadcasting = () => {
  const streams = new Streams();
  const matrix = streams.matrix('m', { label: 'M', rows: 1, columns: 1 });
  const broadcast = new Broadcast(streams, { title: 'title', description: '' });
  const add = (socket: FakeSocket): FakeSocket => {
    broadcast.add(socket);
    return socket;
  };
  return { matrix, broadcast, add };
};

test('a viewer gets 30 frames a second, however often something is published', () => {
  const { matrix, add } = broadcasting();
  const socket = add(new FakeSocket());
  for (let i = 0; i < 1000; i++) {
    matrix.publish([i]);
    jest.advanceTimersByTime(1);
  }
  const frames = socket.sent.filter((frame) => typeof frame !== 'string');
  expect(frames.length).toBeGreaterThanOrEqual(29);
  expect(frames.length).toBeLessThanOrEqual(31);
});

test('a viewer gets the rest when its connection takes it again, without a publication', () => {
  const { matrix, add } = broadcasting();
  const socket = add(new FakeSocket());
  socket.bufferedAmount = 1e6;
  matrix.publish([1]);
  jest.advanceTimersByTime(1000);
  expect(socket.sent).toHaveLength(0);
  socket.bufferedAmount = 0;
  jest.advanceTimersByTime(100);
  expect(socket.sent).toHaveLength(2);
});

test('a viewer that no longer answers is ended, one that does stays', () => {
  const { add } = broadcasting();
  const [silent, well] = [add(new FakeSocket(false)), add(new FakeSocket())];
  jest.advanceTimersByTime(59_000);
  expect(silent.ends).toEqual([]);
  jest.advanceTimersByTime(2000);
  expect([silent.ends, well.ends]).toEqual([['terminate'], []]);
  jest.advanceTimersByTime(600_000);
  expect(well.ends).toEqual([]);
});

test('without viewers nothing is waited for and streams are not watched', () => {
  const { matrix, add } = broadcasting();
  const socket = add(new FakeSocket());
  expect(matrix.watched).toBe(true);
  matrix.publish([1]);
  expect(jest.getTimerCount()).toBe(2);
  socket.emit('close');
  expect([matrix.watched, jest.getTimerCount()]).toEqual([false, 0]);
  matrix.publish([2]);
  expect(jest.getTimerCount()).toBe(0);
});

test('an end waits half a second for viewers that take no leave', async () => {
  const { broadcast, add } = broadcasting();
  const [silent, well] = [add(new FakeSocket(false)), add(new FakeSocket())];
  const closed = broadcast.close();
  expect(broadcast.full).toBe(true);
  await jest.advanceTimersByTimeAsync(500);
  await closed;
  expect(silent.ends).toEqual(['close 1001', 'terminate']);
  expect(well.ends[0]).toBe('close 1001');
  expect(jest.getTimerCount()).toBe(0);
});
