import { setTimeout as delay } from 'node:timers/promises';
import { type INestApplication, Logger } from '@nestjs/common';
import { isDatabaseAway } from '#database';
import { EnsureOperatorToken } from './ensure-operator-token.js';

const RETRY_MS = 1_000;

/**
 * On the first start of an installation, prints the token of its first administrator, this once. A process
 * may start although PostgreSQL is away: then this goes on in the background until it is back.
 */
export async function announceOperatorToken(app: INestApplication): Promise<void> {
  if (await announced(app)) return;
  void announceLater(app).catch((error: unknown) => {
    new Logger('OperatorToken').error(error, 'the first operator token was not made; start again for it');
  });
}

async function announceLater(app: INestApplication): Promise<void> {
  do await delay(RETRY_MS, undefined, { ref: false });
  while (!(await announced(app)));
}

/** @returns false when PostgreSQL is away */
async function announced(app: INestApplication): Promise<boolean> {
  try {
    const token = await app.get(EnsureOperatorToken).execute();
    if (token !== null) process.stdout.write(`Operator token, shown this once: ${token}\n`);
    return true;
  } catch (error) {
    if (isDatabaseAway(error)) return false;
    throw error;
  }
}
