import { type Id, newId } from '#kernel';
import { expectInvariants } from '#testing';
import { ATTRIBUTION_INVARIANTS } from '../invariants.js';
import { may, World } from '../testing/world.js';

describe('attribution on the bus', () => {
  let world: World;
  let company: Id<'Company'>;

  beforeAll(async () => {
    world = await World.create();
  });
  beforeEach(() => {
    company = newId('Company');
  });
  afterEach(() => expectInvariants(world.app.database, ATTRIBUTION_INVARIANTS, world.clock));
  afterAll(() => world.close());

  it('decides a fact once that is published many times, beside others of the same customer', async () => {
    const anna = await world.partner(company);
    const click = await world.click(anna, may(1));
    const copies = Array.from({ length: 20 }, () => [
      world.signup(company, { at: may(2), customer: 'c1', click }),
      world.order(company, 'o1', { at: may(3), customer: 'c1' }),
      world.order(company, 'o2', { at: may(4), customer: 'c1', click }),
    ]).flat();
    await Promise.all(copies.map((fact) => world.publish(fact)));
    await world.handled(company);
    const standing = await world.standing(company);
    expect([...standing].map(([key, { winner }]) => [key, winner])).toEqual([
      ['c1', anna.partnershipId],
      ['o1', anna.partnershipId],
      ['o2', anna.partnershipId],
    ]);
    expect(await world.deliveryStates(company)).toEqual({ done: 60 });
  });

  it('parks a fact whose click is not stored, and goes on when the click arrives late', async () => {
    world.clock.set(may(3).toISOString());
    const anna = await world.partner(company);
    const click = world.unstoredClick(anna, may(2));
    await world.publish(world.order(company, 'o1', { at: may(3), customer: 'c1', click }));
    await world.handled(company);
    expect(await world.deliveryStates(company)).toEqual({ parked: 1 });
    await world.store(click);
    await world.publish(world.lateClick(click));
    await world.handled(company);
    expect((await world.standing(company)).get('o1')).toMatchObject({ winner: anna.partnershipId });
    expect(await world.deliveryStates(company)).toEqual({ done: 2 });
  });
});
