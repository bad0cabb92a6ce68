import { type Id, newId } from '#kernel';
import { may, type TestPartner, AttributionApp } from '../../test/attribution-app.js';
import { order } from '../../test/facts.js';

describe('attribution under row-level security', () => {
  let service: AttributionApp;
  const company: Id<'Company'> = newId('Company');
  let anna: TestPartner;
  let bert: TestPartner;

  beforeAll(async () => {
    service = await AttributionApp.start();
    anna = await service.partner(company);
    bert = await service.partner(company);
    const first = await service.click(anna, may(1));
    const last = await service.click(bert, may(2), first);
    await service.handle(order(company, 'o1', { at: may(3), customer: 'c1', click: last }));
  });
  afterAll(() => service.close());

  const seenBy = (partner: TestPartner, table: string) =>
    service.database
      .as(table.startsWith('published') ? 'commissions' : 'attribution')
      .transaction({ companies: [company], partnership: partner.partnershipId }, (tx) =>
        tx.query<{ partnership_id: string }>(`select partnership_id from attribution.${table}`),
      );

  it('A-04 B-01 shows the loser its own candidate, and neither the decision nor the customer', async () => {
    expect(await seenBy(anna, 'candidate')).toEqual([{ partnership_id: anna.partnershipId }]);
    for (const table of ['decision', 'customer']) {
      expect(await seenBy(anna, table)).toEqual([]);
    }
  });

  it('shows the winner the decision and its own candidate only', async () => {
    const own = [{ partnership_id: bert.partnershipId }];
    for (const table of ['decision', 'customer', 'candidate']) {
      expect(await seenBy(bert, table)).toEqual(own);
    }
  });

  it.each(['decision', 'customer', 'candidate'])('B-01 shows another company no %s', async (table) => {
    const rows = await service.database.transaction({ companies: [newId('Company')] }, (tx) =>
      tx.query(`select from attribution.${table}`),
    );
    expect(rows).toEqual([]);
  });

  it('has the tenant first in the key of every table', async () => {
    const { rows } = await service.admin.query<{ relname: string; first: string }>(
      `select c.relname, a.attname as first from pg_index i
         join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
         join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
        where n.nspname = 'attribution'`,
    );
    expect(rows.filter(({ first }) => first !== 'company_id')).toEqual([]);
    expect(new Set(rows.map(({ relname }) => relname))).toEqual(
      new Set([
        'customer',
        'decision',
        'candidate',
        'assignment',
        'precedence',
        'closed_referral',
        'idempotency_key',
      ]),
    );
  });
});
