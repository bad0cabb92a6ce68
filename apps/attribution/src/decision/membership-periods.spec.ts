import { type Id, newId } from '#kernel';
import { addMembership, addProgram, expectInvariants } from '#testing';
import { AttributionApp, may, type TestPartner } from '../../test/attribution-app.js';
import { order } from '../../test/facts.js';
import { ATTRIBUTION_INVARIANTS } from '../invariants.js';

describe('attributing to who left and joined again', () => {
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

  /** A member until 10 May and again from 20 May on. */
  const returning = async (): Promise<TestPartner> => {
    const partner = await service.partner(company, { endedAt: may(10) });
    await service.admin.query(
      `insert into approvals.membership_period (company_id, partnership_id, program_id, partner_id, started_at)
       values ($1, $2, $3, $4, $5)`,
      [company, partner.partnershipId, partner.programId, partner.partnerId, may(20)],
    );
    return partner;
  };
  const reasonOf = async (orderKey: string) => (await service.standing(company)).get(orderKey)?.reason;

  it('credits by the period of the event, whatever the membership is now', async () => {
    const partner = await returning();
    const click = await service.click(partner, may(2));
    const at = (orderKey: string, day: number) =>
      order(company, orderKey, { at: may(day), customer: orderKey, click });
    await service.handle(at('before', 9), at('between', 15), at('after', 20));
    expect(await reasonOf('before')).toBe('CREDITED_LAST_CLICK');
    expect(await reasonOf('between')).toBe('PARTNERSHIP_NOT_ACTIVE');
    expect(await reasonOf('after')).toBe('CREDITED_LAST_CLICK');
  });

  it('credits a customer of before again, and not for the time between', async () => {
    const partner = await returning();
    const click = await service.click(partner, may(2));
    await service.handle(order(company, 'o1', { at: may(3), customer: 'c1', click }));
    await service.handle(order(company, 'o2', { at: may(15), customer: 'c1' }));
    await service.handle(order(company, 'o3', { at: may(25), customer: 'c1' }));
    expect(await reasonOf('o2')).toBe('BOUND_PARTNERSHIP_ENDED');
    expect(await reasonOf('o3')).toBe('CREDITED_BOUND_CUSTOMER');
  });

  it('names a partner who was never approved, and credits nothing', async () => {
    const program = await addProgram(service.app.database, company);
    const member = await addMembership(service.app.database, program, { state: 'pending' });
    await service.code({ ...member, linkId: newId('Link') }, 'EARLY');
    await service.handle(order(company, 'o1', { at: may(3), customer: 'c1', codes: ['early'] }));
    expect((await service.standing(company)).get('o1')).toMatchObject({
      winner: null,
      candidates: [[member.partnershipId, 'PARTNERSHIP_NOT_ACTIVE']],
    });
  });
});
