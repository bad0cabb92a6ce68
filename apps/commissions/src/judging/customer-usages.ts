import type { Transaction } from '#database';
import { type CustomerUsage, NOTHING_USED } from '#rules';
import { nameOfCustomer } from '../subject/customer-store.js';
import { nameOf, nameOfSubject, type Subject } from '../subject/subject.js';

/** What one subject of a customer takes of an offer's customer cap for one partnership. */
interface Use {
  readonly subject: string;
  readonly occurredAt: number;
  readonly offerId: string;
  readonly partnershipId: string;
  readonly promised: bigint;
}

interface UseRow {
  readonly company_id: string;
  readonly customer_id: string;
  readonly kind: string;
  readonly key: string;
  readonly occurred_at: string;
  readonly offer_id: string;
  readonly partnership_id: string;
  readonly promised: string;
}

/**
 * What customers' subjects took of customer caps, by the last evaluation of each, counted in the order in
 * which they happened. It moves with every judgement of the batch, so subjects are judged in that order.
 */
export class CustomerUsages {
  readonly #uses: Map<string, Use[]>;

  private constructor(rows: readonly UseRow[]) {
    const customers = Map.groupBy(rows, (row) => nameOfCustomer(row.company_id, row.customer_id));
    this.#uses = new Map([...customers].map(([customer, own]) => [customer, own.map(useOf)]));
  }

  /** For customers of whom nothing was judged yet. */
  static none(): CustomerUsages {
    return new CustomerUsages([]);
  }

  /**
   * Reads those of the customers of `subjects`.
   * @param judged what is judged again, perhaps for another partner, customer or time: what it took before is
   *   left out
   */
  static async read(
    tx: Transaction,
    subjects: readonly Subject[],
    judged: readonly Subject[],
  ): Promise<CustomerUsages> {
    if (subjects.length === 0) return CustomerUsages.none();
    const customers = new Map(subjects.map((s) => [nameOfCustomer(s.companyId, s.customerId), s]));
    const names = [...customers.values()];
    const rows = await tx.query<UseRow>(USES, [
      names.map((s) => s.companyId),
      names.map((s) => s.customerId),
    ]);
    const again = new Set(judged.map(nameOfSubject));
    return new CustomerUsages(rows.filter((row) => !again.has(nameOf(row))));
  }

  /** What the customer's earlier subjects took of an offer's cap for one partnership. */
  before(subject: Subject, offerId: string, partnershipId: string): CustomerUsage {
    const earlier = this.#of(subject).filter(
      (use) => use.offerId === offerId && use.partnershipId === partnershipId && isEarlier(use, subject),
    );
    if (earlier.length === 0) return NOTHING_USED;
    return { count: earlier.length, amount: earlier.reduce((sum, { promised }) => sum + promised, 0n) };
  }

  /** Counts a subject that qualifies. */
  record(subject: Subject, offerId: string, partnershipId: string, promised: bigint): void {
    const occurredAt = subject.facts.occurredAt.getTime();
    const use = { subject: nameOfSubject(subject), occurredAt, offerId, partnershipId, promised };
    this.#set(subject, [...this.#of(subject), use]);
  }

  #of({ companyId, customerId }: Subject): readonly Use[] {
    return this.#uses.get(nameOfCustomer(companyId, customerId)) ?? [];
  }

  #set({ companyId, customerId }: Subject, uses: Use[]): void {
    this.#uses.set(nameOfCustomer(companyId, customerId), uses);
  }
}

const useOf = (row: UseRow): Use => ({
  subject: nameOf(row),
  occurredAt: new Date(row.occurred_at).getTime(),
  offerId: row.offer_id,
  partnershipId: row.partnership_id,
  promised: BigInt(row.promised),
});

/** The order in which things happened; of the same moment, by name. */
export function byEventTime(a: Subject, b: Subject): number {
  const difference = a.facts.occurredAt.getTime() - b.facts.occurredAt.getTime();
  if (difference !== 0) return difference;
  return nameOfSubject(a) < nameOfSubject(b) ? -1 : 1;
}

function isEarlier(use: Use, subject: Subject): boolean {
  const at = subject.facts.occurredAt.getTime();
  return use.occurredAt < at || (use.occurredAt === at && use.subject < nameOfSubject(subject));
}

/** A refusal by the company or a cancellation takes nothing back: what an offer promised stays used. */
const USES = `
  select n.company_id, n.customer_id, s.kind, s.key, s.occurred_at, e.offer_id, e.partnership_id, e.promised
  from unnest($1::uuid[], $2::uuid[]) as n(company_id, customer_id)
  cross join lateral (
    select kind, key, occurred_at from commissions.subject s
    where s.company_id = n.company_id and s.customer_id = n.customer_id and s.revision > 0) s
  cross join lateral (
    select distinct on (e.offer_id, e.partnership_id, e.currency)
      e.offer_id, e.partnership_id, e.outcome, coalesce(e.promised, e.amount) as promised
    from commissions.evaluation e
    where e.company_id = n.company_id and e.subject_kind = s.kind and e.subject_key = s.key
    order by e.offer_id, e.partnership_id, e.currency, e.evaluation_no desc) e
  where e.outcome not in ('not_qualified', 'withdrawn')`;
