import fc from 'fast-check';
import { companyScope } from '#database';
import { asId, type Id, newId, parseCurrency } from '#kernel';
import { type AnyDelivery, CommissionsFixture, ONCE, type Tenant } from './commissions-fixture.js';
import { aPartner, cancelled, chargedBack, fulfilled, orderDecided, refunded } from './deliveries.js';

const ORDERS = 6;
const AT_ONCE = 8;
const RULES = [
  { reward: { kind: 'percent', basisPoints: 1000 }, holdDays: 0, customerCap: { count: 2 } },
  {
    reward: { kind: 'percent', basisPoints: 1500 },
    holdDays: 9,
    review: 'manual',
    partnerBudget: { amount: 4_000, currency: 'EUR', period: 'all_time' },
  },
];
/** As the bus and a client do who are told to send it again. */
const TRIES = 20;

const KINDS = [
  'decide',
  'refund',
  'charge back',
  'fulfil',
  'cancel',
  'pay out',
  'close',
  'release',
  'rule',
] as const;
const step = fc.record({
  kind: fc.constantFrom(...KINDS),
  order: fc.nat(ORDERS - 1),
  dice: fc.nat(5),
});

interface Step {
  readonly kind: (typeof KINDS)[number];
  readonly order: number;
  readonly dice: number;
}

describe('facts, commands, payouts and the end of holds at the same moment', () => {
  let service: CommissionsFixture;
  const partners = [aPartner(), aPartner(), null];

  beforeAll(async () => {
    service = await CommissionsFixture.start('2026-05-20T12:00:00Z');
  });

  afterAll(() => service.close());

  const idsOf = async <T>(tenant: Tenant, sql: string, as: (id: string) => T): Promise<T[]> => {
    const rows = await service.database.transaction(companyScope(tenant.companyId), (tx) =>
      tx.query<{ id: string }>(sql),
    );
    return rows.map(({ id }) => as(id));
  };

  const decisionOf = (
    tenant: Tenant,
    customerId: Id<'Customer'>,
    order: number,
    revision: number,
    dice = 0,
  ) =>
    orderDecided(tenant, {
      orderKey: `o${order}`,
      partner: partners[dice % 3] ?? null,
      revision,
      customerId,
      placedAt: `2026-05-0${order + 1}T10:00:00Z`,
      fulfilmentPolicy: order % 2 === 0 ? 'none' : 'first',
    });

  const rule = async (tenant: Tenant, dice: number) => {
    const ids = await idsOf(tenant, 'select commission_id as id from commissions.commission', (id) =>
      asId('Commission', id),
    );
    const ruling =
      dice === 5
        ? ({ kind: 'deleted', extent: 'commission', reason: 'TEST', note: null } as const)
        : ({ kind: 'approved', note: null } as const);
    await service.ruleOnCommissions.execute(tenant.principal, ids.slice(dice, dice + 4), ruling, ONCE);
  };

  const close = async (tenant: Tenant, dice: number) => {
    const open = `select payout_id as id from commissions.payout where state = 'open'`;
    const [id] = await idsOf(tenant, open, (payoutId) => asId('Payout', payoutId));
    if (!id) return;
    await (dice % 2 === 0
      ? service.payPayouts.one(tenant.principal, id, 'bank 1', ONCE)
      : service.cancelPayouts.one(tenant.principal, id, 'wrong account', ONCE));
  };

  const payOut = (tenant: Tenant) => {
    const draft = { programId: null, currency: parseCurrency('EUR'), threshold: 1n };
    return service.createPayoutBatch.execute(tenant.principal, draft, ONCE);
  };

  it('end with books that balance: nothing is paid twice and nobody is owed what another is credited with', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3 * AT_ONCE, maxLength: 5 * AT_ONCE }), async (steps) => {
        const tenant = await service.tenant();
        for (const terms of RULES) await service.offer(tenant, { trigger: 'sale', ...terms });
        const customerId = newId('Customer');
        await service.batch(
          Array.from({ length: ORDERS }, (_, order) => decisionOf(tenant, customerId, order, 1)),
        );
        const batch = (delivery: AnyDelivery) => service.batch([delivery]);
        const run = ({ kind, order, dice }: Step, revision: number): Promise<unknown> => {
          const key = `o${order}`;
          switch (kind) {
            case 'decide':
              return batch(decisionOf(tenant, customerId, order, revision, dice));
            case 'refund':
              return batch(
                refunded(tenant, key, { kind: 'single', refundKey: `r${dice}`, amount: 1_000 + dice }),
              );
            case 'charge back':
              return batch(chargedBack(tenant, key, { outcome: dice % 2 === 0 ? 'lost' : 'won' }));
            case 'fulfil':
              return batch(fulfilled(tenant, key, '2026-05-10T10:00:00Z'));
            case 'cancel':
              return batch(cancelled(tenant, key));
            case 'pay out':
              return payOut(tenant);
            case 'close':
              return close(tenant, dice);
            case 'release':
              return service.releaseHolds.execute();
            case 'rule':
              return rule(tenant, dice);
          }
        };
        for (let at = 0; at < steps.length; at += AT_ONCE) {
          const some = steps.slice(at, at + AT_ONCE);
          await Promise.all(some.map((one, index) => untilThrough(() => run(one, at + index + 2))));
        }
        await service.verify();
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });
});

/** A refusal is an answer too; a deadlock is tried again. */
async function untilThrough(work: () => Promise<unknown>): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    try {
      await work();
      return;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (code.startsWith('payout')) return;
      if (!['40P01', '40001', '23505'].includes(code) || tried === TRIES) throw error;
    }
  }
}
