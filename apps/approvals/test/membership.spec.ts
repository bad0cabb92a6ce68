import { MikroORM } from '@mikro-orm/postgresql';
import { companyScope, Database } from '#database';
import { type Id, publicId } from '#kernel';
import {
  addCompany,
  addPartner,
  asAdmin,
  asCompany,
  asPartner,
  FixedClock,
  startTestApp,
  type TestApp,
} from '#testing';
import { APPROVALS } from '../src/service.js';

describe('membership', () => {
  const clock = new FixedClock('2026-05-01T12:00:00.000Z');
  let app: TestApp;
  let company: Id<'Company'>;
  let other: Id<'Company'>;

  beforeAll(async () => {
    app = await startTestApp([APPROVALS], { clock });
    company = await addCompany(app.database, 'Lighthouse GmbH');
    other = await addCompany(app.database, 'Harbour Ltd');
  });

  afterAll(() => app.close());

  let count = 0;
  const openProgram = async (owner = company, settings: object = {}): Promise<string> => {
    count += 1;
    const body = { name: `Program ${count}`, slug: `program-${count}`, ...settings };
    const { body: program } = await app.call('POST', '/v1/programs', asCompany(owner), body);
    return program.id;
  };
  const publish = (program: string, text: string, owner = company) =>
    app.call('POST', `/v1/programs/${program}/terms`, asCompany(owner), { text });
  const newPartner = async () => asPartner((await addPartner(app.database, 'Pia Partner')).partnerId);
  const apply = (partner: Record<string, string>, programId: string, more: object = {}) =>
    app.call('POST', '/v1/partner/applications', partner, { programId, ...more });
  const review = (id: string, verdict: 'approve' | 'decline', body: object = {}, owner = company) =>
    app.call('POST', `/v1/applications/${id}/${verdict}`, asCompany(owner), body);
  const summary = async (partner: Record<string, string>, program: string) =>
    (await app.call('GET', `/v1/partner/programs/${program}`, partner)).body;
  const linksTab = async (partner: Record<string, string>, program: string) =>
    (await summary(partner, program)).tabs.find(({ tab }: { tab: string }) => tab === 'links');
  const join = async (partner: Record<string, string>, program: string) => {
    const { body: application } = await apply(partner, program);
    await review(application.id, 'approve');
    return application.partnershipId as string;
  };

  it('B-22 shows an application as pending until the company reviews it', async () => {
    const [partner, program] = [await newPartner(), await openProgram()];
    const applied = await apply(partner, program, { message: 'I write about boats.' });
    expect(applied).toMatchObject({
      status: 201,
      body: { state: 'pending', message: 'I write about boats.' },
    });
    expect(await summary(partner, program)).toMatchObject({ state: 'pending', approvedAt: null });

    const approved = await review(applied.body.id, 'approve');
    expect(approved).toMatchObject({
      status: 200,
      body: { state: 'approved', reviewedAt: '2026-05-01T12:00:00.000Z', partner: { name: 'Pia Partner' } },
    });
    expect(await summary(partner, program)).toMatchObject({
      state: 'approved',
      approvedAt: '2026-05-01T12:00:00.000Z',
      company: { name: 'Lighthouse GmbH', supportEmail: 'help@example.test' },
    });
  });

  it('needs no body for an approval, and takes a reason that the partner reads', async () => {
    const program = await openProgram();
    const [one, two] = [await newPartner(), await newPartner()];
    const bare = await apply(one, program);
    const path = (id: string) => `/v1/applications/${id}/approve`;
    expect(await app.call('POST', path(bare.body.id), asCompany(company))).toMatchObject({
      status: 200,
      body: { state: 'approved', reason: null },
    });
    const reasoned = await apply(two, program);
    await review(reasoned.body.id, 'approve', { reason: 'Welcome aboard.' });
    expect(await summary(two, program)).toMatchObject({ state: 'approved', reason: 'Welcome aboard.' });
  });

  it('B-25 B-36 opens links only once approved and the current terms are accepted', async () => {
    const [partner, program] = [await newPartner(), await openProgram()];
    await publish(program, 'Be honest.');
    const { body: application } = await apply(partner, program);
    expect(await linksTab(partner, program)).toMatchObject({
      state: 'locked',
      reason: 'APPLICATION_PENDING',
    });
    await review(application.id, 'approve');
    expect(await linksTab(partner, program)).toMatchObject({ state: 'locked', reason: 'TERMS_NOT_ACCEPTED' });

    const accept = (version: number) =>
      app.call('POST', `/v1/partner/programs/${program}/terms-acceptances`, partner, { version });
    expect(await accept(1)).toMatchObject({ status: 201, body: { version: 1 } });
    expect(await linksTab(partner, program)).toMatchObject({ state: 'open', reason: null });

    await publish(program, 'Be honest and kind.');
    expect(await linksTab(partner, program)).toMatchObject({ state: 'locked', reason: 'TERMS_NOT_ACCEPTED' });
    expect(await accept(1)).toMatchObject({ status: 409, body: { code: 'terms.not_current' } });
    expect(await accept(3)).toMatchObject({ status: 409, body: { code: 'terms.not_current' } });
    expect(await accept(2)).toMatchObject({ status: 201 });
    expect(await linksTab(partner, program)).toMatchObject({ state: 'open' });
  });

  it('B-36 publishes to the other services whether links may be had', async () => {
    const [partner, program] = [await newPartner(), await openProgram()];
    await publish(program, 'Be honest.');
    const partnership = await join(partner, program);
    const tracking = new Database(app.app.get(MikroORM), 'tracking');
    const published = () =>
      tracking.transaction(companyScope(company), (tx) =>
        tx.query(
          `select state, has_accepted_terms, are_links_enabled from approvals.published_partnership
            order by partnership_id desc limit 1`,
        ),
      );
    expect(await published()).toEqual([
      { state: 'approved', has_accepted_terms: false, are_links_enabled: true },
    ]);
    await app.call('POST', `/v1/partner/programs/${program}/terms-acceptances`, partner, { version: 1 });
    await app.call('PATCH', `/v1/partnerships/${partnership}`, asCompany(company), { linksEnabled: false });
    expect(await published()).toEqual([
      { state: 'approved', has_accepted_terms: true, are_links_enabled: false },
    ]);
  });

  it('records version, time, address, agent and member of an acceptance once', async () => {
    const [partner, program] = [await newPartner(), await openProgram()];
    await publish(program, 'Be honest.');
    const agent = { ...partner, 'user-agent': 'Browser/1.0' };
    const applied = await apply(agent, program, { acceptTermsVersion: 1 });
    const again = await app.call('POST', `/v1/partner/programs/${program}/terms-acceptances`, agent, {
      version: 1,
    });
    expect(again.body).toEqual({ version: 1, acceptedAt: '2026-05-01T12:00:00.000Z' });
    expect((await summary(partner, program)).terms).toMatchObject({
      version: 1,
      text: 'Be honest.',
      acceptedAt: '2026-05-01T12:00:00.000Z',
    });
    const rows = await asAdmin(
      app.database,
      `select a.version, a.address, a.user_agent, a.accepted_by from approvals.terms_acceptance a
         join approvals.application p using (company_id, partnership_id) where p.message is null
        order by p.application_id desc limit 1`,
    );
    expect(applied.status).toBe(201);
    expect(rows).toEqual([
      {
        version: 1,
        address: '127.0.0.1',
        user_agent: 'Browser/1.0',
        accepted_by: expect.stringMatching(/^partner:mbr_/),
      },
    ]);
  });

  it('B-27 follows the company on links: for the program, and for one partner', async () => {
    const [partner, program] = [await newPartner(), await openProgram(company, { linksEnabled: false })];
    const partnership = await join(partner, program);
    expect(await linksTab(partner, program)).toMatchObject({ reason: 'LINKS_NOT_ENABLED' });
    const override = (linksEnabled: boolean | null) =>
      app.call('PATCH', `/v1/partnerships/${partnership}`, asCompany(company), { linksEnabled });
    expect((await override(true)).body).toMatchObject({ linksEnabled: true, linksOverride: true });
    expect(await linksTab(partner, program)).toMatchObject({ state: 'open' });
    expect((await override(null)).body).toMatchObject({ linksEnabled: false, linksOverride: null });
    expect(await linksTab(partner, program)).toMatchObject({ reason: 'LINKS_NOT_ENABLED' });
  });

  it('tells a declined partner why, and lets them apply again as the same partnership', async () => {
    const [partner, program] = [await newPartner(), await openProgram()];
    const first = await apply(partner, program);
    expect(await review(first.body.id, 'decline')).toMatchObject({ status: 422 });
    expect(await review(first.body.id, 'decline', { reason: ' ' })).toMatchObject({ status: 422 });
    expect(await review(first.body.id, 'decline', { reason: 'No website yet.' })).toMatchObject({
      status: 200,
    });
    expect(await summary(partner, program)).toMatchObject({ state: 'declined', reason: 'No website yet.' });

    const second = await apply(partner, program);
    expect(second.body.partnershipId).toBe(first.body.partnershipId);
    expect(second.body.id).not.toBe(first.body.id);
    expect(await review(first.body.id, 'approve')).toMatchObject({
      status: 409,
      body: { code: 'application.already_reviewed' },
    });
    expect(await review(second.body.id, 'approve')).toMatchObject({ status: 200 });
  });

  it('refuses every step that the state does not allow, saying what is possible', async () => {
    const [partner, program] = [await newPartner(), await openProgram()];
    const leave = () => app.call('POST', `/v1/partner/programs/${program}/leave`, partner, {});
    const { body: application } = await apply(partner, program);
    const remove = () =>
      app.call('POST', `/v1/partnerships/${application.partnershipId}/remove`, asCompany(company), {
        reason: 'Spam',
      });
    const conflict = (code: string) => ({ status: 409, body: { code } });
    expect(await apply(partner, program)).toMatchObject(conflict('partnership.pending'));
    expect(await leave()).toMatchObject(conflict('partnership.pending'));
    expect(await remove()).toMatchObject(conflict('partnership.pending'));

    await review(application.id, 'approve');
    expect(await apply(partner, program)).toMatchObject(conflict('partnership.approved'));
    expect(await leave()).toMatchObject({ status: 200, body: { endedAt: '2026-05-01T12:00:00.000Z' } });
    expect(await leave()).toMatchObject(conflict('partnership.left'));
    expect(await remove()).toMatchObject(conflict('partnership.left'));
  });

  it('B-20 B-21 keeps the removal, its reason and the contact visible to the partner', async () => {
    const [partner, program] = [await newPartner(), await openProgram()];
    const partnership = await join(partner, program);
    const removed = await app.call('POST', `/v1/partnerships/${partnership}/remove`, asCompany(company), {
      reason: 'Fake traffic',
    });
    expect(removed).toMatchObject({ status: 200, body: { state: 'removed', endReason: 'Fake traffic' } });
    expect(await summary(partner, program)).toMatchObject({
      state: 'removed',
      reason: 'Fake traffic',
      endedAt: '2026-05-01T12:00:00.000Z',
      company: { supportUrl: 'https://help.example.test' },
    });
  });

  it('B-08 lists the programs of every company the partner applied to, one partner at a time', async () => {
    const [partner, stranger] = [await newPartner(), await newPartner()];
    const [mine, theirs] = [await openProgram(), await openProgram(other)];
    await apply(partner, mine);
    await apply(partner, theirs);
    await apply(stranger, theirs);
    const page = await app.call('GET', '/v1/partner/programs?limit=1', partner);
    expect(page.body.data).toMatchObject([
      { programId: theirs, companyName: 'Harbour Ltd', state: 'pending' },
    ]);
    const next = await app.call(
      'GET',
      `/v1/partner/programs?limit=1&cursor=${page.body.nextCursor}`,
      partner,
    );
    expect(next.body).toMatchObject({
      data: [{ programId: mine, companyName: 'Lighthouse GmbH' }],
      nextCursor: null,
    });
    expect(await app.call('GET', `/v1/partner/programs/${mine}`, stranger)).toMatchObject({ status: 404 });
    expect(await app.call('POST', `/v1/partner/programs/${mine}/leave`, stranger, {})).toMatchObject({
      status: 404,
    });
  });

  it('B-01 B-21 hides and refuses everything of another company', async () => {
    const [partner, program] = [await newPartner(), await openProgram()];
    const { body: application } = await apply(partner, program);
    const headers = asCompany(other);
    expect(await review(application.id, 'approve', {}, other)).toMatchObject({ status: 404 });
    expect(await review(application.id, 'decline', { reason: 'x' }, other)).toMatchObject({ status: 404 });
    const partnership = application.partnershipId;
    const path = `/v1/partnerships/${partnership}`;
    expect(await app.call('PATCH', path, headers, { linksEnabled: true })).toMatchObject({ status: 404 });
    expect(await app.call('POST', `${path}/remove`, headers, { reason: 'x' })).toMatchObject({ status: 404 });
    expect(await publish(program, 'Mine now.', other)).toMatchObject({ status: 404 });
    const seen = async (list: string, of: Id<'Company'>) =>
      (await app.call('GET', list, asCompany(of))).body.data.map(({ id }: { id: string }) => id);
    expect(await seen('/v1/applications?state=pending', company)).toContain(application.id);
    expect(await seen('/v1/applications?state=pending', other)).not.toContain(application.id);
    expect(await seen('/v1/partnerships', company)).toContain(partnership);
    expect(await seen('/v1/partnerships', other)).not.toContain(partnership);
  });

  it('reviews once when two reviewers answer at the same moment', async () => {
    const [partner, program] = [await newPartner(), await openProgram()];
    const { body: application } = await apply(partner, program);
    const answers = await Promise.all([
      review(application.id, 'approve'),
      review(application.id, 'decline', { reason: 'x' }),
    ]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
    const events = await asAdmin(
      app.database,
      `select 1 from bus.event where type = 'application.reviewed' and data->>'partnershipId' = (
         select max(partnership_id::text) from approvals.partnership)`,
    );
    expect(events).toHaveLength(1);
  });

  it('applies once when the same request comes twice at the same moment', async () => {
    const [partner, program] = [await newPartner(), await openProgram()];
    const headers = { ...partner, 'idempotency-key': 'apply-1' };
    const [first, second] = await Promise.all([apply(headers, program), apply(headers, program)]);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
  });

  it('answers 404 to an application for a program that does not exist', async () => {
    const missing = publicId('Program', '019f0000-0000-7000-8000-000000000000' as Id<'Program'>);
    expect(await apply(await newPartner(), missing)).toMatchObject({ status: 404 });
    expect(await apply(await newPartner(), 'nonsense')).toMatchObject({ status: 422 });
  });
});
