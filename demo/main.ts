import 'reflect-metadata';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runProcess } from '#bootstrap';
import { checkInvariants } from '#database';
import { freePort, startMailCatcher } from '#testing';
import { createStandalone } from '../apps/standalone/src/create-standalone.js';
import { prepareInstallation } from '../apps/standalone/src/installation.js';
import { INVARIANTS } from '../apps/standalone/src/invariants.js';
import { EnsureOperatorToken } from '../apps/gateway/src/operator/ensure-operator-token.js';
import { ApiClient } from './api-client.js';
import { onTerminal, silent } from './narrator.js';
import { playStory, type StoryResult } from './story.js';
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

/** What was started, the last first. */
const undo: (() => Promise<unknown>)[] = [];
let ending: Promise<void> | undefined;
const stop = () => (ending ??= end());

async function end(): Promise<void> {
  for (const step of undo) await step();
}

async function tellStory(): Promise<void> {
  if (!flags.json) write('Starting PostgreSQL and Fairlead …\n');
  const dataDir = await mkdtemp(join(tmpdir(), 'fairlead-demo-'));
  undo.unshift(() => rm(dataDir, { recursive: true, force: true }));
  await chmod(dataDir, 0o755);
  const mail = await startMailCatcher();
  undo.unshift(() => mail.stop());
  const port = await freePort();
  // No other setting of the caller's: the demo is not to reach a real mail server or database.
  const installation = await prepareInstallation(
    { FAIRLEAD_DATA_DIR: dataDir, LOG_LEVEL: process.env['LOG_LEVEL'] },
    { smtpUrl: mail.url, logLevel: 'error', port, publicUrl: `http://127.0.0.1:${port}` },
  );
  undo.unshift(() => installation.stop());
  const app = await createStandalone(installation.config);
  undo.unshift(() => app.close());
  await app.listen(port, installation.config.host);

  const url = installation.config.publicUrl;
  const operatorToken = (await app.get(EnsureOperatorToken).execute()) ?? '';
  const operator = new ApiClient(url).as(operatorToken);
  const story = await playStory(operator, mail, narrator);
  const invariants = await checkInvariants(installation.adminUrl ?? '', INVARIANTS, new Date());
  const summary = await summarize(operator, story, invariants, (performance.now() - begun) / 1_000);
  if (flags.json) {
    write(`${JSON.stringify(summary)}\n`);
    return;
  }
  write(
    `\nInvariants: ${invariants.filter(({ broken }) => broken === 0).length} of ${invariants.length} hold.\n`,
  );
  write(`It took ${summary.seconds.toFixed(1)} s.\n`);
  if (!flags.once) write(whereToLook(url, operatorToken, story));
}

function whereToLook(url: string, operatorToken: string, story: StoryResult): string {
  const partners = [story.winner, story.loser].map(
    ({ partner }) => `
${partner.name} (for 10 minutes)
  ${partner.api.token ?? ''}
  then POST ${url}/v1/sessions/refresh {"refreshToken":"${partner.refreshToken}"}`,
  );
  return `
Look around: ${url}/docs describes and tries the API. "Authorize" takes these tokens.

Operator
  ${operatorToken}
Company
  ${story.companyKey}${partners.join('')}

Press Ctrl-C to stop; nothing is kept.
`;
}

await runProcess(async () => {
  try {
    await tellStory();
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
});
if (flags.once) await stop();
