import { migrateQueues } from '#bus';
import { SecretBox } from '#config';
import { migrate } from '#database';
import { type Id, newId, publicId } from '#kernel';
import { asAdmin, type TestDatabase } from '#testing';
import { refreshTokenOf } from '../../gateway/src/session/session-tokens.js';
import { bearer, startGateway } from '../../gateway/test/gateway-app.js';
import { MIGRATIONS } from '../src/migrations.js';
import { emptyDatabase } from './empty-database.js';

const BEFORE_PEOPLE = '20261121';

describe('an installation from before people had accounts of their own', () => {
  let database: TestDatabase;
  const partnerId = newId('Partner');
  const sessionId = newId('Session');

  beforeAll(async () => {
    database = await emptyDatabase();
    const old = MIGRATIONS.filter(({ name }) => name < BEFORE_PEOPLE);
    await migrate(database.adminUrl, [database.url], old);
    await asAdmin(
      database,
      `with partner as (
         insert into access.partner (partner_id, email, name, created_at)
         values ($1, 'ada@example.org', 'Ada', now()) returning partner_id)
       insert into access.session (session_id, partner_id, generation, created_at, refreshed_at, expires_at)
       select $2, partner_id, 3, now(), now(), now() + interval '1 day' from partner`,
      [partnerId, sessionId],
    );
    await storeProgram(partnerId);
    await migrate(database.adminUrl, [database.url], MIGRATIONS);
    await migrateQueues(database.adminUrl);
  });

  afterAll(() => database.drop());

  async function storeProgram(partner: Id<'Partner'>): Promise<void> {
    const [companyId, programId] = [newId('Company'), newId('Program')];
    await asAdmin(
      database,
      `with program as (
         insert into approvals.program (company_id, program_id, name, slug, created_at)
         values ($1, $2::uuid, 'Friends', 'friends', now()))
       insert into approvals.program_settings
         (company_id, program_id, effective_from, window_days, time_zone, are_links_enabled, actor)
       values ($1, $2::uuid, now(), 90, 'UTC', true, 'test')`,
      [companyId, programId],
    );
    await asAdmin(
      database,
      `insert into approvals.partnership
         (company_id, partnership_id, program_id, partner_id, state, approved_at, created_at)
       values ($1, $2, $3, $4, 'approved', now(), now())`,
      [companyId, newId('Partnership'), programId, partner],
    );
  }

  it('keeps its partners signed in, each the owner of the own account', async () => {
    const gateway = await startGateway({ database });
    const refreshToken = refreshTokenOf(gateway.app.get(SecretBox), { sessionId, generation: 3 });
    const refreshed = await gateway.call('POST', '/v1/sessions/refresh', {}, { refreshToken });
    expect(refreshed.status).toBe(200);
    const partner = bearer(refreshed.body.accessToken);
    expect((await gateway.call('GET', '/v1/partner', partner)).body).toMatchObject({
      id: publicId('Partner', partnerId),
      email: 'ada@example.org',
    });
    expect((await gateway.call('GET', '/v1/me', partner)).body).toMatchObject({
      name: 'Ada',
      memberships: [{ kind: 'partner', role: 'owner' }],
    });
    await gateway.signIn('ada@example.org');
    expect((await gateway.call('GET', '/v1/me', partner)).body.memberships).toHaveLength(1);
    await gateway.close();
  });

  it('keeps its memberships', async () => {
    const memberships = await asAdmin(
      database,
      'select partner_id, ended_at from approvals.membership_period',
    );
    expect(memberships).toEqual([{ partner_id: partnerId, ended_at: null }]);
  });
});
