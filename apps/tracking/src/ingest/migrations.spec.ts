import { Client } from 'pg';
import { newId } from '#kernel';
import { createTestDatabase, type TestDatabase } from '#testing';

describe('the tables of ingest', () => {
  let database: TestDatabase;
  let admin: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
  });

  afterAll(async () => {
    await admin.end();
    await database.drop();
  });

  const partitions = async () => {
    const { rows } = await admin.query<{
      relname: string;
      relrowsecurity: boolean;
      relforcerowsecurity: boolean;
    }>(
      `select relname, relrowsecurity, relforcerowsecurity from pg_class join pg_inherits on inhrelid = pg_class.oid
       where inhparent = 'tracking.raw_body'::regclass order by relname`,
    );
    return rows;
  };

  const month = (offset: number) => {
    const today = new Date();
    const first = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + offset, 1));
    return { first, name: `raw_body_${first.toISOString().slice(0, 7).replace('-', '_')}` };
  };

  it('B-01 lets the role that passes tenants touch only what ingest needs', async () => {
    const { rows } = await admin.query<{ table_name: string; privileges: string }>(
      `select table_name, string_agg(privilege_type, ' ' order by privilege_type) as privileges
       from information_schema.role_table_grants
       where grantee = 'fairlead_bus' and table_schema = 'tracking'
         and table_name in ('integration', 'integration_secret', 'integration_mapping', 'request_key', 'raw_body',
           'request_conflict', 'signature_failure', 'order_alias', 'customer_alias', 'charge_refund')
       group by table_name order by table_name`,
    );
    expect(rows.map((row) => [row.table_name, row.privileges])).toEqual([
      ['integration', 'SELECT'],
      ['integration_secret', 'SELECT'],
      ['raw_body', 'INSERT'],
      ['request_conflict', 'INSERT SELECT'],
      ['request_key', 'INSERT SELECT'],
      ['signature_failure', 'INSERT SELECT UPDATE'],
    ]);
  });

  it('has the partitions of this month and the next two, closed by row-level security', async () => {
    const found = await partitions();
    expect(found.map(({ relname }) => relname)).toEqual([
      month(0).name,
      month(1).name,
      month(2).name,
      'raw_body_default',
    ]);
    expect(found.every((row) => row.relrowsecurity && row.relforcerowsecurity)).toBe(true);
  });

  it('puts a body into the month of its request id', async () => {
    await admin.query(
      `insert into tracking.raw_body
         (company_id, request_id, integration_id, external_id, received_at, headers, body)
       values ($1, $2, $3, 'msg_1', now(), '{}', 'x')`,
      [newId('Company'), newId('WebhookRequest'), newId('Integration')],
    );
    const { rows } = await admin.query<{ partition: string }>(
      'select tableoid::regclass::text as partition from tracking.raw_body',
    );
    expect(rows).toEqual([{ partition: `tracking.${month(0).name}` }]);
  });

  it('drops months that are past 90 days whole, and keeps the one that is not', async () => {
    for (const offset of [-5, -2]) {
      await admin.query(
        `create table tracking.${month(offset).name} partition of tracking.raw_body
         for values from (tracking.first_request_id_of('${month(offset).first.toISOString()}'))
         to (tracking.first_request_id_of('${month(offset + 1).first.toISOString()}'))`,
      );
    }
    await admin.query('alter table tracking.raw_body owner to fairlead_owner');
    await admin.query(
      `do $$ declare name text; begin
         for name in select inhrelid::regclass::text from pg_inherits where inhparent = 'tracking.raw_body'::regclass
         loop execute 'alter table ' || name || ' owner to fairlead_owner'; end loop; end $$`,
    );
    await admin.query('select tracking.make_raw_body_partitions(), tracking.drop_old_raw_bodies()');
    expect((await partitions()).map(({ relname }) => relname)).toEqual([
      month(-2).name,
      month(0).name,
      month(1).name,
      month(2).name,
      'raw_body_default',
    ]);
  });

  it('publishes bodies as text, with the type that a native body names', async () => {
    const company = newId('Company');
    const bodies: [string, string | null, Buffer][] = [
      ['a-native', null, Buffer.from('{ "type" : "order.placed", "data": {} }')],
      ['b-stripe', 'invoice.paid', Buffer.from('{"data":{"object":{"type":"x"}},"type":"invoice.paid"}')],
      ['c-broken', null, Buffer.from([0xff, 0x00])],
    ];
    for (const [externalId, type, body] of bodies) {
      await admin.query(
        `insert into tracking.raw_body
           (company_id, request_id, integration_id, external_id, event_type, received_at, headers, body)
         values ($1, $2, $3, $4, $5, now(), '{}', $6)`,
        [company, newId('WebhookRequest'), newId('Integration'), externalId, type, body],
      );
    }
    const seenBy = async (companyId: string) => {
      await admin.query('begin');
      await admin.query(`select set_config('fairlead.companies', '{${companyId}}', true)`);
      await admin.query('set local role fairlead_reconciliation');
      const { rows } = await admin.query<{ external_id: string; event_type: string | null; body: string }>(
        'select external_id, event_type, body from tracking.published_webhook_request order by external_id',
      );
      await admin.query('rollback');
      return rows.map((row) => [row.external_id, row.event_type, row.body]);
    };
    expect(await seenBy(company)).toEqual([
      ['a-native', 'order.placed', bodies[0]?.[2].toString()],
      ['b-stripe', 'invoice.paid', bodies[1]?.[2].toString()],
      ['c-broken', null, '\\377\\000'],
    ]);
    expect(await seenBy(newId('Company'))).toEqual([]);
  });
});
