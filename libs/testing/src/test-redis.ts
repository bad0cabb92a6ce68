import { spawn, spawnSync } from 'node:child_process';
import { Redis } from 'ioredis';
import { RedisContainer } from '@testcontainers/redis';
import { freePort } from '#database';

/** A Redis for one test file: its own server, or its own database on the one that REDIS_URL names. */
export interface TestRedis {
  readonly url: string;
  /** Forgets everything, as FLUSHALL would. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/** As in docker-compose.yml. */
const IMAGE = 'redis:8-alpine';

/**
 * Finds or starts a Redis: REDIS_URL, else a container with TEST_SERVERS=containers, else `redis-server` on
 * the PATH, else a container when Docker answers. Without any it says so on stderr and returns null; the
 * tests that need one must then be skipped.
 */
export async function startTestRedis(): Promise<TestRedis | null> {
  const redis = (await givenRedis()) ?? (await localRedis()) ?? (await containerRedis());
  if (!redis) {
    process.stderr.write(
      '\n*** NOT TESTED ON REDIS: set REDIS_URL, install redis-server, or start Docker. ***\n\n',
    );
    return null;
  }
  await redis.flush();
  return redis;
}

async function givenRedis(): Promise<TestRedis | null> {
  const given = process.env['REDIS_URL'];
  if (!given) return null;
  const url = new URL(given);
  url.pathname = `/${process.env['JEST_WORKER_ID'] ?? '1'}`;
  return { url: url.href, flush: () => flush(url.href), stop: async () => undefined };
}

async function localRedis(): Promise<TestRedis | null> {
  if (process.env['TEST_SERVERS'] === 'containers') return null;
  if (spawnSync('redis-server', ['--version']).status !== 0) return null;
  const port = await freePort();
  const arguments_ = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const server = spawn('redis-server', arguments_, { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => {
    server.once('exit', () => resolve());
  });
  const url = `redis://127.0.0.1:${port}/0`;
  return {
    url,
    flush: () => flush(url),
    stop: async () => {
      server.kill('SIGKILL');
      await ended;
    },
  };
}

async function containerRedis(): Promise<TestRedis | null> {
  const isAsked = process.env['TEST_SERVERS'] === 'containers';
  if (!isAsked && spawnSync('docker', ['info']).status !== 0) return null;
  const container = await new RedisContainer(IMAGE).start();
  const url = `${container.getConnectionUrl()}/0`;
  return {
    url,
    flush: () => flush(url),
    stop: async () => {
      await container.stop();
    },
  };
}

/** Also waits until the server answers. */
async function flush(url: string): Promise<void> {
  const client = new Redis(url, { replyMapping: 'legacy', maxRetriesPerRequest: 50 });
  client.on('error', () => undefined);
  await client.flushdb();
  client.disconnect();
}
