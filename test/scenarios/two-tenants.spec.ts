import { asAdmin, drained, type MailCatcher, startMailCatcher } from '#testing';
import { Database, DATABASE_ROLES, type DatabaseRole, type Scope } from '#database';
import { type Id, newId, parseId } from '#kernel';
import { silent } from '../../demo/narrator.js';
import { playStory } from '../../demo/story.js';
import { type Standalone, startStandalone } from './standalone.js';

interface Relation {
  readonly name: string;
  readonly has_partnership: boolean;
}

/** Ingest, relay and sweeper pass tenants on the tables of the bus and of raw webhooks, and only there. */
const SERVICES = DATABASE_ROLES.filter((role) => role !== 'bus');

/** The gateway lists companies to operators and finds one by its key: its role passes tenants here, and only here. */
const ACCOUNTS = ['access.company'];

/** Tables and views of tenants that a role may read at all. */
const READABLE = `
  select c.oid::regclass::text as name,
    exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'partnership_id') as has_partnership
  from pg_class c
  where c.relkind in ('r', 'p', 'v') and not c.relispartition and has_table_privilege($1, c.oid, 'select')
    and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'company_id')
  order by 1`;

describe('row-level security alone, with no filter in the query, after the whole path', () => {
  let mail: MailCatcher;
  let product: Standalone;
  let company: Id<'Company'>;

  beforeAll(async () => {
    mail = await startMailCatcher();
    product = await startStandalone({ config: { smtpUrl: mail.url } });
    company = parseId('Company', (await playStory(product.operator, mail, silent)).companyId);
    await drained(product.database);
  });

  afterAll(async () => {
    await product.close();
    await mail.stop();
  });

  const readable = (role: DatabaseRole) =>
    asAdmin<Relation>(product.database, READABLE, [`fairlead_${role}`]);

  /** The relations with rows, as the role sees them under the scope. */
  async function filled(role: DatabaseRole, scope: Scope, relations: readonly Relation[], where = 'true') {
    const found = await product.app
      .get(Database, { strict: false })
      .as(role)
      .transaction(scope, (tx) =>
        tx.query<{ name: string }>(
          relations
            .map(({ name }) => `select '${name}' as name where exists (select from ${name} where ${where})`)
            .join(' union all '),
        ),
      );
    return found.map(({ name }) => name);
  }

  it.each(SERVICES)('B-01 shows the role %s rows of the own company, and none to another', async (role) => {
    const relations = await readable(role);
    expect((await filled(role, { companies: [company] }, relations)).length).toBeGreaterThan(1);
    const tenants = relations.filter(({ name }) => !ACCOUNTS.includes(name));
    expect(await filled(role, { companies: [newId('Company')] }, tenants)).toEqual([]);
    expect(await filled(role, { companies: [] }, tenants)).toEqual([]);
  });

  it.each(SERVICES)('B-08 shows the role %s no rows of another partnership to a partner', async (role) => {
    const relations = (await readable(role)).filter((relation) => relation.has_partnership);
    const scope = { companies: [company], partnership: newId('Partnership') };
    expect(await filled(role, scope, relations, 'partnership_id is not null')).toEqual([]);
  });
});
