import { randomUUID } from 'node:crypto';
import { type Id, newId } from '#kernel';
import { expectInvariants } from '#testing';
import { AttributionApp, may, type TestPartner } from '../../test/attribution-app.js';
import { closed, order, signup } from '../../test/facts.js';
import { ATTRIBUTION_INVARIANTS } from '../invariants.js';

describe('leads and deals that are closed', () => {
  let service: AttributionApp;
  let company: Id<'Company'>;
  let anna: TestPartner;
  let bert: TestPartner;

  beforeAll(async () => {
    service = await AttributionApp.start();
  });
  beforeEach(async () => {
    company = newId('Company');
    [anna, bert] = [await service.partner(company), await service.partner(company)];
  });
  afterEach(() => expectInvariants(service.app.database, ATTRIBUTION_INVARIANTS, service.clock));
  afterAll(() => service.close());

  const standing = async (subjectKey: string) => (await service.standing(company)).get(subjectKey);

  it.each(['lead', 'deal'] as const)(
    'credit whoever submitted the won %s, and bind its customer',
    async (kind) => {
      const won = closed(anna, { at: may(3), customer: 'c1', kind, amount: 120_000 });
      expect(await service.handleReferrals(won)).toEqual([{ kind: 'done' }]);
      await service.handle(order(company, 'o1', { at: may(4), customer: 'c1' }));
      expect(await service.decided(company)).toMatchObject([
        {
          revision: 1,
          customerKey: 'c1',
          subject: { kind, key: won.data.referralId, amount: 120_000, currency: 'EUR' },
          winner: { partnershipId: anna.partnershipId, partnerId: anna.partnerId, method: kind },
        },
        {
          subject: { kind: 'order' },
          winner: { partnershipId: anna.partnershipId, method: 'bound_customer' },
        },
      ]);
    },
  );

  it('credit nobody where the customer is another partner’s, and say so', async () => {
    const click = await service.click(bert, may(1));
    await service.handle(signup(company, { at: may(2), customer: 'c1', click }));
    const won = closed(anna, { at: may(3), customer: 'c1' });
    await service.handleReferrals(won);
    expect(await standing(won.data.referralId)).toMatchObject({
      winner: null,
      reason: 'CUSTOMER_ALREADY_BOUND',
      candidates: [[anna.partnershipId, 'CUSTOMER_ALREADY_BOUND']],
    });
  });

  it('that are lost and never were won change nothing', async () => {
    expect(await service.handleReferrals(closed(anna, { at: may(3), customer: null }))).toEqual([
      { kind: 'done' },
    ]);
    expect(await service.decided(company)).toEqual([]);
  });

  it('that are closed anew as lost take back what the win credited and bound', async () => {
    const won = closed(anna, { at: may(3), customer: 'c1' });
    const { referralId } = won.data;
    await service.handleReferrals(won);
    await service.handle(order(company, 'o1', { at: may(4), customer: 'c1' }));
    await service.handleReferrals(closed(anna, { at: may(6), customer: null, referralId, revision: 2 }));
    expect(await standing(referralId)).toMatchObject({
      revision: 2,
      cause: 'referral',
      winner: null,
      reason: 'REFERRAL_LOST',
    });
    expect(await standing('o1')).toMatchObject({ revision: 2, winner: null });
    await service.handleReferrals(closed(anna, { at: may(7), customer: 'c1', referralId, revision: 3 }));
    expect(await standing(referralId)).toMatchObject({ revision: 3, winner: anna.partnershipId });
  });

  it('that are lost after an order of their customer was paid leave that order, and the customer by it', async () => {
    const won = closed(anna, { at: may(3), customer: 'c1' });
    const { referralId } = won.data;
    await service.handleReferrals(won);
    await service.handle(order(company, 'o1', { at: may(4), customer: 'c1' }));
    await service.pay(anna, 'o1');
    await service.handleReferrals(closed(anna, { at: may(6), customer: null, referralId, revision: 2 }));
    await service.handle(order(company, 'o2', { at: may(7), customer: 'c1' }));
    expect(await standing(referralId)).toMatchObject({ winner: null, reason: 'REFERRAL_LOST' });
    expect(await standing('o1')).toMatchObject({ revision: 1, winner: anna.partnershipId });
    expect(await standing('o2')).toMatchObject({ winner: anna.partnershipId });
  });

  it('that are closed anew with another customer move to it', async () => {
    const won = closed(anna, { at: may(3), customer: 'wrong' });
    const { referralId } = won.data;
    await service.handleReferrals(won);
    await service.handleReferrals(closed(anna, { at: may(5), customer: 'right', referralId, revision: 2 }));
    await service.handle(
      order(company, 'o1', { at: may(6), customer: 'wrong' }),
      order(company, 'o2', { at: may(6), customer: 'right' }),
    );
    expect(await standing(referralId)).toMatchObject({ revision: 2, winner: anna.partnershipId });
    expect(await standing('o1')).toMatchObject({ winner: null });
    expect(await standing('o2')).toMatchObject({ winner: anna.partnershipId });
    expect((await service.decided(company)).at(1)).toMatchObject({ revision: 2, customerKey: 'right' });
  });

  it('end the same whatever the order of arrival, and however often one is told', async () => {
    const referralId = randomUUID();
    const won = closed(anna, { at: may(3), customer: 'c1', referralId });
    const lost = closed(anna, { at: may(5), customer: null, referralId, revision: 2 });
    await service.handleReferrals(lost);
    await service.handleReferrals(won, lost, won);
    await service.handle(order(company, 'o1', { at: may(6), customer: 'c1' }));
    expect(await standing(referralId)).toBeUndefined();
    expect(await standing('o1')).toMatchObject({ winner: null });
  });

  it('come late: what was decided since is decided again', async () => {
    await service.handle(order(company, 'o1', { at: may(4), customer: 'c1' }));
    await service.handleReferrals(closed(anna, { at: may(3), customer: 'c1' }));
    expect(await standing('o1')).toMatchObject({ revision: 2, winner: anna.partnershipId });
  });

  it('become a dead letter when won without a customer', async () => {
    const won = closed(anna, { at: may(3), customer: 'c1' });
    const broken = { ...won, data: { ...won.data, customerKey: null } };
    expect(await service.handleReferrals(broken)).toMatchObject([
      { kind: 'permanent', code: 'REFERRAL_WITHOUT_CUSTOMER' },
    ]);
  });

  it('B-01 of two companies in one batch stay apart', async () => {
    const other = newId('Company');
    const carl = await service.partner(other);
    const [here, there] = [
      closed(anna, { at: may(3), customer: 'c1' }),
      closed(carl, { at: may(3), customer: 'c1' }),
    ];
    await service.handleReferrals(here, there);
    expect([...(await service.standing(company)).keys()]).toEqual([here.data.referralId]);
    expect((await service.standing(other)).get(there.data.referralId)).toMatchObject({
      winner: carl.partnershipId,
    });
  });
});
