import { setTimeout as delay } from 'node:timers/promises';
import { MikroORM } from '@mikro-orm/postgresql';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { connectBus, roleOf } from '#bus';
import type { Service } from '#contracts';
import { Database, isDatabaseAway, refuseForeignLogin, refuseTooPowerfulRoles } from '#database';

const RETRY_MS = 1_000;

/**
 * Checks the database role and starts the consumers. When PostgreSQL is away, that happens once it is back:
 * the process starts all the same, because a redirect works without it.
 * @throws Error when events and handlers disagree, or when the database login may do too much or too little
 */
export async function joinDatabase(
  app: NestFastifyApplication,
  services: readonly Service[],
  logger: Logger,
): Promise<void> {
  const join = async () => {
    const database = new Database(app.get(MikroORM), 'bus');
    await refuseTooPowerfulRoles(database);
    await refuseForeignLogin(database, services.map(roleOf));
    await connectBus(app);
  };
  if (await isThere(app)) {
    await join();
    return;
  }
  logger.warn('database.away_at_start');
  const closed = new AbortController();
  app.getHttpServer().once('close', () => closed.abort());
  joinLater(app, join, closed.signal).catch(async (error: unknown) => {
    if (closed.signal.aborted) return;
    logger.fatal({ err: error }, 'database.not_joined');
    process.exitCode = 1;
    await app.close();
  });
}

async function joinLater(
  app: NestFastifyApplication,
  join: () => Promise<void>,
  closed: AbortSignal,
): Promise<void> {
  do {
    await delay(RETRY_MS, undefined, { ref: false });
    if (closed.aborted) return;
  } while (!(await isThere(app)));
  await join();
}

async function isThere(app: NestFastifyApplication): Promise<boolean> {
  try {
    await new Database(app.get(MikroORM), 'bus').transaction({ companies: [] }, (tx) => tx.query('select 1'));
    return true;
  } catch (error) {
    if (isDatabaseAway(error)) return false;
    throw error;
  }
}
