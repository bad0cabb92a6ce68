import { globSync, readFileSync } from 'node:fs';
import { Client } from 'pg';
import { DATABASE_ROLES, roleName, SERVICE_LOGIN } from '#database';
import { newId } from '#kernel';
import { asAdmin, createTestDatabase, type TestDatabase } from '#testing';

const FOLDER_OF: Readonly<Record<string, string>> = { access: 'gateway' };

/** The SQL that a service's role can run: its own and that of the libraries, schema changes left out. */
function sourceOf(role: string): string {
  const files = globSync([`apps/${FOLDER_OF[role] ?? role}/src/**/*.ts`, 'libs/http/src/**/*.ts'], {
    exclude: ['**/*.spec.ts', '**/migrations.ts', '**/schema/*.ts'],
  });
  return files.map((file) => readFileSync(file, 'utf8')).join('\n');
}

describe('least privilege', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(() => database.drop());

  it("lets a service's role read those views of others only that its code reads", async () => {
    const grants = await asAdmin<{ role: string; view: string }>(
      database,
      `select replace(grantee, 'fairlead_', '') as role, table_schema || '.' || table_name as view
         from information_schema.role_table_grants
        where grantee like 'fairlead\\_%' and grantee <> 'fairlead_owner' and table_name like 'published\\_%'`,
    );
    expect(grants.length).toBeGreaterThan(10);
    expect(grants.filter(({ role, view }) => !sourceOf(role).includes(view))).toEqual([]);
  });

  it('publishes no view that nobody reads', async () => {
    const unread = await asAdmin(
      database,
      `select schemaname || '.' || viewname as view from pg_views v where viewname like 'published\\_%'
          and not exists (
            select from information_schema.role_table_grants g
             where g.table_schema = v.schemaname and g.table_name = v.viewname and g.grantee <> 'fairlead_owner')`,
    );
    expect(unread).toEqual([]);
  });

  it('gives functions that run with the rights of their owner a search path that ends in pg_temp', async () => {
    const functions = await asAdmin<{ name: string; settings: string[] | null }>(
      database,
      `select p.proname as name, p.proconfig as settings from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')`,
    );
    expect(functions.length).toBeGreaterThan(0);
    for (const { name, settings } of functions) {
      expect([name, settings]).toEqual([name, ['search_path=pg_catalog, pg_temp']]);
    }
  });

  describe('of a login that is one service', () => {
    const services = DATABASE_ROLES.filter((role) => role !== 'bus');
    const everyRole = ['fairlead_owner', SERVICE_LOGIN, ...DATABASE_ROLES.map(roleName)];

    it.each(services)('lets %s take its own role and that of the bus, and no other', async (role) => {
      const taken = await connected(database.urlOf(role), async (client) => {
        const able: string[] = [];
        for (const each of everyRole) {
          await client.query(`set role ${each}`).then(
            () => able.push(each),
            () => undefined,
          );
        }
        return able;
      });
      expect(taken.toSorted()).toEqual([roleName('bus'), roleName(role)].toSorted());
    });

    it('gives it nothing of the bus before it takes that role: events of other companies stay hidden', async () => {
      await asAdmin(
        database,
        `insert into bus.event (company_id, event_id, type, occurred_at, correlation_id, data)
         values ($1, $2, 'order.placed', now(), $2, '{}')`,
        [newId('Company'), newId('Event')],
      );
      const seen = await connected(database.urlOf('tracking'), async (client) => {
        const count = async () => (await client.query('select from bus.event')).rowCount;
        const itself = await count();
        await client.query(`set role ${roleName('bus')}`);
        return { itself, asBus: await count() };
      });
      expect(seen).toEqual({ itself: 0, asBus: 1 });
    });

    it('shuts it out of the tables of the others', async () => {
      const read = (role: 'tracking' | 'access') =>
        connected(database.urlOf(role), (client) => client.query('select from access.operator'));
      await expect(read('access')).resolves.toMatchObject({ rowCount: 0 });
      await expect(read('tracking')).rejects.toThrow('permission denied for table operator');
    });
  });
});

async function connected<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
