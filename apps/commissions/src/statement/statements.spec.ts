import { companyScope } from '#database';
import { parseCurrency } from '#kernel';
import { CommissionsFixture, ONCE, type Tenant } from '../../test/commissions-fixture.js';
import { aPartner, orderDecided, refunded } from '../../test/deliveries.js';
import { ReadStatements } from './read-statements.js';
import type { Owing } from './statement.js';

const total = ({ held, payable, inPayout }: Owing) => held + payable + inPayout;

describe('statements', () => {
  let service: CommissionsFixture;
  let statements: ReadStatements;
  let tenant: Tenant;
  const [partner, other] = [aPartner(), aPartner()];

  beforeAll(async () => {
    service = await CommissionsFixture.start('2026-04-10T12:00:00Z');
    statements = new ReadStatements(service.database, service.clock);
    tenant = await service.tenant();
    for (const one of [partner, other]) await service.join(tenant, one);
    await service.offer(tenant, {
      trigger: 'sale',
      reward: { kind: 'percent', basisPoints: 2000 },
      holdDays: 10,
    });
    await playTwoMonths();
  });

  afterAll(() => service.close());

  const earn = (orderKey: string, placedAt: string, who = partner, currency = 'EUR') =>
    service.deliver([orderDecided(tenant, { orderKey, partner: who, placedAt, currency })]);

  async function playTwoMonths(): Promise<void> {
    await earn('a', '2026-04-10T10:00:00Z');
    await earn('b', '2026-04-10T11:00:00Z');
    await earn('theirs', '2026-04-10T11:00:00Z', other);
    await earn('usd', '2026-04-10T11:00:00Z', partner, 'USD');
    service.clock.set('2026-04-22T12:00:00Z');
    await service.releaseHolds.execute();
    const draft = { programId: null, currency: parseCurrency('EUR'), threshold: 1n };
    const batch = await service.createPayoutBatch.execute(tenant.principal, draft, ONCE);
    // The last millisecond of April in Berlin, and the first of May.
    service.clock.set('2026-04-30T21:59:59.999Z');
    await service.deliver([refunded(tenant, 'a', { kind: 'single', refundKey: 'r', amount: 3_333 })]);
    service.clock.set('2026-04-30T22:00:00.000Z');
    await service.payPayouts.batch(tenant.principal, batch.payoutBatchId, 'SEPA 1', ONCE);
    service.clock.set('2026-05-20T12:00:00Z');
    await earn('c', '2026-05-20T11:00:00Z');
    await service.verify();
  }

  const statement = (month: string) => statements.ofCompany(tenant.companyId, partner.partnershipId, month);

  it('tells a month from opening to closing, and begins and ends at local midnight', async () => {
    expect(await statement('2026-04')).toEqual({
      month: '2026-04',
      startsAt: new Date('2026-03-31T22:00:00Z'),
      endsAt: new Date('2026-04-30T22:00:00Z'),
      closesAt: new Date('2026-05-01T01:00:00Z'),
      state: 'closed',
      currencies: [
        {
          currency: 'EUR',
          opening: { held: 0n, payable: 0n, inPayout: 0n },
          earned: 4000n,
          reversed: 667n,
          paidOut: 0n,
          closing: { held: 0n, payable: -667n, inPayout: 4000n },
        },
        {
          currency: 'USD',
          opening: { held: 0n, payable: 0n, inPayout: 0n },
          earned: 2000n,
          reversed: 0n,
          paidOut: 0n,
          closing: { held: 0n, payable: 2000n, inPayout: 0n },
        },
      ],
    });
  });

  it('adds up to the cent, with its lines, and opens where the month before closed', async () => {
    for (const [month, before] of [
      ['2026-04', '2026-03'],
      ['2026-05', '2026-04'],
    ] as const) {
      const [{ currencies }, previous] = [await statement(month), await statement(before)];
      const lines = await statements.linesOfCompany(tenant.companyId, partner.partnershipId, month, {
        limit: 250,
      });
      for (const of of currencies) {
        const [opening, closing] = [total(of.opening), total(of.closing)];
        expect(opening + of.earned - of.reversed - of.paidOut).toBe(closing);
        const changed = lines
          .filter((line) => line.currency === of.currency)
          .reduce((sum, line) => sum + total(line), 0n);
        expect(opening + changed).toBe(closing);
        const closed = previous.currencies.find((one) => one.currency === of.currency)?.closing;
        expect(of.opening).toEqual(closed ?? { held: 0n, payable: 0n, inPayout: 0n });
      }
    }
  });

  it('names in each line why it was posted, and the payout it belongs to', async () => {
    const lines = await statements.linesOfCompany(tenant.companyId, partner.partnershipId, '2026-05', {
      limit: 250,
    });
    expect(
      lines.map(({ reason, currency, inPayout, paidOut, held }) => [
        reason,
        currency,
        inPayout,
        paidOut,
        held,
      ]),
    ).toEqual([
      ['PAID', 'EUR', -2000n, 2000n, 0n],
      ['PAID', 'EUR', -2000n, 2000n, 0n],
      ['EARNED', 'EUR', 0n, 0n, 2000n],
    ]);
    expect(lines.map(({ payoutId }) => payoutId === null)).toEqual([false, false, true]);
  });

  it('refuses a month that has not begun', async () => {
    await expect(statement('2026-06')).rejects.toMatchObject({ code: 'month.not_begun' });
  });

  it("is nobody else's to read", async () => {
    const stranger = await service.tenant();
    await expect(
      statements.ofCompany(stranger.companyId, partner.partnershipId, '2026-04'),
    ).rejects.toMatchObject({ kind: 'not_found' });
    const scope = { ...companyScope(tenant.companyId), partnership: other.partnershipId };
    const theirs = await statements.ofPartner({ ...tenant, ...partner, state: 'approved', scope }, '2026-04');
    expect(theirs.currencies).toEqual([]);
  });
});
