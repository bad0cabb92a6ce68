import type { INestApplication } from '@nestjs/common';
import { EnsureOperatorToken } from './ensure-operator-token.js';

/** On the first start of an installation, prints the token of its first administrator, this once. */
export async function announceOperatorToken(app: INestApplication): Promise<void> {
  const token = await app.get(EnsureOperatorToken).execute();
  if (token !== null) process.stdout.write(`Operator token, shown this once: ${token}\n`);
}
