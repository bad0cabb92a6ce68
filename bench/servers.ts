import { execFileSync, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { type EmbeddedServer, startEmbeddedServer } from '#database';
import { eventually, freePort } from '#testing';

/** What a benchmark needs of its PostgreSQL server. */
export type BenchmarkServer = Pick<EmbeddedServer, 'adminUrl' | 'stop'>;

/** The PostgreSQL server of a benchmark run: durable, as in production. */
export async function startPostgres(): Promise<BenchmarkServer> {
  const directory = await mkdtemp(join(tmpdir(), 'fairlead-bench-'));
  await chmod(directory, 0o755);
  const server = await startEmbeddedServer({
    directory,
    settings: { fsync: 'on', synchronous_commit: 'on', shared_buffers: '256MB', max_wal_size: '4GB' },
  });
  return {
    adminUrl: (database) => server.socketUrl(database),
    stop: async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/**
 * Writes out what earlier figures left in memory, so that no figure pays for another's: a disk busy with it
 * makes a commit wait for half a second.
 */
export async function checkpoint(server: BenchmarkServer): Promise<void> {
  const client = new Client({ connectionString: server.adminUrl('postgres') });
  await client.connect();
  await client.query('checkpoint');
  await client.end();
}

export interface RedisServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** The Redis of `REDIS_URL`, or one started from the PATH; null when there is none. */
export async function findOrStartRedis(): Promise<RedisServer | null> {
  const given = process.env['REDIS_URL'];
  if (given) return { url: given, stop: async () => undefined };
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
  } catch {
    return null;
  }
  const port = await freePort();
  const directory = await mkdtemp(join(tmpdir(), 'fairlead-redis-'));
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--appendonly', 'yes'];
  const child = spawn('redis-server', [...settings, '--maxmemory-policy', 'noeviction'], { stdio: 'ignore' });
  await eventually(() =>
    execFileSync('redis-cli', ['-p', String(port), 'ping'])
      .toString()
      .includes('PONG'),
  );
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Creates an empty database and returns its administrator's connection string. */
export async function createDatabase(server: BenchmarkServer, name: string): Promise<string> {
  const client = new Client({ connectionString: server.adminUrl('postgres') });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  return server.adminUrl(name);
}
