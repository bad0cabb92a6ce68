import { asCompany } from '#testing';
import { type Member, ReferralApp } from './referral-app.js';

describe('leads', () => {
  let service: ReferralApp;
  let program: string;
  let member: Member;

  beforeAll(async () => {
    service = await ReferralApp.start();
    program = await service.program();
    member = await service.join(program);
  });

  beforeEach(() => service.clock.set('2026-05-01T12:00:00.000Z'));

  afterAll(() => service.close());

  const submit = async (body: object = {}, by = member) => (await service.submitLead(by, body)).body.id;
  const opened = async () => {
    const id = await submit();
    await service.act('leads', id, 'approve');
    return id;
  };

  it('A-22 waits for approval: its partner sees that, and the waiting list names nobody', async () => {
    const email = 'Waiting@Acme.example';
    const { status, body } = await service.submitLead(member, { contact: { email } });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      state: 'pending',
      status: { code: 'AWAITING_APPROVAL' },
      contact: { email: 'waiting@acme.example' },
      submittedAt: '2026-05-01T12:00:00.000Z',
      approvedAt: null,
    });
    const { body: waiting } = await service.read(member, '/waiting-referrals');
    expect(waiting.data).toContainEqual({
      id: body.id,
      kind: 'lead',
      reason: 'AWAITING_APPROVAL',
      message: 'This lead waits for the approval of the company.',
      submittedAt: '2026-05-01T12:00:00.000Z',
    });
    expect(await service.events(body.id)).toEqual([]);
  });

  it('A-23 is open once approved, and leaves the waiting list', async () => {
    const id = await submit();
    expect(await service.act('leads', id, 'approve', { reason: 'Looks good.' })).toMatchObject({
      status: 200,
      body: { state: 'open', stage: { key: 'new', name: 'New' }, partnershipId: member.partnershipId },
    });
    const { body } = await service.read(member, `/leads/${id}`);
    expect(body).toMatchObject({
      state: 'open',
      status: { code: 'IN_PROGRESS', message: 'The company is working on it. Stage: New.' },
    });
    const { body: waiting } = await service.read(member, '/waiting-referrals');
    expect(waiting.data.map((row: { id: string }) => row.id)).not.toContain(id);
    expect(await service.events(id)).toMatchObject([
      { type: 'lead.reviewed', data: { outcome: 'approved', reason: 'Looks good.' } },
    ]);
  });

  it('A-23 tells the partner the reason of a decline, which is final', async () => {
    const id = await submit();
    expect(await service.act('leads', id, 'decline', { reason: ' ' })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'reason' }] },
    });
    await service.act('leads', id, 'decline', { reason: 'They are a customer already.' });
    const { body } = await service.read(member, `/leads/${id}`);
    expect(body).toMatchObject({
      state: 'declined',
      reason: 'They are a customer already.',
      status: {
        code: 'DECLINED_BY_COMPANY',
        message: 'This lead was declined. They are a customer already.',
      },
    });
    expect(await service.act('leads', id, 'approve')).toMatchObject({
      status: 409,
      body: { code: 'referral.declined' },
    });
    expect(await service.events(id)).toMatchObject([
      { type: 'lead.reviewed', data: { outcome: 'declined', reason: 'They are a customer already.' } },
    ]);
  });

  it('goes through the stages, each step with its note in a history that the partner reads', async () => {
    const id = await opened();
    service.clock.advance(60_000);
    const moved = await service.act('leads', id, 'move', { stage: 'qualified', note: 'We had a call.' });
    expect(moved.body).toMatchObject({ state: 'open', stage: { key: 'qualified', name: 'Qualified' } });
    await service.act('leads', id, 'close-lost', { reason: 'They chose somebody else.' });
    const first = await service.read(member, `/leads/${id}/history?limit=2`);
    const second = await service.read(member, `/leads/${id}/history?limit=2&cursor=${first.body.nextCursor}`);
    expect([...first.body.data, ...second.body.data]).toMatchObject([
      { step: 'submitted', by: 'partner', stage: null },
      { step: 'approved', by: 'company', stage: 'New' },
      { step: 'moved', by: 'company', stage: 'Qualified', note: 'We had a call.' },
      { step: 'closed_lost', by: 'company', stage: null, note: 'They chose somebody else.' },
    ]);
    expect(second.body.nextCursor).toBeNull();
    expect((await service.ofCompany('GET', `/v1/leads/${id}/history`)).body.data).toHaveLength(4);
  });

  it('refuses a stage that is not of the pipeline and says which are', async () => {
    const id = await opened();
    expect(await service.act('leads', id, 'move', { stage: 'negotiation' })).toMatchObject({
      status: 422,
      body: {
        code: 'stage.not_of_pipeline',
        errors: [{ field: 'stage', message: expect.stringContaining('new, qualified') }],
      },
    });
  });

  it("B-31 is closed as won with the company's key of the customer, and told with what it is worth", async () => {
    const contact = { email: 'won@acme.example' };
    const id = await submit({ contact, worth: { amount: 5_000, currency: 'EUR' } });
    await service.act('leads', id, 'approve');
    expect(await service.act('leads', id, 'close-won', {})).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'customerKey', message: 'is missing' }] },
    });
    service.clock.advance(60_000);
    const won = await service.act('leads', id, 'close-won', {
      customerKey: 'C-1',
      worth: { amount: 7_500, currency: 'usd' },
      closedAt: '2026-05-01T12:00:30Z',
    });
    expect(won.body).toMatchObject({
      state: 'won',
      customerKey: 'C-1',
      revision: 1,
      worth: { amount: 7_500, currency: 'USD' },
      closedAt: '2026-05-01T12:00:30.000Z',
    });
    const events = await service.events(id);
    expect(events.at(-1)).toMatchObject({
      type: 'lead.closed',
      occurred_at: new Date('2026-05-01T12:00:30Z'),
      data: {
        kind: 'lead',
        revision: 1,
        outcome: 'won',
        customerKey: 'C-1',
        email: 'won@acme.example',
        amount: 7_500,
        currency: 'USD',
      },
    });
    expect(events.at(-1)?.data['groupId']).toEqual(expect.any(String));
    const { body } = await service.read(member, `/leads/${id}`);
    expect(body.status.code).toBe('CLOSED_WON');
    expect(body).not.toHaveProperty('customerKey');
  });

  it.each([
    ['before it was submitted', '2026-04-30T00:00:00Z'],
    ['in the future', '2027-01-01T00:00:00Z'],
  ])('is not closed %s', async (_when, closedAt) => {
    const id = await opened();
    expect(await service.act('leads', id, 'close-lost', { reason: 'x', closedAt })).toMatchObject({
      status: 422,
      body: { code: 'closed_at.invalid', errors: [{ field: 'closedAt' }] },
    });
  });

  it('counts a revision more when it is reopened and closed again', async () => {
    const id = await opened();
    await service.act('leads', id, 'close-won', { customerKey: 'C-2' });
    expect(await service.act('leads', id, 'close-lost', { reason: 'x' })).toMatchObject({
      status: 409,
      body: { code: 'referral.won' },
    });
    await service.act('leads', id, 'reopen', { reason: 'The contract was never signed.' });
    expect((await service.read(member, `/leads/${id}`)).body).toMatchObject({
      state: 'open',
      closedAt: null,
    });
    await service.act('leads', id, 'close-lost', { reason: 'Not signed.' });
    expect(
      (await service.events(id)).map(({ type, data }) => [type, data['revision'], data['outcome']]),
    ).toEqual([
      ['lead.reviewed', undefined, 'approved'],
      ['lead.closed', 1, 'won'],
      ['lead.closed', 2, 'lost'],
    ]);
  });

  it('is closed once when two answers come at the same moment', async () => {
    const id = await opened();
    const answers = await Promise.all([
      service.act('leads', id, 'close-won', { customerKey: 'C-3' }),
      service.act('leads', id, 'close-lost', { reason: 'x' }),
    ]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 409]));
    expect((await service.events(id)).filter(({ type }) => type === 'lead.closed')).toHaveLength(1);
  });

  it('is found by its contact and by its stage', async () => {
    const id = await submit({ contact: { email: 'found@acme.example' } });
    await service.act('leads', id, 'approve');
    await service.act('leads', id, 'move', { stage: 'qualified' });
    const ids = async (query: string) =>
      (await service.ofCompany('GET', `/v1/leads?${query}`)).body.data.map((row: { id: string }) => row.id);
    expect(await ids('contactEmail=Found@acme.example')).toEqual([id]);
    expect(await ids('contactEmail=found@acme.example&stage=new')).toEqual([]);
    expect(await ids('stage=qualified&state=open')).toContain(id);
    expect(await service.ofCompany('GET', '/v1/leads?contactEmail=found')).toMatchObject({ status: 422 });
  });

  it('asks for the scope of the route', async () => {
    const { app, company } = service;
    const headers = asCompany(company, ['referrals:read', 'partners:write']);
    const enter = { partnershipId: member.partnershipId, contact: { email: 'scope@acme.example' } };
    expect(await app.call('POST', '/v1/leads', headers, enter)).toMatchObject({
      status: 403,
      body: { code: 'scope_missing' },
    });
    expect(await app.call('GET', '/v1/leads', headers)).toMatchObject({ status: 200 });
    expect(await app.call('GET', '/v1/leads', member.headers)).toMatchObject({ status: 403 });
    expect(await app.call('GET', `${member.path}/leads`, headers)).toMatchObject({ status: 403 });
  });
});
