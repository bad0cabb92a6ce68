import { MikroORM } from '@mikro-orm/postgresql';
import { companyScope, Database, type Scope } from '#database';
import { newId } from '#kernel';
import {
  addCompany,
  addPartner,
  addPartnership,
  addProgram,
  asAdmin,
  startTestApp,
  type TestApp,
  type TestDatabase,
  type TestPartnership,
} from '#testing';
import { APPROVALS } from '../src/service.js';

const READ_BY_OTHERS = ['approvals.published_program_settings', 'approvals.published_membership_period'];

/** A row in each table that joining alone does not fill. */
async function fillTables(database: TestDatabase, membership: TestPartnership): Promise<void> {
  const { companyId, programId, partnershipId, partnerId } = membership;
  const own = [companyId, programId];
  for (const [table, column] of [
    ['application_form', 'fields'],
    ['application_rules', 'rules'],
  ]) {
    await asAdmin(
      database,
      `insert into approvals.${table} (company_id, program_id, version, ${column}, actor, published_at)
       values ($1, $2, 1, '[]', 'test', now())`,
      own,
    );
  }
  await asAdmin(
    database,
    `insert into approvals.invitation
       (company_id, program_id, invitation_id, email, invited_by, invited_at, expires_at)
     values ($1, $2, $3, 'pia@example.test', 'test', now(), now() + interval '1 day')`,
    [...own, newId('Invitation')],
  );
  await asAdmin(
    database,
    `insert into approvals.link_request
       (company_id, program_id, partnership_id, partner_id, link_request_id, state, requested_at)
     values ($1, $2, $3, $4, $5, 'pending', now())`,
    [...own, partnershipId, partnerId, newId('LinkRequest')],
  );
}

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
    for (const partnership of [one, two]) await fillTables(app.database, partnership);
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
    'approvals.application_form',
    'approvals.application_rules',
    'approvals.invitation',
    'approvals.link_request',
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
    expect(await names(scope, 'approvals.link_request', 'partnership_id')).toEqual([]);
  });
});
