import type { ServerMessage, ViewerMessage } from '../protocol.js';
import { decode, type StreamFrame } from './decode.mjs';

/** `ended`: by the simulation, as against `lost`. */
export type ConnectionState = 'connecting' | 'live' | 'ended' | 'lost';

interface Listeners {
  readonly state: (state: ConnectionState) => void;
  readonly message: (message: ServerMessage) => void;
  readonly frame: (frame: StreamFrame) => void;
}

/** With which a server takes leave. */
const endCode = 1001;
/** Delays before another try, ms. */
const [shortestDelay, longestDelay] = [500, 5000];

/** The WebSocket to the server, which comes back by itself. */
export class Connection {
  #socket: WebSocket | undefined;
  #delay = shortestDelay;
  #retry: number | undefined;
  #hasEnded = false;

  constructor(private readonly listeners: Listeners) {
    this.#open();
    addEventListener('online', () => {
      this.#hurry();
    });
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.#hurry();
    });
  }

  /** Nothing happens while there is no connection. */
  send(message: ViewerMessage): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  #open(): void {
    this.#retry = undefined;
    const socket = new WebSocket(new URL('/streams', location.href.replace(/^http/, 'ws')));
    this.#socket = socket;
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => {
      this.#delay = shortestDelay;
      this.#hasEnded = false;
      this.listeners.state('live');
    });
    socket.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
      this.#receive(data);
    });
    socket.addEventListener('close', ({ code }) => {
      this.#hasEnded ||= code === endCode;
      this.listeners.state(this.#hasEnded ? 'ended' : 'lost');
      this.#retry = setTimeout(() => {
        this.#open();
      }, this.#delay);
      this.#delay = Math.min(2 * this.#delay, longestDelay);
    });
  }

  #receive(data: string | ArrayBuffer): void {
    if (typeof data === 'string') {
      this.listeners.message(JSON.parse(data) as ServerMessage);
      return;
    }
    const frame = decode(data);
    if (frame !== undefined) this.listeners.frame(frame);
  }

  /** Tries at once where a try is waiting. */
  #hurry(): void {
    if (this.#retry === undefined) return;
    clearTimeout(this.#retry);
    this.#open();
  }
}
