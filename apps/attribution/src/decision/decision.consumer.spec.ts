import { type Id, newId } from '#kernel';
import { expectInvariants } from '#testing';
import { ATTRIBUTION_INVARIANTS } from '../invariants.js';
import { may, AttributionApp } from '../../test/attribution-app.js';
import { lateClick, order, signup } from '../../test/facts.js';

describe('attribution on the bus', () => {
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

  it('decides a fact once that is published many times, beside others of the same customer', async () => {
    const anna = await service.partner(company);
    const click = await service.click(anna, may(1));
    const copies = Array.from({ length: 20 }, () => [
      signup(company, { at: may(2), customer: 'c1', click }),
      order(company, 'o1', { at: may(3), customer: 'c1' }),
      order(company, 'o2', { at: may(4), customer: 'c1', click }),
    ]).flat();
    await Promise.all(copies.map((fact) => service.publish(fact)));
    await service.handled(company);
    const standing = await service.standing(company);
    expect([...standing].map(([key, { winner }]) => [key, winner])).toEqual([
      ['c1', anna.partnershipId],
      ['o1', anna.partnershipId],
      ['o2', anna.partnershipId],
    ]);
    expect(await service.deliveryStates(company)).toEqual({ done: 60 });
  });

  it('parks a fact whose click is not stored, and goes on when the click arrives late', async () => {
    service.clock.set(may(3).toISOString());
    const anna = await service.partner(company);
    const click = service.unstoredClick(anna, may(2));
    await service.publish(order(company, 'o1', { at: may(3), customer: 'c1', click }));
    await service.handled(company);
    expect(await service.deliveryStates(company)).toEqual({ parked: 1 });
    await service.store(click);
    await service.publish(lateClick(click));
    await service.handled(company);
    expect((await service.standing(company)).get('o1')).toMatchObject({ winner: anna.partnershipId });
    expect(await service.deliveryStates(company)).toEqual({ done: 2 });
  });
});
