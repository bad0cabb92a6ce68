import { ModelOrder } from './model-order.js';
import { CUSTOMER_OF, type Fact, OFFERS, ORDERS, type OrderStory, PARTNERS, timeOn } from './story.js';

/** What makes a commission one: its order, offer and partner. Adjustments have names of their own. */
export interface Slot {
  readonly order: number;
  readonly offer: number;
  readonly partner: number;
}

export const slotName = ({ order, offer, partner }: Slot): string => `${order} ${offer} ${partner}`;

/** All commissions that the orders can have. */
export const SLOTS: readonly Slot[] = ORDERS.flatMap((order) =>
  OFFERS.flatMap((_, offer) => PARTNERS.map((partner) => ({ order, offer, partner }))),
);

/** How a commission must stand. */
export interface Expected {
  readonly held: bigint;
  readonly payable: bigint;
  readonly inPayout: bigint;
  readonly paidOut: bigint;
  /** Null where there may be a tombstone or none, by the order in which facts arrived. */
  readonly state: string | null;
}

export type RulingKind = 'approved' | 'declined' | 'deleted';

/** What is owed before payouts are looked at. */
interface Standing {
  readonly state: string | null;
  readonly target: bigint;
  readonly hold: 'running' | 'over';
}

interface Line {
  readonly name: string;
  readonly partner: number;
  readonly amount: bigint;
}

interface Version {
  readonly since: Date;
  readonly basisPoints: number;
}

interface Adjustment {
  readonly partner: number;
  readonly amount: bigint;
  isDeleted: boolean;
}

const NOTHING: Standing = { state: null, target: 0n, hold: 'over' };

/**
 * The ledger in memory: what each commission must come to, worked out anew from all that is known, by
 * arithmetic of its own.
 */
export class ModelLedger {
  now = timeOn(10, 12);
  readonly orders: readonly ModelOrder[];
  readonly adjustments = new Map<string, Adjustment>();
  readonly openPayouts: (readonly Line[])[] = [];
  readonly #versions: readonly Version[][] = OFFERS.map(({ basisPoints }) => [
    { since: new Date(0), basisPoints },
  ]);
  readonly #rulings = new Map<string, RulingKind>();
  readonly #settled = new Map<string, { inPayout: bigint; paidOut: bigint }>();
  readonly #customersDeleted = new Map<number, Date>();

  constructor(story: readonly OrderStory[]) {
    this.orders = story.map((one) => new ModelOrder(one));
  }

  learn(fact: Fact): void {
    this.orders[fact.order]?.learn(fact);
  }

  /** @returns whether the rule can be changed now: never twice at one moment */
  mayRevise(offer: number): boolean {
    return this.#versions[offer]?.at(-1)?.since.getTime() !== this.now.getTime();
  }

  revise(offer: number, basisPoints: number): void {
    this.#versions[offer]?.push({ since: this.now, basisPoints });
  }

  /** @returns null where it does not know the state, and so not either what may be said */
  mayRule(name: string, kind: RulingKind): boolean | null {
    const { state } = this.expected(name);
    if (state === null) return null;
    if (kind === 'declined') return state === 'in_review';
    if (kind === 'deleted') return state !== 'reversed' && state !== 'declined';
    return state === 'in_review' || (state === 'declined' && !this.#isOrderGone(name));
  }

  rule(name: string, kind: RulingKind): void {
    const adjustment = this.adjustments.get(name);
    if (adjustment) adjustment.isDeleted = true;
    else this.#rulings.set(name, kind);
  }

  mayDeleteOrder(index: number): boolean {
    const order = this.orders[index];
    return order !== undefined && order.revisions > 0 && !this.#isGone(order, index);
  }

  deleteOrder(index: number): void {
    const order = this.orders[index];
    if (order) order.isDeleted = true;
  }

  mayDeleteCustomer(customer: number): boolean {
    return !this.#customersDeleted.has(customer);
  }

  deleteCustomer(customer: number): void {
    this.#customersDeleted.set(customer, this.now);
  }

  /** Takes every payable balance of at least `threshold`; @returns its lines, none when there is nothing to pay */
  takePayable(threshold: bigint): readonly Line[] {
    const payable = [...this.#names()]
      .map(({ name, partner }) => ({ name, partner, amount: this.expected(name).payable }))
      .filter(({ amount }) => amount !== 0n);
    const lines = PARTNERS.flatMap((partner) => {
      const own = payable.filter((line) => line.partner === partner);
      return own.reduce((sum, { amount }) => sum + amount, 0n) >= threshold ? own : [];
    });
    for (const { name, amount } of lines) this.#settledOf(name).inPayout += amount;
    if (lines.length > 0) this.openPayouts.push(lines);
    return lines;
  }

  close(index: number, ending: 'paid' | 'cancelled'): void {
    for (const { name, amount } of this.openPayouts.splice(index, 1).flat()) {
      const settled = this.#settledOf(name);
      settled.inPayout -= amount;
      if (ending === 'paid') settled.paidOut += amount;
    }
  }

  expected(name: string): Expected {
    const { state, target, hold } = this.#standing(name);
    const { inPayout, paidOut } = this.#settledOf(name);
    const settled = inPayout + paidOut;
    const isPaid = state === 'payable' && paidOut !== 0n && paidOut === target && inPayout === 0n;
    return {
      held: hold === 'running' ? target : 0n,
      payable: hold === 'running' ? -settled : target - settled,
      inPayout,
      paidOut,
      state: isPaid ? 'paid' : state,
    };
  }

  /** What is owed to a partner in all. */
  owing(partner: number): { held: bigint; payable: bigint; inPayout: bigint } {
    const sums = { held: 0n, payable: 0n, inPayout: 0n };
    for (const { name } of [...this.#names()].filter((one) => one.partner === partner)) {
      const { held, payable, inPayout } = this.expected(name);
      sums.held += held;
      sums.payable += payable;
      sums.inPayout += inPayout;
    }
    return sums;
  }

  *#names(): Generator<{ name: string; partner: number }> {
    for (const slot of SLOTS) yield { name: slotName(slot), partner: slot.partner };
    for (const [name, { partner }] of this.adjustments) yield { name, partner };
  }

  #settledOf(name: string) {
    const known = this.#settled.get(name) ?? { inPayout: 0n, paidOut: 0n };
    this.#settled.set(name, known);
    return known;
  }

  #standing(name: string): Standing {
    const adjustment = this.adjustments.get(name);
    if (adjustment?.isDeleted) return { state: 'reversed', target: 0n, hold: 'over' };
    if (adjustment) return { state: 'payable', target: adjustment.amount, hold: 'over' };
    const slot = SLOTS.find((one) => slotName(one) === name);
    const order = slot && this.orders[slot.order];
    return order && order.winner === slot.partner ? this.#standingOf(order, slot) : NOTHING;
  }

  /** Of a commission of the partner whom the order is credited to. */
  #standingOf(order: ModelOrder, slot: Slot): Standing {
    const ruling = this.#rulingOn(order, slot);
    if (ruling === 'declined' || ruling === 'deleted') {
      return { ...NOTHING, state: ruling === 'declined' ? 'declined' : null };
    }
    if (order.isCancelled || order.left === 0) return { ...NOTHING, state: 'reversed' };
    if (order.earnedDay === null) return { ...NOTHING, state: 'waiting_fulfilment' };
    if (OFFERS[slot.offer]?.review === 'manual' && !ruling) return { ...NOTHING, state: 'in_review' };
    const target = this.#amount(order, slot);
    const isOver = holdEnd(order.earnedDay, OFFERS[slot.offer]?.holdDays ?? 0) <= this.now;
    if (isOver) return { state: 'payable', target, hold: 'over' };
    return { state: ruling === 'approved' ? 'approved' : 'held', target, hold: 'running' };
  }

  /** An order that is deleted outweighs an approval, not an earlier refusal. */
  #rulingOn(order: ModelOrder, slot: Slot): RulingKind | null {
    const own = this.#rulings.get(slotName(slot)) ?? null;
    if (own === 'declined' || own === 'deleted') return own;
    return this.#isGone(order, slot.order) ? 'deleted' : own;
  }

  #isOrderGone(name: string): boolean {
    const slot = SLOTS.find((one) => slotName(one) === name);
    const order = slot && this.orders[slot.order];
    return slot !== undefined && order !== undefined && this.#isGone(order, slot.order);
  }

  #isGone(order: ModelOrder, index: number): boolean {
    const customerDeleted = this.#customersDeleted.get(CUSTOMER_OF[index] ?? -1);
    return order.isDeleted || (customerDeleted !== undefined && order.placedAt <= customerDeleted);
  }

  #amount(order: ModelOrder, { offer }: Slot): bigint {
    const version = this.#versions[offer]?.findLast(({ since }) => since <= order.placedAt);
    return BigInt(Math.floor((order.left * (version?.basisPoints ?? 0) * 2 + 10_000) / 20_000));
  }
}

/** Local midnight in Berlin's summer that begins the day so many days after the one it was earned on. */
const holdEnd = (earnedDay: number, holdDays: number) => timeOn(earnedDay + holdDays - 1, 22);
