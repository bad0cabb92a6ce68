import { Client } from 'pg';
import { newId } from '#kernel';
import { createTestDatabase, type TestDatabase } from '#testing';
import { OLDER_DECISIONS } from '../apps/attribution/src/schema/older-decisions.js';
import { FACT_MIGRATIONS } from '../apps/tracking/src/normalise/migrations.js';

/** Events of the first version, on their way while the installation is brought up to date. */
describe('events on their way through an upgrade', () => {
  const [company, decision] = [newId('Company'), newId('Decision')];
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

  async function event(type: string, state: string, data: object): Promise<string> {
    const eventId = newId('Event');
    await admin.query(
      `insert into bus.event (company_id, event_id, type, occurred_at, correlation_id, data)
       values ($1, $2, $3, now(), $2, $4)`,
      [company, eventId, type, data],
    );
    await admin.query(
      `insert into bus.delivery (company_id, event_id, consumer, event_type, state)
       values ($1, $2, 'attribution', $3, $4)`,
      [company, eventId, type, state],
    );
    return eventId;
  }

  const revise = (eventId: string, data: object) =>
    admin.query(`insert into bus.event_revision values ($1, $2, 1, $3, 'test', 'test', now())`, [
      company,
      eventId,
      data,
    ]);

  const dataOf = async (eventId: string, table: 'event' | 'event_revision' = 'event') =>
    (await admin.query<{ data: object }>(`select data from bus.${table} where event_id = $1`, [eventId]))
      .rows[0]?.data;

  it('get what they did not say before, and what is done stays as it was', async () => {
    const order = { orderKey: 'o-1' };
    const placed = await event('order.placed', 'ready', order);
    const dead = await event('order.placed', 'dead', order);
    await revise(dead, { orderKey: 'o-2' });
    const done = await event('order.placed', 'done', order);
    const signup = await event('customer.signed_up', 'parked', { customerKey: 'c-1' });
    const fulfilled = await event('order.fulfilled', 'ignored', order);
    const subject = { kind: 'order', orderKey: 'o-1' };
    const decided = await event('attribution.decided', 'sent', { subject });
    const signupDecided = await event('attribution.decided', 'sent', { subject: { kind: 'signup' } });
    await admin.query(
      `insert into attribution.decision (company_id, decision_id, revision, subject_kind, subject_key, customer_id,
         occurred_at, presented, subject_facts, reason, cause, cause_event_id, decided_at)
       values ($1, $2, 1, 'order', 'o-1', $3, now(), 'none', $4, 'NO_CLICK_ID_PRESENTED', 'fact', $5, now())`,
      [company, decision, newId('Customer'), order, placed],
    );

    await admin.query('set role fairlead_owner');
    const upgrade = [...FACT_MIGRATIONS.flatMap(({ up }) => up), ...OLDER_DECISIONS];
    for (const statement of [...upgrade, ...upgrade]) await admin.query(statement);
    await admin.query('reset role');

    expect(await dataOf(placed)).toEqual({ ...order, codes: [], lines: [] });
    expect(await dataOf(dead, 'event_revision')).toEqual({ orderKey: 'o-2', codes: [], lines: [] });
    expect(await dataOf(done)).toEqual(order);
    expect(await dataOf(signup)).toEqual({ customerKey: 'c-1', codes: [] });
    expect(await dataOf(fulfilled)).toEqual({ ...order, lineKeys: null });
    expect(await dataOf(decided)).toEqual({ subject: { ...subject, lines: [] } });
    expect(await dataOf(signupDecided)).toEqual({ subject: { kind: 'signup' } });
    const { rows } = await admin.query(
      'select subject_facts from attribution.decision where decision_id = $1',
      [decision],
    );
    expect(rows).toEqual([{ subject_facts: { ...order, kind: 'order', lines: [] } }]);
    const { rows: unforced } = await admin.query(
      `select oid::regclass from pg_class where relrowsecurity and not relforcerowsecurity`,
    );
    expect(unforced).toEqual([]);
  });
});
