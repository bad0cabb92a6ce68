import fc from 'fast-check';
import type { Owing } from '../../src/statement/statement.js';
import type { CommissionSummary } from '../commissions-fixture.js';
import { type ModelLedger, type RulingKind, SLOTS, slotName } from './model-ledger.js';
import type { RealLedger } from './real-ledger.js';
import { aFact, anArrival, type Arrival, type Fact, MOST_FACTS, OFFERS, ORDERS, PARTNERS } from './story.js';

type Command = fc.AsyncCommand<ModelLedger, RealLedger>;

/** A command that prints itself, does the same to both ledgers, and then compares them. */
function command(
  name: string,
  run: (model: ModelLedger, real: RealLedger) => Promise<void>,
  check: (model: ModelLedger) => boolean = () => true,
): Command {
  return {
    check,
    toString: () => name,
    run: async (model, real) => {
      await run(model, real);
      await real.releaseHolds();
      await compare(model, real);
    },
  };
}

/** Facts of orders that have been placed by now, in any order and as often as they come. */
const learn = (facts: readonly Fact[], how: Arrival) =>
  command(`learn ${JSON.stringify({ facts, how })}`, async (model, real) => {
    const known = facts.filter(({ order }) => (model.orders[order]?.placedAt ?? model.now) < model.now);
    const numbered = known.map((fact) => {
      model.learn(fact);
      return { fact, revision: model.orders[fact.order]?.revisions ?? 0 };
    });
    await real.learn(numbered, how);
  });

const learnAgain = () => command('learn all again', (_, real) => real.learnAgain());

const wait = (days: number) =>
  command(`wait ${days} days`, async (model, real) => {
    model.now = new Date(model.now.getTime() + days * 86_400_000);
    real.advance(days);
  });

const rule = (kind: RulingKind, pick: number) =>
  command(`${kind} ${pick}`, async (model, real) => {
    const rows = [...(await real.commissions())];
    const [name, row] = rows[pick % rows.length] ?? [];
    if (name === undefined || !row) return;
    const mayRule = model.mayRule(name, kind);
    const isRuled = await real.rule(row, kind);
    // Where the model knows the state, it also knows what may be said.
    if (mayRule !== null) expect([kind, row.state, isRuled]).toEqual([kind, row.state, mayRule]);
    if (isRuled) model.rule(name, kind);
  });

const deleteOrder = (order: number) =>
  command(
    `delete order ${order}`,
    async (model, real) => {
      await real.deleteOrder(order);
      model.deleteOrder(order);
    },
    (model) => model.mayDeleteOrder(order),
  );

const deleteCustomer = (customer: number) =>
  command(
    `delete customer ${customer}`,
    async (model, real) => {
      model.deleteCustomer(customer);
      await real.deleteCustomer(customer);
    },
    (model) => model.mayDeleteCustomer(customer),
  );

const adjust = (partner: number, amount: bigint) =>
  command(`adjust partner ${partner} by ${amount}`, async (model, real) => {
    model.adjustments.set(await real.adjust(partner, amount), { partner, amount, isDeleted: false });
  });

const revise = (offer: number, basisPoints: number) =>
  command(
    `offer ${offer} pays ${basisPoints}`,
    async (model, real) => {
      model.revise(offer, basisPoints);
      await real.revise(offer, basisPoints);
    },
    (model) => model.mayRevise(offer),
  );

const pay = (threshold: bigint) =>
  command(`pay from ${threshold}`, async (model, real) => {
    const lines = model.takePayable(threshold);
    if (lines.length === 0) {
      await expect(real.takePayable(threshold)).rejects.toMatchObject({
        code: 'payout_batch.nothing_to_pay',
      });
      return;
    }
    const { totals } = await real.takePayable(threshold);
    expect(totals.open).toEqual({
      payouts: new Set(lines.map(({ partner }) => partner)).size,
      amount: lines.reduce((sum, { amount }) => sum + amount, 0n),
    });
  });

const close = (pick: number, ending: 'paid' | 'cancelled') =>
  command(
    `payout ${pick} ${ending}`,
    async (model, real) => {
      const index = pick % model.openPayouts.length;
      model.close(index, ending);
      await real.close(index, ending);
    },
    (model) => model.openPayouts.length > 0,
  );

/** The month so far adds up to the cent, and closes with what is owed. */
const readStatement = (partner: number) =>
  command(`read the statement of partner ${partner}`, async (model, real) => {
    const statement = await real.statement(partner);
    expect(statement?.closing ?? NOTHING_OWED).toEqual(model.owing(partner));
    if (!statement) return;
    const { opening, earned, reversed, paidOut, closing } = statement;
    expect(total(opening) + earned - reversed - paidOut).toBe(total(closing));
  });

const NOTHING_OWED: Owing = { held: 0n, payable: 0n, inPayout: 0n };
const total = ({ held, payable, inPayout }: Owing) => held + payable + inPayout;

async function compare(model: ModelLedger, real: RealLedger): Promise<void> {
  const rows = await real.commissions();
  for (const name of [...SLOTS.map(slotName), ...model.adjustments.keys()]) {
    const { state, ...amounts } = model.expected(name);
    const row = rows.get(name);
    expect([name, amountsOf(row)]).toEqual([name, amounts]);
    if (state !== null) expect([name, row?.state]).toEqual([name, state]);
  }
}

function amountsOf(row: CommissionSummary | undefined) {
  return {
    held: BigInt(row?.held ?? 0),
    payable: BigInt(row?.payable ?? 0),
    inPayout: BigInt(row?.in_payout ?? 0),
    paidOut: BigInt(row?.paid_out ?? 0),
  };
}

const facts = fc.array(aFact, { minLength: 1, maxLength: MOST_FACTS });
const pick = fc.nat(20);
const learning = fc.tuple(facts, anArrival).map((drawn) => learn(...drawn));
const waiting = fc.integer({ min: 1, max: 9 }).map(wait);
const reviewing = fc
  .tuple(fc.constantFrom('approved' as const, 'approved' as const, 'declined' as const), pick)
  .map((drawn) => rule(...drawn));
const deleting = fc.oneof(
  pick.map((drawn) => rule('deleted', drawn)),
  fc.constantFrom(...ORDERS).map(deleteOrder),
  fc.nat(1).map(deleteCustomer),
);
const changing = fc.oneof(
  fc
    .tuple(fc.constantFrom(...PARTNERS), fc.constantFrom(-600n, 700n, 9_000n))
    .map((drawn) => adjust(...drawn)),
  fc.tuple(fc.nat(OFFERS.length - 1), fc.constantFrom(100, 3_333)).map((drawn) => revise(...drawn)),
);
const paying = fc.constantFrom(1n, 1n, 2_000n).map(pay);
const closing = fc
  .tuple(pick, fc.constantFrom('paid' as const, 'paid' as const, 'cancelled' as const))
  .map((drawn) => close(...drawn));

/** Facts most often, so that there is something to pay. */
const FREQUENCIES: readonly (readonly [number, fc.Arbitrary<Command>])[] = [
  [5, learning],
  [3, waiting],
  [2, paying],
  [4, closing],
  [2, reviewing],
  [1, changing],
  [1, deleting],
  [1, fc.constantFrom(...PARTNERS).map(readStatement)],
  [1, fc.constant(learnAgain())],
];

/** Sequences of up to so many commands. */
export const someCommands = (most: number) =>
  fc.commands<ModelLedger, RealLedger, false>(
    FREQUENCIES.flatMap(([count, drawn]) => Array.from({ length: count }, () => drawn)),
    { maxCommands: most, size: 'max' },
  );
