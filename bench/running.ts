import { Client } from 'pg';
import { eventually } from '#testing';
import { ApiClient } from '../demo/api-client.js';
import type { Child } from './child.js';
import { createInstallation, operatorTokenOf } from './standalone.js';
import type { BenchmarkServer } from './servers.js';
import { createWorld, type World, type WorldSize } from './world.js';

/** A standalone process with a world to drive. */
export interface RunningInstallation {
  readonly child: Child;
  readonly adminUrl: string;
  readonly secretKey: string;
  readonly world: World;
  /** Waits until no delivery is ready or sent. */
  drained(): Promise<void>;
  stop(): Promise<void>;
}

export async function startInstallation(
  server: BenchmarkServer,
  name: string,
  redisUrl: string | null,
  size: WorldSize,
): Promise<RunningInstallation> {
  const installation = await createInstallation(server, name, redisUrl);
  const child = await installation.start();
  const { adminUrl, secretKey } = installation;
  const world = await createWorld(new ApiClient(child.url), operatorTokenOf(child), adminUrl, size);
  return {
    child,
    adminUrl,
    secretKey,
    world,
    drained: () => drained(adminUrl),
    stop: async () => {
      await child.stop();
      await installation.remove();
    },
  };
}

async function drained(adminUrl: string): Promise<void> {
  const database = new Client({ connectionString: adminUrl });
  await database.connect();
  try {
    await eventually(async () => {
      const { rowCount } = await database.query(
        `select 1 from bus.delivery where state in ('ready', 'sent') limit 1`,
      );
      return rowCount === 0;
    }, 600_000);
  } finally {
    await database.end();
  }
}
