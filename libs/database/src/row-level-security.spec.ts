import { MikroORM } from '@mikro-orm/postgresql';
import { newId } from '#kernel';
import { type OpenDatabase, openDatabase } from '#testing';
import { companyScope, Database, insertRows, refuseForeignLogin, refuseTooPowerfulRoles } from './index.js';

describe('row-level security', () => {
  let opened: OpenDatabase;
  let database: Database;

  beforeAll(async () => {
    opened = await openDatabase('commissions');
    ({ database } = opened);
  });

  afterAll(() => opened.close());

  const columns = {
    company_id: 'uuid',
    event_id: 'uuid',
    type: 'text',
    occurred_at: 'timestamptz',
    correlation_id: 'uuid',
    data: 'jsonb',
  };
  const event = (companyId: string) => {
    const id = newId('Event');
    return {
      company_id: companyId,
      event_id: id,
      type: 'order.placed',
      occurred_at: '2026-05-01T00:00:00Z',
      correlation_id: id,
      data: {},
    };
  };

  it('B-01 shows a tenant its own rows only, with no filter in the query', async () => {
    const [mine, theirs] = [newId('Company'), newId('Company')];
    await database.transaction(companyScope(mine), (tx) =>
      insertRows(tx, 'bus.event', columns, [event(mine)]),
    );
    const seen = (company: typeof mine) =>
      database.transaction(companyScope(company), (tx) => tx.query('select 1 from bus.event'));
    expect(await seen(mine)).toHaveLength(1);
    expect(await seen(theirs)).toHaveLength(0);
  });

  it('B-01 refuses to write a row of another tenant', async () => {
    const [mine, theirs] = [newId('Company'), newId('Company')];
    const write = database.transaction(companyScope(mine), (tx) =>
      insertRows(tx, 'bus.event', columns, [event(theirs)]),
    );
    await expect(write).rejects.toThrow(/row-level security/);
  });

  it('accepts a login at boot for the services it may act as, and refuses it for another', async () => {
    await refuseForeignLogin(database, ['tracking', 'commissions', 'access']);
    const own = await MikroORM.init({
      clientUrl: opened.server.urlOf('tracking'),
      entities: [],
      discovery: { warnWhenNoEntities: false },
    });
    const tracking = new Database(own, 'bus');
    await refuseTooPowerfulRoles(tracking);
    await refuseForeignLogin(tracking, ['tracking']);
    await expect(refuseForeignLogin(tracking, ['tracking', 'commissions'])).rejects.toThrow(
      'The database login "fairlead_tracking" may not act as "fairlead_commissions".',
    );
    await own.close(true);
  });

  it('accepts the services login at boot and refuses a superuser', async () => {
    await refuseTooPowerfulRoles(database);
    const admin = await MikroORM.init({
      clientUrl: opened.server.adminUrl,
      entities: [],
      discovery: { warnWhenNoEntities: false },
    });
    await expect(refuseTooPowerfulRoles(new Database(admin, 'commissions'))).rejects.toThrow(/superuser/);
    await admin.close(true);
  });
});
