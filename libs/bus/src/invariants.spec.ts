import { Client } from 'pg';
import { checkInvariants } from '#database';
import { newId } from '#kernel';
import { createTestDatabase, expectInvariants, FixedClock, type TestDatabase } from '#testing';
import { BUS_INVARIANTS } from './invariants.js';

describe('the invariants of the bus', () => {
  let database: TestDatabase;
  let admin: Client;

  beforeEach(async () => {
    database = await createTestDatabase();
    admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
  });

  afterEach(async () => {
    await admin.end();
    await database.drop();
  });

  async function event(): Promise<[string, string]> {
    const key: [string, string] = [newId('Company'), newId('Event')];
    await admin.query(
      `insert into bus.event (company_id, event_id, type, occurred_at, correlation_id, data)
       values ($1, $2, 'order.placed', now(), $2, '{}')`,
      key,
    );
    return key;
  }

  /** One event with one delivery to attribution in the state given by column values. */
  async function delivery(columns: string, values: string): Promise<void> {
    const key = await event();
    await admin.query(
      `insert into bus.delivery (company_id, event_id, consumer, event_type, ${columns})
       values ($1, $2, 'attribution', 'order.placed', ${values})`,
      key,
    );
  }

  const brokenIds = async (now = new Date()) => {
    const results = await checkInvariants(database.adminUrl, BUS_INVARIANTS, now);
    return results.filter((result) => result.broken > 0).map((result) => result.id);
  };

  it('hold on an empty database and on deliveries that are on their way', async () => {
    await delivery('state, due_at', `'ready', now() - interval '4 minutes'`);
    await delivery('state, lease_until', `'sent', now() - interval '1 minute'`);
    await delivery('state, deadline_at', `'parked', now() - interval '1 minute'`);
    await delivery('state, reason', `'ignored', 'UNSUPPORTED_TYPE'`);
    await delivery('state, error', `'dead', '{"code":"WEBHOOK_UNREADABLE"}'`);
    await expectInvariants(database, BUS_INVARIANTS);
  });

  it('show an event that one of its consumers will never hear of', async () => {
    await event();
    expect(await brokenIds()).toEqual(['I2.delivered']);
  });

  it.each([
    ['I2.ready', 'state, due_at', `'ready', now() - interval '6 minutes'`],
    ['I2.sent', 'state, lease_until', `'sent', now() - interval '3 minutes'`],
    ['I2.parked', 'state, deadline_at', `'parked', now() - interval '3 minutes'`],
    ['I2.explained', 'state', `'ignored'`],
    ['I2.explained', 'state', `'dead'`],
  ])('%s shows a stuck delivery: %s = %s', async (id, columns, values) => {
    await delivery(columns, values);
    expect(await brokenIds()).toEqual([id]);
  });

  it("judges deadlines by the application's time", async () => {
    await delivery('state, deadline_at', `'parked', '2026-05-01T00:15:00Z'`);
    await expectInvariants(database, BUS_INVARIANTS, new FixedClock('2026-05-01T00:16:00Z'));
    expect(await brokenIds(new Date('2026-05-01T00:18:00Z'))).toEqual(['I2.parked']);
  });

  it('refuse a login that row-level security would show less', async () => {
    await expect(checkInvariants(database.url, BUS_INVARIANTS, new Date())).rejects.toThrow(
      /permission denied|row-level security/,
    );
    const asOwner = new URL(database.adminUrl);
    asOwner.searchParams.set('options', '-c role=fairlead_owner');
    await expect(checkInvariants(asOwner.href, BUS_INVARIANTS, new Date())).rejects.toThrow(
      /row-level security/,
    );
  });
});
