import autocannon from 'autocannon';

export interface Request {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface LoadResult {
  readonly perSecond: number;
  /** Answers by status code. */
  readonly statuses: Readonly<Record<string, number>>;
}

/** Gets these paths over and over for some seconds. */
export async function repeat(
  url: string,
  paths: readonly string[],
  connections: number,
  seconds: number,
): Promise<LoadResult> {
  const requests = paths.map((path) => ({ method: 'GET' as const, path }));
  const result = await autocannon({ url, connections, duration: seconds, requests });
  return summary(result, result.duration);
}

/** Each of `requests` exactly once, split over the connections. */
export async function sendAll(
  url: string,
  requests: readonly Request[],
  connections: number,
): Promise<LoadResult> {
  let next = 0;
  const share = Math.ceil(requests.length / connections);
  const begun = performance.now();
  let lastAnswer = begun;
  const options = {
    url,
    connections,
    amount: share * connections,
    setupClient: (client: autocannon.Client) => {
      const mine = requests.slice(next, next + share);
      next += share;
      client.setRequests(mine.map((request) => ({ ...request })));
    },
  };
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const load = autocannon(options, (error: unknown, ended) => {
      if (error) reject(new Error('load failed', { cause: error }));
      else resolve(ended);
    });
    // Not when it ends: the load generator notices that only by the second.
    load.on('response', () => {
      lastAnswer = performance.now();
    });
  });
  return summary(result, (lastAnswer - begun) / 1_000);
}

function summary(result: autocannon.Result, seconds: number): LoadResult {
  if (result.errors > 0 || result.timeouts > 0) {
    throw new Error(`load failed: ${result.errors} errors, ${result.timeouts} timeouts`);
  }
  const counted = Object.entries(result.statusCodeStats ?? {}).map(
    ([code, { count }]) => [code, count ?? 0] as const,
  );
  const total = counted.reduce((sum, [, count]) => sum + count, 0);
  return { perSecond: total / seconds, statuses: Object.fromEntries(counted) };
}
