import { parseArgs } from 'node:util';
import { Client } from 'pg';
import { messageOf, newId } from '#kernel';
import { hashOf } from '../../gateway/src/credential.js';
import { newOperatorToken } from '../../gateway/src/operator/operator-token.js';
import { openAdminDatabase } from './admin-database.js';

const USAGE = `npm run operator-token [-- --name NAME] [--revoke-others]

Makes a new administrator's token and prints it once, for when the last one is lost. Whoever can run this has the
database itself. --revoke-others ends all other operator tokens: do so when one may have been stolen.
`;

/** A lost operator token is replaced by whoever has the installation's files or its database login. */
async function replaceOperatorToken(name: string, others: 'stay' | 'end'): Promise<void> {
  const database = await openAdminDatabase(process.env);
  const client = new Client({ connectionString: database.adminUrl });
  try {
    await client.connect();
    const token = newOperatorToken();
    await client.query('begin');
    if (others === 'end') {
      await client.query('update access.operator set revoked_at = now() where revoked_at is null');
    }
    await client.query(
      `insert into access.operator (operator_id, name, role, secret_hash, created_at)
       values ($1, $2, 'admin', $3, now())`,
      [newId('Operator'), name, hashOf(token)],
    );
    await client.query('commit');
    process.stdout.write(`Operator token, shown this once: ${token}\n`);
  } finally {
    await client.end();
    await database.release();
  }
}

try {
  const { values } = parseArgs({
    options: {
      name: { type: 'string', default: 'Administrator by command line' },
      'revoke-others': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) process.stdout.write(USAGE);
  else await replaceOperatorToken(values.name, values['revoke-others'] ? 'end' : 'stay');
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}
