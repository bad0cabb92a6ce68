import 'reflect-metadata';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkInvariants } from '#database';
import { freePort, startMailCatcher } from '#testing';
import { createStandalone } from '../apps/standalone/src/create-standalone.js';
import { prepareInstallation } from '../apps/standalone/src/installation.js';
import { INVARIANTS } from '../apps/standalone/src/invariants.js';
import { EnsureOperatorToken } from '../apps/gateway/src/operator/ensure-operator-token.js';
import { ApiClient } from './api-client.js';
import { onTerminal, silent } from './narrator.js';
import { playStory } from './story.js';
import { summarize } from './summary.js';

/**
 * `npm run demo [-- --once] [--json]`: a standalone server with an embedded database and a mail catcher, the
 * whole story played against it over HTTP, and then left running to look around.
 */
const { values: flags } = parseArgs({
  options: { once: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
});
const begun = performance.now();
const write = (text: string) => process.stdout.write(text);
const narrator = flags.json ? silent : onTerminal(write);

const dataDir = await mkdtemp(join(tmpdir(), 'fairlead-demo-'));
await chmod(dataDir, 0o755);
if (!flags.json) write('Starting PostgreSQL and Fairlead …\n');
const mail = await startMailCatcher();
const port = await freePort();
const { DATABASE_URL: _own, REDIS_URL: _queues, ...env } = process.env;
const installation = await prepareInstallation(
  { ...env, FAIRLEAD_DATA_DIR: dataDir },
  { smtpUrl: mail.url, logLevel: 'error', port, publicUrl: `http://127.0.0.1:${port}` },
);
const app = await createStandalone(installation.config);
const stop = async () => {
  await app.close();
  await installation.stop();
  await mail.stop();
  await rm(dataDir, { recursive: true, force: true });
};

try {
  await app.listen(port, installation.config.host);
  const url = installation.config.publicUrl;
  const operatorToken = (await app.get(EnsureOperatorToken).execute()) ?? '';
  const operator = new ApiClient(url).as(operatorToken);
  const story = await playStory(operator, mail, narrator);
  const invariants = await checkInvariants(installation.adminUrl ?? '', INVARIANTS, new Date());
  const summary = await summarize(operator, story, invariants, (performance.now() - begun) / 1_000);
  if (flags.json) write(`${JSON.stringify(summary)}\n`);
  else {
    write(
      `\nInvariants: ${invariants.filter(({ broken }) => broken === 0).length} of ${invariants.length} hold.\n`,
    );
    write(`It took ${summary.seconds.toFixed(1)} s.\n`);
  }
  if (flags.once) await stop();
  else {
    write(`\nLook around: ${url}/docs describes and tries the API.\n`);
    write(`  operator token   ${operatorToken}\n`);
    for (const { partner } of [story.winner, story.loser]) {
      write(`  ${partner.name.padEnd(16)} ${partner.api.token ?? ''}\n`);
    }
    write('Press Ctrl-C to stop; nothing is kept.\n');
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
  }
} catch (error) {
  await stop();
  throw error;
}
