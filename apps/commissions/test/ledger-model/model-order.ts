import { type Fact, type OrderStory, timeOn } from './story.js';

/** Whether it is final, when it happened, whether it is lost, its amount: the largest of these counts. */
type Report = readonly [isFinal: boolean, day: number, isLost: boolean, amount: number];

/** An order in memory: what is known of it, whatever the order in which it became known. */
export class ModelOrder {
  /** How often it was credited; the last credit counts. */
  revisions = 0;
  winner: number | null = null;
  isDeleted = false;
  #fulfilledDay: number | null = null;
  #isCancelled = false;
  #refundedInAll = 0;
  readonly #refunds = new Map<number, number>();
  readonly #chargebacks = new Map<number, Report>();

  constructor(readonly story: OrderStory) {}

  learn(fact: Fact): void {
    switch (fact.kind) {
      case 'credited':
        this.revisions += 1;
        this.winner = fact.to;
        break;
      case 'fulfilled': {
        const day = this.story.day + fact.daysLater;
        this.#fulfilledDay = Math.min(day, this.#fulfilledDay ?? day);
        break;
      }
      case 'refunded':
        this.#refunds.set(fact.key, Math.max(fact.amount, this.#refunds.get(fact.key) ?? 0));
        break;
      case 'refunded_in_all':
        this.#refundedInAll = Math.max(this.#refundedInAll, fact.total);
        break;
      case 'charged_back': {
        const { key, outcome, daysLater, amount } = fact;
        const report: Report = [outcome !== 'opened', daysLater, outcome === 'lost', amount];
        const known = this.#chargebacks.get(key);
        if (!known || isLarger(report, known)) this.#chargebacks.set(key, report);
        break;
      }
      case 'cancelled':
        this.#isCancelled = true;
        break;
    }
  }

  get placedAt(): Date {
    return timeOn(this.story.day);
  }

  /** The local day on which it is earned; null while it waits. */
  get earnedDay(): number | null {
    return this.story.policy === 'none' ? this.story.day : this.#fulfilledDay;
  }

  get isCancelled(): boolean {
    return this.#isCancelled && this.#fulfilledDay === null;
  }

  /** What refunds and chargebacks left of its amount. */
  get left(): number {
    const singly = sum(this.#refunds.values());
    const chargedBack = sum(
      [...this.#chargebacks.values()].map(([isFinal, , isLost, amount]) => (isFinal && !isLost ? 0 : amount)),
    );
    const { amount } = this.story;
    const refunded = Math.min(amount, Math.max(singly, this.#refundedInAll));
    return Math.max(0, amount - refunded - chargedBack);
  }
}

function isLarger(a: Report, b: Report): boolean {
  const difference = a.map((part, index) => Number(part) - Number(b[index])).find((part) => part !== 0);
  return difference !== undefined && difference > 0;
}

const sum = (amounts: Iterable<number>) => [...amounts].reduce((total, amount) => total + amount, 0);
