import { MikroORM } from '@mikro-orm/postgresql';
import { Database, type DatabaseRole, type Scope } from '#database';
import { eventually, type TestApp, type TestPartnership } from '#testing';
import { earned, newPartnership, notices, publish, startApp } from './messaging-app.js';

/** Row-level security and grants alone: every query here leaves out the filter that the code would add. */
describe('isolation of notices and e-mails', () => {
  let app: TestApp;
  let one: TestPartnership;
  let two: TestPartnership;

  beforeEach(async () => {
    app = await startApp({});
    [one, two] = [await newPartnership(app.database), await newPartnership(app.database)];
    await publish(app, earned(one), earned(two));
    for (const partnership of [one, two]) {
      await eventually(async () => (await notices(app, partnership)).body.data.length === 1);
    }
  });

  const read = (role: DatabaseRole, scope: Scope, columns: string, table: string) =>
    new Database(app.app.get(MikroORM), role).transaction(scope, (tx) =>
      tx.query(`select ${columns} from messaging.${table}`),
    );

  it('B-01 bounds notices by company and by partnership, and e-mails by company', async () => {
    const both = { companies: [one.companyId, two.companyId] };
    expect(await read('messaging', both, 'partner_id', 'notice')).toHaveLength(2);
    expect(
      await read('messaging', { ...both, partnership: one.partnershipId }, 'partner_id', 'notice'),
    ).toEqual([{ partner_id: one.partnerId }]);
    expect(await read('messaging', { companies: [two.companyId] }, 'recipient', 'email')).toEqual([
      { recipient: two.email },
    ]);
    expect(await read('messaging', { companies: [] }, 'recipient', 'email')).toEqual([]);
  });

  it("lets the sweeper's role find what waits in any company, not read it", async () => {
    const nobody = { companies: [] };
    expect(await read('bus', nobody, 'company_id, email_id, state', 'email')).toHaveLength(2);
    for (const column of ['recipient', 'params', 'partner_id', 'message_id']) {
      await expect(read('bus', nobody, column, 'email')).rejects.toThrow(/permission denied/);
    }
    await expect(read('bus', nobody, 'title', 'notice')).rejects.toThrow(/permission denied/);
  });
});
