import { type Id, newId } from '#kernel';
import { expectInvariants } from '#testing';
import { AttributionApp, may, type TestPartner } from '../../test/attribution-app.js';
import { cancelled, order, signup } from '../../test/facts.js';
import { ATTRIBUTION_INVARIANTS } from '../invariants.js';

describe('an order that is cancelled before it is fulfilled', () => {
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
  const place = async (orderKey: string, day: number, partner?: TestPartner, customer = 'c1') => {
    const click = partner && { click: await service.click(partner, may(day, -1)) };
    await service.handle(order(company, orderKey, { at: may(day), customer, policy: 'first', ...click }));
    await service.recordOrder(partner ?? anna, orderKey, may(day), null);
  };

  it('binds the customer no longer: a later order goes by its own click', async () => {
    await place('o1', 1, anna);
    expect(await service.handleCancellations(cancelled(company, 'o1', may(3)))).toEqual([{ kind: 'done' }]);
    await place('o2', 4, bert);
    await place('o3', 5);
    expect(await standing('o1')).toMatchObject({ winner: anna.partnershipId, revision: 1 });
    expect(await standing('o2')).toMatchObject({ winner: bert.partnershipId, reason: 'CREDITED_LAST_CLICK' });
    expect(await standing('o3')).toMatchObject({ winner: bert.partnershipId });
  });

  it('re-decides what came after the cancellation and was decided before it was known', async () => {
    await place('o1', 1, anna);
    await place('o2', 4, bert);
    expect(await standing('o2')).toMatchObject({ winner: anna.partnershipId });
    await service.handleCancellations(cancelled(company, 'o1', may(3)));
    expect(await standing('o2')).toMatchObject({
      revision: 2,
      cause: 'cancellation',
      winner: bert.partnershipId,
    });
  });

  it('keeps the customer bound where it signed up by the same partner, or ordered before the cancellation', async () => {
    const click = await service.click(anna, may(1));
    await service.handle(signup(company, { at: may(1), customer: 'c1', click }));
    await place('o1', 2, anna);
    await place('p1', 1, anna, 'c2');
    await place('p2', 2, undefined, 'c2');
    await service.handleCancellations(cancelled(company, 'o1', may(3)), cancelled(company, 'p1', may(3)));
    await place('o2', 4);
    await place('p3', 4, undefined, 'c2');
    expect(await standing('o2')).toMatchObject({ winner: anna.partnershipId });
    expect(await standing('p3')).toMatchObject({ winner: anna.partnershipId });
  });

  it('keeps it bound when it was fulfilled by then, or is earned when paid', async () => {
    await place('o1', 1, anna);
    await service.recordOrder(anna, 'o1', may(1), may(2));
    const click = await service.click(anna, may(1));
    await service.handle(order(company, 'p1', { at: may(1), customer: 'c2', click, policy: 'none' }));
    await service.recordOrder(anna, 'p1', may(1), null);
    await service.handleCancellations(cancelled(company, 'o1', may(3)), cancelled(company, 'p1', may(3)));
    await place('o2', 4);
    await place('p2', 4, undefined, 'c2');
    expect(await standing('o2')).toMatchObject({ winner: anna.partnershipId });
    expect(await standing('p2')).toMatchObject({ winner: anna.partnershipId });
  });

  it('is waited for while it is not known, for 30 days', async () => {
    expect(await service.handleCancellations(cancelled(company, 'o1', may(3)))).toEqual([
      {
        kind: 'wait',
        waitFor: 'order:o1',
        reason: 'ORDER_NOT_KNOWN_YET',
        deadline: new Date(may(3).getTime() + 30 * 24 * 60 * 60 * 1000),
      },
    ]);
  });

  it('holds the tie of a late order from before the cancellation', async () => {
    await place('o1', 1, anna);
    await service.handleCancellations(cancelled(company, 'o1', may(3)));
    await place('o3', 5);
    expect(await standing('o3')).toMatchObject({ winner: null });
    await place('o2', 2);
    expect(await standing('o2')).toMatchObject({ winner: anna.partnershipId });
    expect(await standing('o3')).toMatchObject({ winner: anna.partnershipId, cause: 'late_fact' });
  });

  it('ends the same when it is told twice, and touches no other company', async () => {
    const other = newId('Company');
    const carl = await service.partner(other);
    const click = await service.click(carl, may(1));
    await service.handle(order(other, 'o1', { at: may(1), customer: 'c1', click, policy: 'first' }));
    await service.recordOrder(carl, 'o1', may(1), null);
    await place('o1', 1, anna);
    await service.handleCancellations(cancelled(company, 'o1', may(3)), cancelled(company, 'o1', may(2)));
    await service.handleCancellations(cancelled(company, 'o1', may(3)));
    await place('o2', 4);
    expect(await standing('o2')).toMatchObject({ winner: null });
    await service.handle(order(other, 'o2', { at: may(4), customer: 'c1' }));
    expect((await service.standing(other)).get('o2')).toMatchObject({ winner: carl.partnershipId });
  });

  it('leaves an order whose commission is paid where it is', async () => {
    await place('o1', 1, anna);
    await place('o2', 4, bert);
    await service.pay(anna, 'o2');
    expect(await service.handleCancellations(cancelled(company, 'o1', may(3)))).toEqual([
      { kind: 'ignored', reason: 'COMMISSION_ALREADY_PAID' },
    ]);
    expect(await standing('o2')).toMatchObject({ revision: 1, winner: anna.partnershipId });
  });
});
