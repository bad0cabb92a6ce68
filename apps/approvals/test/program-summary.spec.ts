import { type Id, newId, parseId } from '#kernel';
import { asAdmin, FixedClock } from '#testing';
import { ApprovalsApp } from './approvals-app.js';

describe('the program summary', () => {
  const clock = new FixedClock('2026-05-01T12:00:00.000Z');
  let app: ApprovalsApp;

  beforeAll(async () => {
    app = await ApprovalsApp.start(clock);
  });

  afterAll(() => app.close());

  const RULE = {
    trigger: 'sale',
    reward: { kind: 'percent', basisPoints: 2000 },
    duration: { kind: 'months', months: 12 },
    holdDays: 30,
  };

  /** An offer as commissions stores it. */
  const offer = async (program: string, name: string, rule: object = RULE, from = '2026-01-01T00:00:00Z') => {
    const offerId: Id<'Offer'> = newId('Offer');
    await asAdmin(
      app.server.database,
      `with offer as (
         insert into commissions.offer (company_id, offer_id, program_id, name, actor, created_at)
         values ($1, $2, $3, $4, 'test', $5))
       insert into commissions.offer_version
         (company_id, offer_id, version, effective_from, rule, actor, created_at)
       values ($1, $2, 1, $5, $6, 'test', $5)`,
      [app.company, offerId, parseId('Program', program), name, from, JSON.stringify(rule)],
    );
    return offerId;
  };
  const own = (offerId: string, partnership: string, reward: object | null, from: string) =>
    asAdmin(
      app.server.database,
      `insert into commissions.offer_override
         (company_id, override_id, offer_id, partnership_id, effective_from, reward, actor, created_at)
       values ($1, $2, $3, $4, $5, $6, 'test', $5)`,
      [
        app.company,
        newId('Override'),
        offerId,
        parseId('Partnership', partnership),
        from,
        reward && JSON.stringify(reward),
      ],
    );
  const member = async () => {
    const { headers } = await app.newPartner();
    const program = await app.openProgram();
    return { headers, program, partnership: await app.join(headers, program) };
  };

  it('B-23 says that there are no offers, and where to ask, to approved partners only', async () => {
    const { headers, program } = await member();
    expect(await app.summary(headers, program)).toMatchObject({
      offers: [],
      noOffers: { code: 'NO_OFFERS', message: expect.stringContaining('Messages') },
    });
    await app.leave(headers, program);
    expect(await app.summary(headers, program)).toMatchObject({ offers: [], noOffers: null });
  });

  it('B-24 B-33 B-34 lists the offers of now in words, with their restrictions', async () => {
    const { headers, program } = await member();
    await offer(program, 'First year');
    await offer(program, 'Later', RULE, '2026-06-01T00:00:00Z');
    await offer(program, 'Over', { ...RULE, endsAt: '2026-05-01T12:00:00.000Z' });
    const { offers, noOffers } = await app.summary(headers, program);
    expect(offers).toMatchObject([{ name: 'First year', since: '2026-01-01T00:00:00.000Z' }]);
    expect(offers[0].text).toMatch(/20\s?%/);
    expect(offers[0].text).toMatch(/12 months|first year/i);
    expect(noOffers).toBeNull();
  });

  it("B-33 lists what is for the partner's group, and the partner's own reward", async () => {
    const { headers, program, partnership } = await member();
    const groups = await app.call('GET', `/v1/programs/${program}/groups`);
    const groupIds = [groups.body.data[0].id];
    const foreign = (await app.call('GET', `/v1/programs/${await app.openProgram()}/groups`)).body.data[0].id;
    const forGroup = await offer(program, 'Ours', { ...RULE, audience: { kind: 'groups', groupIds } });
    await offer(program, 'Theirs', { ...RULE, audience: { kind: 'groups', groupIds: [foreign] } });
    await own(forGroup, partnership, { kind: 'percent', basisPoints: 3500 }, '2026-02-01T00:00:00Z');
    const offers = async () => (await app.summary(headers, program)).offers;
    expect(await offers()).toMatchObject([
      { name: 'Ours', text: expect.stringMatching(/35\s?%/), since: '2026-02-01T00:00:00.000Z' },
    ]);
    await own(forGroup, partnership, null, '2026-03-01T00:00:00Z');
    expect(await offers()).toMatchObject([{ text: expect.stringMatching(/20\s?%/) }]);
  });

  it('tells of open tabs why they show nothing, until they do', async () => {
    const { headers, program, partnership } = await member();
    const empties = async () =>
      Object.fromEntries(
        (await app.summary(headers, program)).tabs.map(
          ({ tab, empty }: { tab: string; empty: { code: string } | null }) => [tab, empty?.code ?? null],
        ),
      );
    // Leads and deals are locked here, so they say that instead.
    expect(await empties()).toEqual({
      links: 'NO_LINKS',
      leads: null,
      deals: null,
      customers: 'NO_CUSTOMERS',
      commissions: 'NO_COMMISSIONS',
      messages: null,
    });
    await asAdmin(
      app.server.database,
      `insert into tracking.link
         (company_id, link_id, program_id, partnership_id, slug, destination_url, created_at)
       values ($1, $2, $3, $4, 'summary-link', 'https://shop.example/', now())`,
      [app.company, newId('Link'), parseId('Program', program), parseId('Partnership', partnership)],
    );
    expect(await empties()).toMatchObject({ links: null, customers: 'NO_CUSTOMERS' });
  });
});
