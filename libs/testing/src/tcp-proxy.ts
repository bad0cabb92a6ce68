import { connect, createServer, type Server, type Socket } from 'node:net';

/** A loopback relay in front of a server (PostgreSQL, Redis) that tests can make go away and come back. */
export interface TcpProxy {
  /** `target` with its host and port replaced by the relay's. */
  url(target: string): string;
  /** Resets every connection and every new one: the server is away. */
  cut(): void;
  /** Keeps connections open but passes nothing on: the server hangs. */
  stall(): void;
  /** The server is back; what was stalled flows on. */
  restore(): void;
  close(): Promise<void>;
}

/** Starts a relay to the host and port of `target`, for example a `postgres://` URL. */
export async function startTcpProxy(target: string): Promise<TcpProxy> {
  const { hostname, port } = new URL(target);
  const pairs = new Set<readonly [Socket, Socket]>();
  let state: 'open' | 'cut' | 'stalled' = 'open';

  const server = createServer((downstream) => {
    if (state === 'cut') {
      downstream.resetAndDestroy();
      return;
    }
    const upstream = connect(Number(port), hostname);
    const pair = [downstream, upstream] as const;
    pairs.add(pair);
    for (const socket of pair) {
      socket.on('error', () => {});
      socket.on('close', () => {
        pairs.delete(pair);
        for (const end of pair) end.destroy();
      });
    }
    flow(pair, state);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  const become = (next: typeof state) => {
    state = next;
    for (const pair of pairs) flow(pair, state);
  };
  return {
    url: (of) => {
      const changed = new URL(of);
      changed.hostname = '127.0.0.1';
      changed.port = String(portOf(server));
      return changed.href;
    },
    cut: () => become('cut'),
    stall: () => become('stalled'),
    restore: () => become('open'),
    close: () => {
      become('cut');
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function flow([downstream, upstream]: readonly [Socket, Socket], state: 'open' | 'cut' | 'stalled'): void {
  downstream.unpipe(upstream);
  upstream.unpipe(downstream);
  switch (state) {
    case 'open':
      downstream.pipe(upstream);
      upstream.pipe(downstream);
      break;
    case 'stalled':
      break;
    case 'cut':
      for (const socket of [downstream, upstream]) socket.resetAndDestroy();
  }
}

function portOf(server: Server): number {
  const address = server.address();
  if (!address || typeof address !== 'object') throw new Error('the relay does not listen');
  return address.port;
}
