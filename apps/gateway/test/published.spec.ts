import type { DatabaseRole, Scope } from '#database';
import { type Id, newId } from '#kernel';
import { asAdmin, type OpenDatabase, openDatabase } from '#testing';

describe('what other services see of accounts', () => {
  const [mine, theirs] = [newId('Company'), newId('Company')];
  const [ada, grace, stranger] = [newId('Partner'), newId('Partner'), newId('Partner')];
  let opened: OpenDatabase;

  beforeAll(async () => {
    opened = await openDatabase('access');
    for (const partner of [ada, grace, stranger]) {
      await asAdmin(
        opened.server,
        `insert into access.partner (partner_id, email, name, created_at) values ($1, $2, 'N', now())`,
        [partner, `${partner}@example.org`],
      );
    }
    await joined(mine, ada);
    await joined(theirs, grace);
  });

  afterAll(() => opened.close());

  async function joined(companyId: Id<'Company'>, partnerId: Id<'Partner'>): Promise<void> {
    const programId = newId('Program');
    await asAdmin(
      opened.server,
      `insert into access.company (company_id, name, created_at) values ($1, 'C', now())`,
      [companyId],
    );
    await asAdmin(
      opened.server,
      `insert into approvals.program (company_id, program_id, name, slug, created_at)
       values ($1, $2, 'P', 'p', now())`,
      [companyId, programId],
    );
    await asAdmin(
      opened.server,
      `insert into approvals.partnership
         (company_id, partnership_id, program_id, partner_id, state, created_at)
       values ($1, $2, $3, $4, 'pending', now())`,
      [companyId, newId('Partnership'), programId, partnerId],
    );
  }

  const read = (role: DatabaseRole, scope: Scope, sql: string) =>
    opened.database.as(role).transaction(scope, (tx) => tx.query(sql));

  it('B-01 is companies in scope, and no other', async () => {
    const sql = 'select company_id from access.published_company';
    expect(await read('tracking', { companies: [mine] }, sql)).toEqual([{ company_id: mine }]);
    expect(await read('tracking', { companies: [] }, sql)).toEqual([]);
  });

  it('B-01 is partners who applied to a program of a company in scope, and no other', async () => {
    const sql = 'select partner_id from access.published_partner';
    expect(await read('messaging', { companies: [mine] }, sql)).toEqual([{ partner_id: ada }]);
    expect(await read('approvals', { companies: [theirs] }, sql)).toEqual([{ partner_id: grace }]);
    expect(await read('messaging', { companies: [], partner: stranger }, sql)).toEqual([
      { partner_id: stranger },
    ]);
  });

  it('B-01 keeps teams apart by row-level security alone, and shows a person the own memberships only', async () => {
    const [mia, theo] = [newId('Person'), newId('Person')];
    for (const [personId, companyId, partnerId] of [
      [mia, mine, null],
      [theo, theirs, null],
      [theo, null, ada],
    ]) {
      await asAdmin(
        opened.server,
        `with person as (
           insert into access.person (person_id, email, name, created_at)
           values ($1::uuid, $1::text || '@example.org', 'P', now()) on conflict do nothing)
         insert into access.member (company_id, partner_id, member_id, person_id, role, invited_by, joined_at)
         values ($2, $3, $4, $1, 'owner', 'test', now())`,
        [personId, companyId, partnerId, newId('Member')],
      );
    }
    const sql = 'select person_id, account_id from access.member order by account_id';
    expect(await read('access', { companies: [mine] }, sql)).toEqual([{ person_id: mia, account_id: mine }]);
    expect(await read('access', { companies: [], partner: ada }, sql)).toEqual([
      { person_id: theo, account_id: ada },
    ]);
    expect(await read('access', { companies: [], person: theo }, sql)).toHaveLength(2);
    expect(await read('access', { companies: [] }, sql)).toEqual([]);
    const taking = `update access.member set role = 'viewer' where person_id = '${mia}' returning role`;
    expect(await read('access', { companies: [theirs] }, taking)).toEqual([]);
  });

  it("B-01 shows who is in the teams of a company's own partners, by ids, and of no others", async () => {
    const [lin, kim] = [newId('Person'), newId('Person')];
    for (const [personId, partnerId] of [
      [lin, ada],
      [kim, grace],
    ]) {
      await asAdmin(
        opened.server,
        `with person as (
           insert into access.person (person_id, email, name, created_at)
           values ($1::uuid, $1::text || '@example.org', 'P', now()))
         insert into access.member (partner_id, member_id, person_id, role, invited_by, joined_at)
         values ($2, $3, $1, 'owner', 'test', now())`,
        [personId, partnerId, newId('Member')],
      );
    }
    const sql = `select * from access.published_partner_person where person_id = any('{${lin},${kim}}')`;
    const seen = { partner_id: ada, person_id: lin, removed_at: null };
    expect(await read('approvals', { companies: [mine] }, sql)).toEqual([seen]);
    expect(await read('approvals', { companies: [], partner: ada }, sql)).toEqual([seen]);
    expect(await read('approvals', { companies: [] }, sql)).toEqual([]);
    await expect(read('messaging', { companies: [mine] }, sql)).rejects.toThrow(/permission denied/);
    const unfiltered = `select 1 from access.member where person_id = '${lin}'`;
    expect(await read('access', { companies: [mine] }, unfiltered)).toEqual([]);
  });

  it.each([
    'person',
    'member',
    'team_invitation',
    'team_change',
    'identity',
    'partner',
    'sign_in',
    'session',
    'operator',
    'company',
    'api_key',
    'idempotency_key',
  ])('is not the table %s itself', async (table) => {
    const roles = [
      'tracking',
      'attribution',
      'commissions',
      'approvals',
      'messaging',
      'reconciliation',
      'bus',
    ];
    for (const role of roles as DatabaseRole[]) {
      const reading = read(role, { companies: [mine] }, `select 1 from access.${table}`);
      await expect(reading).rejects.toThrow(/permission denied/);
    }
  });

  it('leaves every table of the schema with row-level security, but for the listed account tables', async () => {
    const open = await asAdmin<{ name: string }>(
      opened.server,
      `select relname as name from pg_class
        where relnamespace = 'access'::regnamespace and relkind in ('r', 'p')
          and not (relrowsecurity and relforcerowsecurity) order by relname`,
    );
    expect(open.map(({ name }) => name)).toEqual([
      'identity',
      'operator',
      'partner',
      'person',
      'session',
      'sign_in',
    ]);
  });
});
