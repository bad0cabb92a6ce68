import { setTimeout as delay } from 'node:timers/promises';
import { MikroORM } from '@mikro-orm/postgresql';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { connectBus } from '#bus';
import { Database, isDatabaseAway, refuseTooPowerfulRoles } from '#database';

const RETRY_MS = 1_000;

/**
 * Checks the database role and starts the consumers. When PostgreSQL is away, that happens once it is back:
 * the process starts all the same, because a redirect works without it.
 * @throws Error when events and handlers disagree, or when the database role is too powerful
 */
export async function joinDatabase(app: NestFastifyApplication, logger: Logger): Promise<void> {
  const join = async () => {
    await refuseTooPowerfulRoles(new Database(app.get(MikroORM), 'bus'));
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
