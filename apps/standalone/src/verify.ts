import { checkInvariants, type InvariantResult } from '#database';
import { messageOf } from '#kernel';
import { openAdminDatabase } from './admin-database.js';
import { INVARIANTS } from './invariants.js';

/**
 * `npm run verify [-- --json]`: checks the invariants on DATABASE_ADMIN_URL, else on the embedded database
 * under the data directory, running or not. Exit code 0: all hold; 1: some are broken; 2: could not look.
 */
async function verify(): Promise<number> {
  const database = await openAdminDatabase(process.env);
  try {
    const results = await checkInvariants(database.adminUrl, INVARIANTS, new Date());
    process.stdout.write(process.argv.includes('--json') ? asJson(results) : asText(results));
    return results.some((result) => result.broken > 0) ? 1 : 0;
  } finally {
    await database.release();
  }
}

function asText(results: readonly InvariantResult[]): string {
  const lines = results.flatMap(({ id, description, broken, samples }) => [
    `${broken === 0 ? 'ok    ' : 'BROKEN'} ${id.padEnd(14)} ${description}${broken ? `: ${broken} rows` : ''}`,
    ...samples.map((sample) => `         ${JSON.stringify(sample)}`),
  ]);
  const brokenCount = results.filter((result) => result.broken > 0).length;
  lines.push(`${results.length - brokenCount} hold, ${brokenCount} broken`);
  return `${lines.join('\n')}\n`;
}

function asJson(results: readonly InvariantResult[]): string {
  return `${JSON.stringify({ ok: results.every((result) => result.broken === 0), invariants: results })}\n`;
}

try {
  process.exitCode = await verify();
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 2;
}
