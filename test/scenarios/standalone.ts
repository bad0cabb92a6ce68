import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type AppConfig, readConfig } from '#config';
import type { Clock } from '#kernel';
import { createTestDatabase, freePort, type TestDatabase } from '#testing';
import { EnsureOperatorToken } from '../../apps/gateway/src/operator/ensure-operator-token.js';
import { createStandalone } from '../../apps/standalone/src/create-standalone.js';
import { ApiClient } from '../../demo/api-client.js';

/** The whole product in this process, with real credentials, on a database of its own. */
export interface Standalone {
  readonly app: NestFastifyApplication;
  readonly url: string;
  readonly database: TestDatabase;
  readonly operator: ApiClient;
  readonly operatorToken: string;
  readonly config: AppConfig;
  /** Stops the product; the database stays. */
  stop(): Promise<void>;
  /** Stops the product and drops the database. */
  close(): Promise<void>;
}

export interface StandaloneOptions {
  readonly config?: Partial<AppConfig>;
  readonly clock?: Clock;
}

export async function startStandalone(options: StandaloneOptions = {}): Promise<Standalone> {
  const database = await createTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'fairlead-scenario-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const config = readConfig(
    {},
    {
      databaseUrl: database.url,
      secretKey: 'scenario-secret-key-scenario-secret-key',
      dataDir,
      publicUrl: url,
      requestsPerMinute: 1_000_000,
      logLevel: process.env['LOG_LEVEL'] ?? 'silent',
      ...options.config,
    },
  );
  const app = await createStandalone(config, options.clock ? { clock: options.clock } : {});
  await app.listen(port, '127.0.0.1');
  const operatorToken = (await app.get(EnsureOperatorToken).execute()) ?? '';
  const stop = () => app.close();
  return {
    app,
    url,
    database,
    operator: new ApiClient(url).as(operatorToken),
    operatorToken,
    config,
    stop,
    close: async () => {
      await stop();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
