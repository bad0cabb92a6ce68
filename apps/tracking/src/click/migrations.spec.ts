import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '#testing';

describe('click partitions', () => {
  let server: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    server = await createTestDatabase();
    client = new Client({ connectionString: server.adminUrl });
    await client.connect();
  });

  afterAll(async () => {
    await client.end();
    await server.drop();
  });

  const partitionOf = async (clickId: string): Promise<string> => {
    const company = '0198c0de-0000-7000-8000-000000000001';
    await client.query(
      `insert into tracking.click values ($1, $2, $1, $1, $1, $1, '2031-01-01T00:00:00Z', null, null)`,
      [company, clickId],
    );
    const { rows } = await client.query<{ name: string }>(
      'select tableoid::regclass::text as name from tracking.click where click_id = $1',
      [clickId],
    );
    return rows[0]?.name ?? '';
  };
  const clickIdAt = (iso: string) => {
    const hex = Date.parse(iso).toString(16).padStart(12, '0');
    return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${hex}`;
  };

  it('exist for this month and the next once the schema is migrated', async () => {
    const { rows } = await client.query(
      `select 1 from pg_inherits where inhparent = 'tracking.click'::regclass`,
    );
    expect(rows).toHaveLength(3);
  });

  it('begin and end with the month in UTC, to the millisecond', async () => {
    await client.query(`select tracking.create_click_partitions('2031-03-15T12:00:00Z', 2)`);
    expect(await partitionOf(clickIdAt('2031-02-28T23:59:59.999Z'))).toBe('tracking.click_default');
    expect(await partitionOf(clickIdAt('2031-03-01T00:00:00.000Z'))).toBe('tracking.click_2031_03');
    expect(await partitionOf(clickIdAt('2031-03-31T23:59:59.999Z'))).toBe('tracking.click_2031_03');
    expect(await partitionOf(clickIdAt('2031-04-01T00:00:00.000Z'))).toBe('tracking.click_2031_04');
  });

  it('are created once, and a month that began in the default partition stays there', async () => {
    const create = async (iso: string) => {
      const { rows } = await client.query<{ created: number }>(
        'select tracking.create_click_partitions($1, 1) as created',
        [iso],
      );
      return rows[0]?.created;
    };
    expect(await create('2032-06-01T00:00:00Z')).toBe(1);
    expect(await create('2032-06-30T00:00:00Z')).toBe(0);
    await partitionOf(clickIdAt('2033-01-05T00:00:00Z'));
    expect(await create('2033-01-01T00:00:00Z')).toBe(0);
  });

  it('B-01 are closed to services but through the parent, which bounds the tenant', async () => {
    const { rows } = await client.query<{ open: string }>(
      `select c.relname as open from pg_inherits join pg_class c on c.oid = inhrelid
       where inhparent = 'tracking.click'::regclass and not (relrowsecurity and relforcerowsecurity)`,
    );
    expect(rows).toEqual([]);
  });
});
