import { Client } from 'pg';
import { type Id, newId } from '#kernel';
import type { TestDatabase } from './test-database.js';

/** A partner account with its address. */
export interface TestPartner {
  readonly partnerId: Id<'Partner'>;
  readonly email: string;
}

/** Adds a company as the gateway would, for tests of services that only need it to be there. */
export async function addCompany(database: TestDatabase, name: string): Promise<Id<'Company'>> {
  const companyId = newId('Company');
  await asAdmin(
    database,
    `insert into access.company (company_id, name, support_url, support_email, created_at)
     values ($1, $2, 'https://help.example.test', 'help@example.test', now())`,
    [companyId, name],
  );
  return companyId;
}

/** Adds a partner account; `wantsEmail` is what it chose about e-mails. */
export async function addPartner(
  database: TestDatabase,
  name: string,
  wantsEmail: 'wants e-mail' | 'no e-mail' = 'wants e-mail',
): Promise<TestPartner> {
  const partnerId = newId('Partner');
  const email = `${partnerId}@example.test`;
  await asAdmin(
    database,
    'insert into access.partner (partner_id, email, name, wants_email, created_at) values ($1, $2, $3, $4, now())',
    [partnerId, email, name, wantsEmail === 'wants e-mail'],
  );
  return { partnerId, email };
}

/** Runs one statement as administrator: for looking behind row-level security, and for faults. */
export async function asAdmin<Row>(
  database: TestDatabase,
  text: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query(text, [...parameters]);
    return rows as Row[];
  } finally {
    await client.end();
  }
}
