import { MikroORM } from '@mikro-orm/postgresql';
import { companyScope, Database, type Scope } from '#database';
import { type Id, parseId } from '#kernel';
import { type Member, ReferralApp } from './referral-app.js';

/** Whose leads and deals are whose: first the code's own filter, then row-level security alone. */
describe('isolation of leads and deals', () => {
  let service: ReferralApp;
  let database: Database;
  let mine: Member;
  let neighbour: Member;
  let stranger: Member;
  const leads: Record<'mine' | 'neighbour' | 'stranger', string> = { mine: '', neighbour: '', stranger: '' };

  beforeAll(async () => {
    service = await ReferralApp.start();
    database = new Database(service.app.app.get(MikroORM), 'approvals');
    const [program, theirs] = [await service.program(), await service.program({}, service.other)];
    mine = await service.join(program);
    neighbour = await service.join(program);
    stranger = await service.join(theirs, service.other);
    leads.mine = (await service.submitLead(mine)).body.id;
    leads.neighbour = (await service.submitLead(neighbour)).body.id;
    leads.stranger = (await service.submitLead(stranger)).body.id;
    await service.ofCompany('POST', `/v1/programs/${program}/pipelines`, {
      kind: 'lead',
      stages: [{ key: 'a', name: 'A' }],
    });
  });

  afterAll(() => service.close());

  const idsOf = ({ body }: { body: { data: { id: string }[] } }) => body.data.map(({ id }) => id);

  it("B-01 lists and reads a company's own leads only", async () => {
    expect(idsOf(await service.ofCompany('GET', '/v1/leads')).toSorted()).toEqual(
      [leads.mine, leads.neighbour].toSorted(),
    );
    const { other } = service;
    expect(idsOf(await service.ofCompany('GET', '/v1/leads', undefined, other))).toEqual([leads.stranger]);
    for (const path of [`/v1/leads/${leads.mine}`, `/v1/leads/${leads.mine}/history`]) {
      expect(await service.ofCompany('GET', path, undefined, other)).toMatchObject({ status: 404 });
    }
    expect(await service.act('leads', leads.mine, 'approve', {}, other)).toMatchObject({ status: 404 });
    const enter = { partnershipId: mine.partnershipId, contact: { email: 'x@acme.example' } };
    expect(await service.ofCompany('POST', '/v1/leads', enter, other)).toMatchObject({ status: 404 });
  });

  it.each([
    ['approve', {}],
    ['decline', { reason: 'x' }],
    ['move', { stage: 'new' }],
    ['close-won', { customerKey: 'C-1' }],
    ['close-lost', { reason: 'x' }],
    ['reopen', { reason: 'x' }],
    ['extend', { until: '2026-06-01T00:00:00Z' }],
  ])("B-01 lets no company %s another's deal", async (action, body) => {
    const { id } = (await service.registerDeal(neighbour)).body;
    expect(await service.act('deals', id, action, body, service.other)).toMatchObject({ status: 404 });
    const change = { expectedCloseOn: '2026-09-30' };
    expect(await service.ofCompany('PATCH', `/v1/deals/${id}`, change, service.other)).toMatchObject({
      status: 404,
    });
    expect((await service.ofCompany('GET', `/v1/deals/${id}`)).body.state).toBe('pending');
  });

  it('does not take a lead for a deal', async () => {
    expect(await service.ofCompany('GET', `/v1/deals/${leads.mine}`)).toMatchObject({ status: 404 });
    expect(await service.act('deals', leads.mine, 'approve')).toMatchObject({ status: 404 });
    const until = '2026-06-01T00:00:00Z';
    expect(await service.act('deals', leads.mine, 'extend', { until })).toMatchObject({ status: 404 });
    expect(await service.read(mine, `/deals/${leads.mine}`)).toMatchObject({ status: 404 });
  });

  it('shows a partner the own leads only, of the own program only', async () => {
    expect(idsOf(await service.read(mine, '/leads'))).toEqual([leads.mine]);
    expect(idsOf(await service.read(mine, '/waiting-referrals'))).toEqual([leads.mine]);
    expect(await service.read(mine, `/leads/${leads.neighbour}`)).toMatchObject({ status: 404 });
    expect(await service.read(mine, `/leads/${leads.neighbour}/history`)).toMatchObject({ status: 404 });
    const foreign = { ...mine, path: stranger.path };
    expect(await service.read(foreign, '/leads')).toMatchObject({ status: 404 });
    expect(await service.submitLead(foreign)).toMatchObject({ status: 404 });
  });

  it('pages through a list without a gap or a repetition', async () => {
    const more: string[] = [];
    for (let count = 0; count < 3; count += 1) more.push((await service.submitLead(neighbour)).body.id);
    const path = `/v1/leads?limit=2&state=pending&partnershipId=${neighbour.partnershipId}`;
    const first = await service.ofCompany('GET', path);
    const second = await service.ofCompany('GET', `${path}&cursor=${first.body.nextCursor}`);
    expect([...idsOf(first), ...idsOf(second)]).toEqual([leads.neighbour, ...more].toReversed());
    expect(second.body.nextCursor).toBeNull();
  });

  it.each(['referral', 'referral_step', 'published_referral'])(
    'lets nothing of others through in %s by row-level security alone',
    async (table) => {
      const seen = async (scope: Scope) =>
        new Set(
          (
            await database.transaction(scope, (tx) =>
              tx.query<{ referral_id: string }>(`select referral_id from approvals.${table}`),
            )
          ).map((row) => row.referral_id),
        );
      const [own, other] = [parseId('Referral', leads.mine), parseId('Referral', leads.stranger)];
      const partnership: Id<'Partnership'> = parseId('Partnership', mine.partnershipId);
      expect(await seen({ companies: [service.company], partnership })).toEqual(new Set([own]));
      expect(await seen(companyScope(service.other))).toEqual(new Set([other]));
      expect(await seen({ companies: [] })).toEqual(new Set());
    },
  );

  it('lets nothing of other companies through in referral_pipeline by row-level security alone', async () => {
    const count = (scope: Scope) =>
      database.transaction(scope, (tx) => tx.query('select 1 from approvals.referral_pipeline'));
    expect(await count(companyScope(service.company))).toHaveLength(1);
    expect(await count(companyScope(service.other))).toEqual([]);
  });

  it('tells the sweeper only whose registrations end when', async () => {
    const sweeper = database.as('bus');
    const read = (columns: string) =>
      sweeper.transaction({ companies: [] }, (tx) =>
        tx.query(`select ${columns} from approvals.referral limit 1`),
      );
    expect(await read('company_id, kind, state, expires_at')).toHaveLength(1);
    await expect(read('contact_email')).rejects.toThrow(/permission denied/);
    await expect(read('partnership_id')).rejects.toThrow(/permission denied/);
  });
});
