import { Client, DatabaseError } from 'pg';
import { CannotStart } from '#kernel';

/** One embedded server, one process: its number among PostgreSQL's advisory locks. */
const CLAIM_KEY = 7_236_872;

/** A process that was killed may hold its claim for a moment longer. */
const PATIENCE_MS = 3_000;
const LOCK_NOT_AVAILABLE = '55P03';

/** That this process alone uses an embedded server, and so may stop it; ends with the process. */
export interface Claim {
  release(): Promise<void>;
}

/**
 * Claims an embedded server for this process. Two processes on one data directory would share the click
 * spool, and the first to end would take the database from the other.
 * @param serverUrl administrator's connection string
 * @param directory the data directory, for the error
 * @throws CannotStart when another process has it
 */
export async function claimServer(serverUrl: string, directory: string): Promise<Claim> {
  const client = new Client({ connectionString: serverUrl, application_name: 'fairlead-claim' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(`set lock_timeout = ${PATIENCE_MS}`);
    await client.query('select pg_advisory_lock($1)', [CLAIM_KEY]);
  } catch (error) {
    await client.end();
    if (!(error instanceof DatabaseError) || error.code !== LOCK_NOT_AVAILABLE) throw error;
    throw new CannotStart(
      `Another Fairlead process runs on ${directory}. Stop it first, or set FAIRLEAD_DATA_DIR and PORT ` +
        'for a second installation.',
    );
  }
  return { release: () => client.end() };
}
