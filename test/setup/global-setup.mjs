import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DATABASE_ROLES,
  migrate,
  roleName,
  SERVICE_LOGIN,
  startEmbeddedServer,
} from '../../dist/libs/database/src/index.js';
import { migrateQueues } from '../../dist/libs/bus/src/index.js';
import { MIGRATIONS } from '../../dist/apps/standalone/src/migrations.js';
import pg from 'pg';

/**
 * Finds or starts the PostgreSQL server of the whole test run and migrates one template database, which
 * every test file copies (see libs/testing): the server that DATABASE_ADMIN_URL names; with
 * TEST_SERVERS=containers one by Testcontainers; else an embedded one.
 */
export default async function globalSetup() {
  const password = 'fairlead-test';
  const server = await findOrStartServer();
  globalThis.__FAIRLEAD_SERVER__ = server;
  const { adminUrl } = server;
  const template = `fairlead_template_${process.pid}`;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  await admin.query(`create database ${template}`);
  await admin.end();
  const templateUrl = new URL(adminUrl);
  templateUrl.pathname = `/${template}`;
  const services = DATABASE_ROLES.filter((role) => role !== 'bus').map(roleName);
  const databaseUrls = [SERVICE_LOGIN, ...services].map((login) => {
    const url = new URL(templateUrl);
    [url.username, url.password] = [login, password];
    return url.href;
  });
  await migrate(templateUrl.href, databaseUrls, MIGRATIONS);
  await migrateQueues(templateUrl.href);
  process.env.FAIRLEAD_TEST_ADMIN_URL = adminUrl;
  process.env.FAIRLEAD_TEST_TEMPLATE = template;
  process.env.FAIRLEAD_TEST_PASSWORD = password;
}

async function findOrStartServer() {
  const given = process.env.DATABASE_ADMIN_URL;
  if (given) return { adminUrl: given };
  return process.env.TEST_SERVERS === 'containers' ? startContainer() : startEmbedded();
}

const SETTINGS = { fsync: 'off', full_page_writes: 'off', max_connections: '300' };

/**
 * PostgreSQL, process 1 of its container, takes any orphan that ends badly for a crash of its own and restarts.
 * Testcontainers' own check is a shell that leaves one whenever the machine is too busy to answer in a second.
 * https://github.com/docker-library/postgres/issues/1349
 */
const HEALTH_CHECK = {
  test: ['CMD', 'pg_isready', '--host', '127.0.0.1'],
  interval: 500,
  timeout: 10_000,
  retries: 240,
};

async function startContainer() {
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  const flags = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const container = await new PostgreSqlContainer('postgres:18-alpine')
    .withCommand(['postgres', ...flags])
    .withHealthCheck(HEALTH_CHECK)
    .start();
  return { adminUrl: container.getConnectionUri(), stop: () => container.stop() };
}

async function startEmbedded() {
  const directory = await mkdtemp(join(tmpdir(), 'fairlead-test-'));
  await chmod(directory, 0o755);
  const server = await startEmbeddedServer({ directory, settings: SETTINGS });
  return {
    adminUrl: server.adminUrl('postgres'),
    stop: async () => {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
