import { MikroORM } from '@mikro-orm/postgresql';
import { companyScope, Database, type Scope } from '#database';
import {
  addCompany,
  addPartner,
  addPartnership,
  addProgram,
  startTestApp,
  type TestApp,
  type TestPartnership,
} from '#testing';
import { APPROVALS } from '../src/service.js';

const READ_BY_OTHERS = ['approvals.published_program_settings', 'approvals.published_membership_period'];

/** Row-level security alone: every query here leaves out the filter that the code would add. */
describe('isolation of memberships', () => {
  let app: TestApp;
  let database: Database;
  let one: TestPartnership;
  let two: TestPartnership;

  beforeAll(async () => {
    app = await startTestApp([APPROVALS]);
    database = new Database(app.app.get(MikroORM), 'approvals');
    const join = async (company: string) => {
      const companyId = await addCompany(app.database, company);
      return addPartnership(
        app.database,
        await addProgram(app.database, companyId, { name: `${company} Referrals` }),
      );
    };
    [one, two] = await Promise.all([join('Lighthouse GmbH'), join('Harbour Ltd')]);
  });

  afterAll(() => app.close());

  const names = async (scope: Scope, table: string, column: string) =>
    (
      await database.transaction(scope, (tx) =>
        tx.query<{ value: string }>(`select ${column} as value from ${table}`),
      )
    ).map(({ value }) => value);

  it.each([
    'approvals.program',
    'approvals.program_settings',
    'approvals.program_group',
    'approvals.partnership_group',
    'approvals.membership_period',
    'approvals.published_group',
    'approvals.published_partnership_group',
    'approvals.published_membership_period',
    'approvals.published_program_settings',
  ])('B-01 shows a company nothing of another in %s', async (table) => {
    const reader = new Database(
      app.app.get(MikroORM),
      READ_BY_OTHERS.includes(table) ? 'attribution' : 'approvals',
    );
    const rows = await reader.transaction(companyScope(one.companyId), (tx) =>
      tx.query<{ program_id: string }>(`select program_id from ${table}`),
    );
    expect(rows).toEqual([{ program_id: one.programId }]);
  });

  it('B-08 shows a partner, of all companies, the own memberships only', async () => {
    const scope = { companies: [], partner: one.partnerId };
    expect(await names(scope, 'approvals.partnership', 'partnership_id')).toEqual([one.partnershipId]);
    expect(await names(scope, 'approvals.published_partnership', 'partnership_id')).toEqual([
      one.partnershipId,
    ]);
  });

  it('lets a partner who is about to apply look up programs, and nothing else of their companies', async () => {
    const { partnerId } = await addPartner(app.database, 'New Partner');
    const scope = { companies: [], partner: partnerId };
    expect(await names(scope, 'approvals.program', 'program_id')).toEqual(
      expect.arrayContaining([one.programId, two.programId]),
    );
    for (const table of ['program_settings', 'terms', 'partnership', 'application', 'terms_acceptance']) {
      expect(await names(scope, `approvals.${table}`, 'program_id')).toEqual([]);
    }
    expect(await names({ companies: [] }, 'approvals.program', 'program_id')).toEqual([]);
  });

  it('says no to links where the terms and settings behind the answer are out of sight', async () => {
    const scope = { companies: [], partner: one.partnerId };
    const rows = await database.transaction(scope, (tx) =>
      tx.query('select has_accepted_terms, are_links_enabled from approvals.published_partnership'),
    );
    expect(rows).toEqual([{ has_accepted_terms: false, are_links_enabled: false }]);
  });

  it('shows one membership nothing of its neighbour in the same program', async () => {
    const neighbour = await addPartnership(app.database, one);
    const scope = { companies: [one.companyId], partnership: neighbour.partnershipId };
    for (const table of ['partnership', 'partnership_group', 'membership_period']) {
      expect(await names(scope, `approvals.${table}`, 'partnership_id')).toEqual([neighbour.partnershipId]);
    }
  });
});
