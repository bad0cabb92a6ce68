import { type Id, newId } from '#kernel';
import { expectInvariants } from '#testing';
import { AttributionApp, may } from '../../test/attribution-app.js';
import { order, performed, signup } from '../../test/facts.js';
import { ATTRIBUTION_INVARIANTS } from '../invariants.js';

describe('attributing by discount codes and named actions', () => {
  let service: AttributionApp;
  let company: Id<'Company'>;

  beforeAll(async () => {
    service = await AttributionApp.start();
  });
  beforeEach(() => {
    company = newId('Company');
  });
  afterEach(() => expectInvariants(service.app.database, ATTRIBUTION_INVARIANTS, service.clock));
  afterAll(() => service.close());

  const standing = async (subjectKey: string) => (await service.standing(company)).get(subjectKey);

  it('A-17 credits the partner of a code, compared without case, and binds the customer', async () => {
    const anna = await service.partner(company);
    await service.code(anna, 'Anna10');
    await service.handle(order(company, 'o1', { at: may(3), customer: 'c1', codes: ['ANNA10'] }));
    await service.handle(order(company, 'o2', { at: may(4), customer: 'c1' }));
    expect(await service.decided(company)).toMatchObject([
      { winner: { partnershipId: anna.partnershipId, method: 'code' }, reason: 'CREDITED_CODE' },
      { winner: { partnershipId: anna.partnershipId, method: 'bound_customer' } },
    ]);
  });

  it('A-17 lets a code go before the last click, and tells the other partner so', async () => {
    const [anna, bert] = [await service.partner(company), await service.partner(company)];
    await service.code(anna, 'anna10');
    const click = await service.click(bert, may(2));
    await service.handle(signup(company, { at: may(3), customer: 'c1', click, codes: ['anna10', 'SUMMER'] }));
    expect(await standing('c1')).toMatchObject({
      winner: anna.partnershipId,
      candidates: [
        [anna.partnershipId, 'WON'],
        [bert.partnershipId, 'OTHER_PARTNER_CODE'],
      ],
    });
  });

  it('goes by whose the code was at the time, to the millisecond', async () => {
    const [anna, bert] = [await service.partner(company), await service.partner(company)];
    await service.code(anna, 'deal', may(1), may(10));
    await service.code(bert, 'DEAL', may(10));
    await service.handle(
      order(company, 'early', { at: may(1, -1), customer: 'c0', codes: ['deal'] }),
      order(company, 'before', { at: may(10, -1), customer: 'c1', codes: ['deal'] }),
      order(company, 'after', { at: may(10), customer: 'c2', codes: ['deal'] }),
    );
    expect(await standing('early')).toMatchObject({ winner: null, reason: 'CODE_NOT_ACTIVE' });
    expect(await standing('before')).toMatchObject({ winner: anna.partnershipId });
    expect(await standing('after')).toMatchObject({ winner: bert.partnershipId });
  });

  it('credits nobody by a code that is no partner’s, and keeps what was sent', async () => {
    await service.handle(order(company, 'o1', { at: may(3), customer: 'c1', codes: ['SUMMER'] }));
    expect(await standing('o1')).toMatchObject({ winner: null, reason: 'NO_CLICK_ID_PRESENTED' });
    const { rows } = await service.admin.query(
      'select codes from attribution.decision where company_id = $1',
      [company],
    );
    expect(rows).toEqual([{ codes: ['summer'] }]);
  });

  it('B-01 never credits a code of another company, also when both are in one batch', async () => {
    const other = newId('Company');
    const [anna, bert] = [await service.partner(company), await service.partner(other)];
    await service.code(anna, 'same');
    await service.code(bert, 'same');
    await service.code(bert, 'only-there');
    await service.handle(
      order(company, 'o1', { at: may(3), customer: 'c1', codes: ['same'] }),
      order(other, 'o1', { at: may(3), customer: 'c1', codes: ['same'] }),
      order(company, 'o2', { at: may(3), customer: 'c2', codes: ['only-there'] }),
    );
    expect(await standing('o1')).toMatchObject({ winner: anna.partnershipId });
    expect((await service.standing(other)).get('o1')).toMatchObject({ winner: bert.partnershipId });
    expect(await standing('o2')).toMatchObject({ winner: null });
  });

  it('A-06 keeps the codes on record when a late signup makes it decide again', async () => {
    const [anna, bert] = [await service.partner(company), await service.partner(company)];
    await service.code(anna, 'anna10');
    await service.handle(order(company, 'o1', { at: may(3), customer: 'c1', codes: ['anna10'] }));
    const click = await service.click(bert, may(1));
    await service.handle(signup(company, { at: may(2), customer: 'c1', click }));
    expect(await standing('o1')).toMatchObject({
      revision: 2,
      winner: bert.partnershipId,
      candidates: [
        [bert.partnershipId, 'WON'],
        [anna.partnershipId, 'CUSTOMER_ALREADY_BOUND'],
      ],
    });
  });

  it('takes one statement more for a batch with codes than for one without, however many', async () => {
    const anna = await service.partner(company);
    await service.code(anna, 'anna10');
    const orders = (codes: string[], round: string) =>
      Array.from({ length: 50 }, (_, n) =>
        order(company, `${round}${n}`, { at: may(3), customer: `${round}${n}`, codes }),
      );
    // The codes' own look-up, and that of their partner's membership.
    const without = await service.statementsOf(...orders([], 'a'));
    expect(await service.statementsOf(...orders(['anna10', 'summer'], 'b'))).toBeLessThanOrEqual(without + 3);
  });

  it('decides a named action, which binds the customer like a signup', async () => {
    const anna = await service.partner(company);
    const click = await service.click(anna, may(1));
    await service.handle(performed(company, 'demo-1', { at: may(2), customer: 'c1', click }));
    await service.handle(order(company, 'o1', { at: may(3), customer: 'c1' }));
    expect(await service.decided(company)).toMatchObject([
      {
        subject: { kind: 'action', key: 'demo-1', action: 'demo booked' },
        winner: { partnershipId: anna.partnershipId, method: 'last_click' },
        signedUpAt: null,
        firstPaidAt: null,
      },
      { subject: { kind: 'order', lines: [] }, winner: { method: 'bound_customer' } },
    ]);
    expect(await service.handle(performed(company, 'demo-1', { at: may(2), customer: 'c2' }))).toEqual([
      { kind: 'ignored', reason: 'KNOWN_OTHERWISE' },
    ]);
  });
});
