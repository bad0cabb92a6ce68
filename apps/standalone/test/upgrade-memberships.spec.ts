import { Client } from 'pg';
import { migrate } from '#database';
import { newId } from '#kernel';
import type { TestDatabase } from '#testing';
import { MIGRATIONS } from '../src/migrations.js';
import { emptyDatabase } from './empty-database.js';

describe('an installation from before partners had groups and periods', () => {
  let database: TestDatabase;
  let admin: Client;

  const migrateTo = (before: string) =>
    migrate(
      database.adminUrl,
      [database.url],
      MIGRATIONS.filter(({ name }) => name < before),
    );

  beforeAll(async () => {
    database = await emptyDatabase();
    await migrateTo('20261121');
    admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
  });

  afterAll(async () => {
    await admin.end();
    await database.drop();
  });

  it('gives programs and memberships of before their group and their period', async () => {
    const [company, program] = [newId('Company'), newId('Program')];
    await admin.query(
      `insert into approvals.program (company_id, program_id, name, slug, created_at)
       values ($1, $2, 'Referrals', 'referrals', '2026-01-01T00:00:00Z')`,
      [company, program],
    );
    for (const [state, approvedAt, endedAt] of [
      ['pending', null, null],
      ['approved', '2026-02-01T00:00:00Z', null],
      ['removed', '2026-02-01T00:00:00Z', '2026-03-01T00:00:00Z'],
    ]) {
      await admin.query(
        `insert into approvals.partnership (company_id, partnership_id, program_id, partner_id, state, approved_at,
           ended_at, end_reason, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, '2026-01-15T00:00:00Z')`,
        [
          company,
          newId('Partnership'),
          program,
          newId('Partner'),
          state,
          approvedAt,
          endedAt,
          endedAt && 'Spam',
        ],
      );
    }

    await migrateTo('9');
    const { rows } = await admin.query(
      `select p.state, g.name as "group", m.effective_from = p.created_at as is_in_group_from_the_start,
         e.started_at = p.approved_at as has_period, e.ended_at is not distinct from p.ended_at as has_end,
         e.end_kind, e.end_reason
       from approvals.partnership p
       join approvals.partnership_group m using (company_id, partnership_id)
       join approvals.program_group g on g.group_id = m.group_id and g.is_default
       left join approvals.membership_period e on e.partnership_id = p.partnership_id
       order by p.state`,
    );
    const always = { group: 'Partners', is_in_group_from_the_start: true, has_end: true };
    expect(rows).toEqual([
      { ...always, state: 'approved', has_period: true, end_kind: null, end_reason: null },
      { ...always, state: 'pending', has_period: null, end_kind: null, end_reason: null },
      { ...always, state: 'removed', has_period: true, end_kind: 'removed', end_reason: 'Spam' },
    ]);
  });

  it('leaves row-level security forced on every table', async () => {
    const { rows } = await admin.query(
      `select relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'approvals' and c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity)`,
    );
    expect(rows).toEqual([]);
  });
});
