import { type Member, ReferralApp } from './referral-app.js';

describe('submitting a lead', () => {
  let service: ReferralApp;
  let program: string;
  let member: Member;

  beforeAll(async () => {
    service = await ReferralApp.start();
    program = await service.program();
    member = await service.join(program);
  });

  afterAll(() => service.close());

  const submit = async (body: object = {}) => (await service.submitLead(member, body)).body.id;

  it('B-37 needs an approved partner, leads enabled, and the current terms accepted', async () => {
    const own = await service.program({ leadsEnabled: false });
    const pending = await service.apply(own);
    expect(await service.submitLead(pending)).toMatchObject({
      status: 403,
      body: { code: 'partnership.pending' },
    });
    await service.ofCompany('POST', `/v1/applications/${pending.applicationId}/approve`, {});
    expect(await service.submitLead(pending)).toMatchObject({
      status: 403,
      body: { code: 'lead.not_enabled' },
    });
    await service.ofCompany('PATCH', `/v1/programs/${own}`, { leadsEnabled: true });
    await service.ofCompany('POST', `/v1/programs/${own}/terms`, { text: 'Be honest.' });
    expect(await service.submitLead(pending)).toMatchObject({
      status: 403,
      body: { code: 'terms.not_accepted' },
    });
    expect(await service.read(pending, '/lead-form')).toMatchObject({ status: 403 });
    const { app } = service;
    await app.call('POST', `${pending.path}/terms-acceptances`, pending.headers, { version: 1 });
    expect(await service.submitLead(pending)).toMatchObject({ status: 201 });
    await app.call('POST', `${pending.path}/leave`, pending.headers, {});
    expect(await service.submitLead(pending)).toMatchObject({
      status: 403,
      body: { code: 'partnership.left' },
    });
    expect((await service.read(pending, '/leads')).body.data).toHaveLength(1);
  });

  it('is declined at once when another partner was first, without naming that one', async () => {
    const second = await service.join(program);
    const contact = { name: 'Bo', email: 'bo@acme.example' };
    const first = await submit({ contact });
    const { status, body } = await service.submitLead(second, {
      contact: { email: 'BO@acme.example' },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'declined', status: { code: 'LEAD_ALREADY_SUBMITTED' } });
    const text = JSON.stringify([body, (await service.read(second, `/leads/${body.id}/history`)).body]);
    expect(text).not.toContain(first);
    expect(text).not.toContain(member.partnershipId);
    expect((await service.ofCompany('GET', `/v1/leads/${body.id}`)).body.declinedForId).toBe(first);
    expect(await service.events(body.id)).toMatchObject([
      { type: 'lead.reviewed', data: { outcome: 'declined' } },
    ]);

    await service.act('leads', first, 'decline', { reason: 'Unknown.' });
    expect(await service.submitLead(second, { contact })).toMatchObject({ body: { state: 'pending' } });
    expect(await service.submitLead(second, { contact })).toMatchObject({
      status: 409,
      body: { code: 'referral.already_submitted' },
    });
  });

  it('knows a person again whom the same partner submitted to another program of the company', async () => {
    const contact = { email: 'again@acme.example' };
    const first = await submit({ contact });
    const elsewhere = await service.join(await service.program(), service.company, member.headers);
    expect(await service.submitLead(elsewhere, { contact })).toMatchObject({
      status: 409,
      body: { code: 'referral.already_submitted', detail: expect.stringContaining(first) },
    });
  });

  it('has one first when two partners submit the same person at the same moment', async () => {
    const second = await service.join(program);
    const contact = { email: 'race@acme.example' };
    const both = await Promise.all([member, second].map((by) => service.submitLead(by, { contact })));
    expect(new Set(both.map(({ body }) => body.state))).toEqual(new Set(['declined', 'pending']));
  });

  it('is open at once where the company enters it or the program asks nobody', async () => {
    const entered = await service.ofCompany('POST', '/v1/leads', {
      partnershipId: member.partnershipId,
      contact: { email: 'entered@acme.example' },
    });
    expect(entered).toMatchObject({ status: 201, body: { state: 'open', source: 'company' } });
    const own = await service.program();
    await service.ofCompany('POST', `/v1/programs/${own}/pipelines`, {
      kind: 'lead',
      stages: [{ key: 'inbox', name: 'Inbox' }],
      review: 'automatic',
    });
    const { body } = await service.submitLead(await service.join(own));
    expect(body).toMatchObject({ state: 'open', stage: { key: 'inbox', name: 'Inbox' } });
    for (const { id } of [entered.body, body]) {
      expect(await service.events(id)).toMatchObject([
        { type: 'lead.reviewed', data: { outcome: 'approved', reason: null } },
      ]);
    }
  });

  it('is entered for approved partners only, and once', async () => {
    const pending = await service.apply(program);
    const enter = (partnershipId: string) =>
      service.ofCompany('POST', '/v1/leads', { partnershipId, contact: { email: 'once@acme.example' } });
    expect(await enter(pending.partnershipId)).toMatchObject({
      status: 409,
      body: { code: 'partnership.pending' },
    });
    const { body } = await enter(member.partnershipId);
    expect(await enter(member.partnershipId)).toMatchObject({
      status: 409,
      body: { code: 'referral.taken', detail: expect.stringContaining(body.id) },
    });
  });

  it.each([
    ['no person', { contact: undefined }, 'contact'],
    ['a person without an address', { contact: { name: 'Ada' } }, 'contact.email'],
    ['an address that is none', { contact: { email: 'ada' } }, 'contact.email'],
    ['a worth without a currency', { worth: { amount: 1 } }, 'worth.currency'],
    ['a negative worth', { worth: { amount: -1, currency: 'EUR' } }, 'worth.amount'],
    ['a currency that is none', { worth: { amount: 1, currency: 'ABC' } }, 'worth.currency'],
    ['an answer that was not asked for', { answers: { size: 3 } }, 'answers.size'],
    ['a note of 2,001 characters', { note: 'n'.repeat(2_001) }, 'note'],
  ])('refuses %s by field', async (_what, wrong, field) => {
    expect(await service.submitLead(member, wrong)).toMatchObject({
      status: 422,
      body: { errors: [{ field }] },
    });
  });

  it('is submitted once when the same request comes twice at the same moment', async () => {
    const headers = { ...member.headers, 'idempotency-key': 'lead-1' };
    const body = { contact: { email: 'twice@acme.example' } };
    const [one, two] = await Promise.all(
      [1, 2].map(() => service.app.call('POST', `${member.path}/leads`, headers, body)),
    );
    expect([one?.status, two?.status]).toEqual([201, 201]);
    expect(one?.body).toEqual(two?.body);
  });
});
