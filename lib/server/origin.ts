import { isIP } from 'node:net';

// A page of another site may reach a server on this machine through the visitor's browser, with a
// name of its own that it lets point here (DNS rebinding), or as another origin. Both show: in the
// Host header, and in the Origin header that browsers send with every WebSocket.

/** Decides by their headers which requests are answered. */
export class OriginCheck {
  readonly #names: ReadonlySet<string>;

  /** `names` are those, besides `localhost` and addresses, under which the server is reached. */
  constructor(names: readonly string[]) {
    this.#names = new Set(['localhost', ...names.map((name) => name.toLowerCase())]);
  }

  /** Whether the host is an address, which no name server gives out, or a name of this server. */
  allowsHost(host: string | undefined): boolean {
    const name = hostName(host);
    return name !== undefined && (isIP(name) !== 0 || this.#names.has(name));
  }

  /** Whether a request came from a page of this server, or from a program that is no browser. */
  allowsOrigin(origin: string | undefined, host: string | undefined): boolean {
    if (origin === undefined) return true;
    return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
  }
}

/** Name or address in a Host header, without port and brackets. */
function hostName(host: string | undefined): string | undefined {
  if (host === undefined || !URL.canParse(`http://${host}`)) return undefined;
  const { hostname, host: whole, href } = new URL(`http://${host}`);
  if (href !== `http://${whole}/`) return undefined;
  return hostname.replace(/^\[|\]$/g, '');
}
