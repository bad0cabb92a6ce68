import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type AppOptions, createApp, type ServiceDefinition } from '#bootstrap';
import { type AppConfig, readConfig } from '#config';
import { Authenticator } from '#http';
import type { Clock } from '#kernel';
import { TestAuthenticator } from './test-authenticator.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';

export const METRICS_TOKEN = 'metrics-token-of-tests';

/** Headers of whoever may read a test app's metrics. */
export const asScraper = { authorization: `Bearer ${METRICS_TOKEN}` };

export interface TestApp {
  readonly app: NestFastifyApplication;
  /** Listening on a free loopback port. */
  readonly url: string;
  readonly database: TestDatabase;
  /** Calls the app: JSON in, `{ status, body, headers }` out. */
  call(method: string, path: string, headers?: Record<string, string>, body?: unknown): Promise<TestResponse>;
  close(): Promise<void>;
}

export interface TestResponse {
  readonly status: number;
  readonly headers: Headers;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test reads what it expects to be there
  readonly body: any;
}

export interface TestAppOptions extends Partial<
  Pick<AppOptions, 'authenticator' | 'extraModules' | 'logger' | 'prepare'>
> {
  readonly clock?: Clock;
  readonly config?: Partial<AppConfig>;
  /** Use an existing database, which `close` then leaves alone. */
  readonly database?: TestDatabase;
}

/** Starts the services in this process on a database of their own, on the PostgreSQL queue backend. */
export async function startTestApp(
  services: readonly ServiceDefinition[],
  { config: settings, database: given, ...options }: TestAppOptions = {},
): Promise<TestApp> {
  const database = given ?? (await createTestDatabase());
  const dataDir = await mkdtemp(join(tmpdir(), 'fairlead-app-'));
  const config = readConfig(
    {},
    {
      databaseUrl: database.url,
      secretKey: 'test-secret-key-test-secret-key-test',
      dataDir,
      metricsToken: METRICS_TOKEN,
      requestsPerMinute: 1_000_000,
      logLevel: process.env['LOG_LEVEL'] ?? 'silent',
      ...settings,
    },
  );
  const app = await createApp({
    name: 'test',
    services,
    config,
    authenticator: { provide: Authenticator, useClass: TestAuthenticator },
    ...options,
  });
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  return {
    app,
    url,
    database,
    call: (method, path, headers, body) => callApi(url, method, path, headers, body),
    close: async () => {
      // A connection that fetch opened and has not used yet would keep the server open for a minute.
      app.getHttpServer().closeAllConnections();
      await app.close();
      if (!given) await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function callApi(
  url: string,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: unknown,
): Promise<TestResponse> {
  const response = await fetch(url + path, {
    method,
    redirect: 'manual',
    headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return {
    status: response.status,
    headers: response.headers,
    body: isJson && text ? JSON.parse(text) : text,
  };
}
