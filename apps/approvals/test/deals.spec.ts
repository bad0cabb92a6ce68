import { DAY_MS } from '#kernel';
import { eventually } from '#testing';
import { DealExpiryLoop } from '../src/deal/deal-expiry-loop.js';
import { ExpireDeals } from '../src/deal/expire-deals.js';
import { type Member, ReferralApp } from './referral-app.js';

describe('deals', () => {
  let service: ReferralApp;
  let program: string;
  let member: Member;
  let rival: Member;

  beforeAll(async () => {
    service = await ReferralApp.start();
  });

  beforeEach(async () => {
    service.clock.set('2026-05-01T12:00:00.000Z');
    program = await service.program({ timeZone: 'Europe/Berlin' });
    [member, rival] = [await service.join(program), await service.join(program)];
  });

  afterAll(() => service.close());

  const register = async (body: object = {}, by = member) => (await service.registerDeal(by, body)).body;
  const account = () => ({ name: `ACME, Inc. ${service.next()}` });
  const expire = () => service.app.app.get(ExpireDeals).execute();

  it('B-31 is registered, approved, moved and closed as won with its worth', async () => {
    const deal = await register({ expectedCloseOn: '2026-09-30' });
    expect(deal).toMatchObject({
      kind: 'deal',
      state: 'pending',
      worth: { amount: 250_000, currency: 'EUR' },
      expectedCloseOn: '2026-09-30',
      expiresAt: '2026-07-30T12:00:00.000Z',
    });
    service.clock.advance(DAY_MS);
    expect((await service.act('deals', deal.id, 'approve')).body).toMatchObject({
      state: 'open',
      expiresAt: '2026-07-31T12:00:00.000Z',
    });
    await service.act('deals', deal.id, 'move', { stage: 'proposal' });
    const won = await service.act('deals', deal.id, 'close-won', { customerKey: 'C-1' });
    expect(won.body).toMatchObject({ state: 'won', worth: { amount: 250_000, currency: 'EUR' } });
    expect(await service.events(deal.id)).toMatchObject([
      { type: 'deal.reviewed', data: { outcome: 'approved' } },
      {
        type: 'deal.closed',
        data: { outcome: 'won', customerKey: 'C-1', email: null, amount: 250_000, currency: 'EUR' },
      },
    ]);
  });

  it('B-38 needs deals enabled and the current terms accepted', async () => {
    const own = await service.program({ dealsEnabled: false });
    const partner = await service.join(own);
    expect(await service.registerDeal(partner)).toMatchObject({
      status: 403,
      body: { code: 'deal.not_enabled' },
    });
    await service.ofCompany('PATCH', `/v1/programs/${own}`, { dealsEnabled: true });
    await service.ofCompany('POST', `/v1/programs/${own}/terms`, { text: 'Be honest.' });
    expect(await service.registerDeal(partner)).toMatchObject({
      status: 403,
      body: { code: 'terms.not_accepted' },
    });
  });

  it('is corrected until it is closed, and its history keeps what it was', async () => {
    const { id } = await register({ expectedCloseOn: '2026-09-30' });
    const correct = (body: object) => service.ofCompany('PATCH', `/v1/deals/${id}`, body);
    expect(await correct({ worth: { amount: 300_000, currency: 'EUR' } })).toMatchObject({
      status: 200,
      body: { worth: { amount: 300_000 }, expectedCloseOn: '2026-09-30' },
    });
    await correct({ expectedCloseOn: '2026-09-30' });
    const { body: history } = await service.read(member, `/deals/${id}/history`);
    expect(history.data.slice(1)).toMatchObject([
      {
        step: 'changed',
        note: 'From 2,500.00 EUR, expected on 2026-09-30 to 3,000.00 EUR, expected on 2026-09-30.',
      },
    ]);
    expect(await correct({ worth: { amount: 1 } })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'worth.currency' }] },
    });
    await service.act('deals', id, 'decline', { reason: 'Unknown.' });
    expect(await correct({ expectedCloseOn: '2026-10-30' })).toMatchObject({
      status: 409,
      body: { code: 'referral.declined' },
    });
  });

  it('keeps its account from other partners, who learn until when but not whose it is', async () => {
    const name = account().name;
    const first = await register({ account: { name } });
    const second = await register({ account: { name: name.toLowerCase().replace(', ', '  ') } }, rival);
    expect(second).toMatchObject({
      state: 'declined',
      status: { code: 'ACCOUNT_ALREADY_REGISTERED' },
      reason: expect.stringContaining('until 30 July 2026'),
    });
    expect(JSON.stringify(second)).not.toContain(first.id);
    expect((await service.ofCompany('GET', `/v1/deals/${second.id}`)).body.declinedForId).toBe(first.id);
    expect(await service.registerDeal(member, { account: { name } })).toMatchObject({
      status: 409,
      body: { code: 'referral.already_submitted', detail: expect.stringContaining(first.id) },
    });
  });

  it('knows an account by its domain too, across the programs of the company', async () => {
    const domain = `acme-${service.next()}.example`;
    await register({ account: { ...account(), domain } });
    const elsewhere = await service.join(await service.program());
    const second = await register(
      { account: { ...account(), domain: `WWW.${domain.toUpperCase()}` } },
      elsewhere,
    );
    expect(second.status.code).toBe('ACCOUNT_ALREADY_REGISTERED');
  });

  it('leaves an account that only another company has registered free', async () => {
    const [mine, theirs] = [account(), await service.program({}, service.other)];
    await register({ account: mine });
    const stranger = await service.join(theirs, service.other);
    expect(await register({ account: mine }, stranger)).toMatchObject({ state: 'pending' });
  });

  it('frees its account when it is closed', async () => {
    const mine = account();
    const first = await register({ account: mine });
    await service.act('deals', first.id, 'approve');
    await service.act('deals', first.id, 'close-won', { customerKey: 'C-2' });
    expect(await register({ account: mine }, rival)).toMatchObject({ state: 'pending' });
    expect(await service.act('deals', first.id, 'reopen', { reason: 'Too early.' })).toMatchObject({
      status: 409,
      body: { code: 'referral.taken' },
    });
  });

  it('expires at the end of its protection, not a millisecond before, and frees its account', async () => {
    const mine = account();
    const { id } = await register({ account: mine });
    service.clock.set('2026-07-30T11:59:59.999Z');
    await expire();
    expect((await service.read(member, `/deals/${id}`)).body.state).toBe('pending');
    service.clock.set('2026-07-30T12:00:00.000Z');
    expect(await expire()).toBeGreaterThan(0);
    expect((await service.read(member, `/deals/${id}`)).body).toMatchObject({
      state: 'expired',
      status: { code: 'REGISTRATION_EXPIRED' },
    });
    const { body: history } = await service.read(member, `/deals/${id}/history`);
    expect(history.data.at(-1)).toMatchObject({ step: 'expired', by: 'fairlead' });
    expect((await service.events(id)).map(({ type }) => type)).toEqual(['deal.expired']);
    expect(await register({ account: mine }, rival)).toMatchObject({ state: 'pending' });
  });

  it('gives a lapsed account to who asks next, before the loop has come by', async () => {
    const mine = account();
    await register({ account: mine });
    service.clock.set('2026-07-30T12:00:00.000Z');
    expect(await register({ account: mine }, rival)).toMatchObject({ state: 'pending' });
  });

  it('is extended while it lives and after it expired, unless the account is taken by then', async () => {
    const mine = account();
    const { id } = await register({ account: mine });
    await service.act('deals', id, 'approve');
    const extend = (until: string) => service.act('deals', id, 'extend', { until, note: 'Budget round.' });
    expect(await extend('2026-12-01T00:00:00Z')).toMatchObject({
      status: 200,
      body: { state: 'open', expiresAt: '2026-12-01T00:00:00.000Z' },
    });
    service.clock.set('2026-12-01T00:00:00.000Z');
    await expire();
    expect(await extend('2026-12-24T00:00:00Z')).toMatchObject({ body: { state: 'open' } });
    service.clock.set('2026-12-24T00:00:00.000Z');
    await register({ account: mine }, rival);
    expect(await extend('2027-01-24T00:00:00Z')).toMatchObject({
      status: 409,
      body: { code: 'referral.taken' },
    });
  });

  it.each(['2026-05-01T12:00:00.001Z', '2028-04-30T12:00:00Z'])(
    'is extended while it waits for approval, to %s at 2026-05-01T12:00:00Z',
    async (until) => {
      const { id } = await register();
      expect(await service.act('deals', id, 'extend', { until })).toMatchObject({
        status: 200,
        body: { state: 'pending', expiresAt: new Date(until).toISOString() },
      });
    },
  );

  it.each(['2026-05-01T12:00:00Z', '2028-04-30T12:00:00.001Z'])(
    'is not extended to now or by more than 730 days: %s',
    async (until) => {
      const { id } = await register();
      expect(await service.act('deals', id, 'extend', { until })).toMatchObject({
        status: 422,
        body: { code: 'until.invalid', errors: [{ field: 'until' }] },
      });
    },
  );

  it('has one first when two partners register an account at the same moment', async () => {
    const mine = account();
    const both = await Promise.all([member, rival].map((by) => register({ account: mine }, by)));
    expect(new Set(both.map(({ state }) => state))).toEqual(new Set(['declined', 'pending']));
  });

  it('expires by itself from start to shutdown', async () => {
    const { id } = await register();
    service.clock.set('2026-07-30T12:00:00.000Z');
    const loop = new DealExpiryLoop(service.app.app.get(ExpireDeals));
    loop.onApplicationBootstrap();
    await eventually(async () => (await service.read(member, `/deals/${id}`)).body.state === 'expired');
    await loop.onModuleDestroy();
    expect((await service.read(member, `/deals/${id}`)).body.status.code).toBe('REGISTRATION_EXPIRED');
  });

  it.each([
    ['no account', { account: undefined }, 'account'],
    ['an account without a letter', { account: { name: '--' } }, 'account.name'],
    ['an address as a domain', { account: { name: 'A', domain: 'https://a.example' } }, 'account.domain'],
    ['no worth', { worth: undefined }, 'worth'],
    ['a day that is none', { expectedCloseOn: '2026-02-30' }, 'expectedCloseOn'],
  ])('refuses %s by field', async (_what, wrong, field) => {
    expect(await service.registerDeal(member, wrong)).toMatchObject({
      status: 422,
      body: { errors: [{ field }] },
    });
  });
});
