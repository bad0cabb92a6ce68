import { type Id, newId, publicId } from '#kernel';
import { asCompany } from '#testing';
import { may, type TestPartner, AttributionApp } from '../../test/attribution-app.js';
import { closed, order } from '../../test/facts.js';

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
    await service.handleReferrals(closed(bert, { at: may(4), customer: 'c1' }));
    await service.app.call('PUT', '/v1/attribution-settings', asCompany(company), {
      precedence: ['code', 'bound_customer', 'last_click'],
    });
    await service.app.call('POST', '/v1/customers', asCompany(company), {
      customerKey: 'c2',
      partnershipId: publicId('Partnership', bert.partnershipId),
      reason: 'met at the fair',
    });
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
    for (const table of ['decision', 'customer', 'assignment']) {
      expect(await seenBy(anna, table)).toEqual([]);
    }
  });

  it('shows the winner its own decisions, customers, candidates and assignments only', async () => {
    for (const table of ['decision', 'customer', 'candidate', 'assignment']) {
      const seen = await seenBy(bert, table);
      expect(new Set(seen.map((row) => row.partnership_id))).toEqual(new Set([bert.partnershipId]));
    }
  });

  it.each(['decision', 'customer', 'candidate', 'assignment', 'precedence', 'closed_referral'])(
    'B-01 shows another company no %s',
    async (table) => {
      const rows = await service.database.transaction({ companies: [newId('Company')] }, (tx) =>
        tx.query(`select from attribution.${table}`),
      );
      expect(rows).toEqual([]);
    },
  );

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
