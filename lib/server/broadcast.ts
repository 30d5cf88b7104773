import type { Streams } from './streams';
import { Viewer, type About, type ViewerSocket } from './viewer';

/** A WebSocket of `ws`, as far as it is used here. */
export interface BroadcastSocket extends ViewerSocket {
  ping(): void;
  close(code: number, reason: string): void;
  terminate(): void;
  on(event: 'message', listener: (data: { toString(): string }, isBinary: boolean) => void): void;
  on(event: 'pong' | 'close', listener: () => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
}

/** Most viewers at once. */
const mostViewers = 100;
/** Least time between two frames of a stream, ms. */
const frameInterval = 33;
/** A viewer that has not answered for this long is gone, ms. */
const heartbeatInterval = 30_000;
/** Time that viewers get to take leave, ms. */
const leaveTime = 500;

/** Brings streams to all viewers. */
export class Broadcast {
  readonly #viewers = new Map<BroadcastSocket, Viewer>();
  readonly #silent = new Set<BroadcastSocket>();
  #flushing: NodeJS.Timeout | undefined;
  #lastFlush = 0;
  #heartbeat: NodeJS.Timeout | undefined;
  #unwatch: (() => void) | undefined;
  #closed = false;

  constructor(
    private readonly streams: Streams,
    private readonly about: About,
  ) {}

  /** Whether there is no room for another viewer. */
  get full(): boolean {
    return this.#closed || this.#viewers.size >= mostViewers;
  }

  add(socket: BroadcastSocket): void {
    const viewer = new Viewer(socket, this.streams, this.about);
    this.#viewers.set(socket, viewer);
    socket.on('message', (data, isBinary) => {
      viewer.receive(isBinary ? undefined : data.toString());
    });
    socket.on('pong', () => this.#silent.delete(socket));
    socket.on('close', () => {
      this.#remove(socket);
    });
    // What broke a connection closes it, too, which is all there is to do.
    socket.on('error', () => undefined);
    if (this.#viewers.size === 1) this.#start();
    this.#schedule();
  }

  /** Ends all viewers, and takes no more. */
  async close(): Promise<void> {
    this.#closed = true;
    const sockets = [...this.#viewers.keys()];
    const left = sockets.map((socket) => new Promise<void>((gone) => socket.on('close', gone)));
    for (const socket of sockets) socket.close(1001, 'the simulation has ended');
    const late = setTimeout(() => {
      for (const socket of sockets) socket.terminate();
    }, leaveTime);
    await Promise.all(left);
    clearTimeout(late);
  }

  #start(): void {
    this.#unwatch = this.streams.watch(() => {
      this.#schedule();
    });
    this.#heartbeat = setInterval(() => {
      this.#listen();
    }, heartbeatInterval);
  }

  #remove(socket: BroadcastSocket): void {
    this.#viewers.delete(socket);
    this.#silent.delete(socket);
    if (this.#viewers.size > 0) return;
    this.#unwatch?.();
    clearInterval(this.#heartbeat);
    clearTimeout(this.#flushing);
    this.#flushing = undefined;
  }

  #schedule(): void {
    const wait = Math.max(0, this.#lastFlush + frameInterval - performance.now());
    this.#flushing ??= setTimeout(() => {
      this.#flush();
    }, wait);
  }

  #flush(): void {
    this.#flushing = undefined;
    this.#lastFlush = performance.now();
    let complete = true;
    for (const viewer of this.#viewers.values()) complete = viewer.flush() && complete;
    if (!complete) this.#schedule();
  }

  #listen(): void {
    for (const socket of this.#viewers.keys()) {
      if (this.#silent.has(socket)) {
        socket.terminate();
        continue;
      }
      this.#silent.add(socket);
      socket.ping();
    }
  }
}
