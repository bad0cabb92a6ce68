import type { Transaction } from '#database';
import { type CustomerUsage, NOTHING_USED } from '#rules';
import { nameOfCustomer } from '../subject/customer-store.js';
import { nameOfSubject, type Subject } from '../subject/subject.js';

/** `nameOf` in SQL. */
const NAME = `s.company_id || ' ' || s.kind || ' ' || s.key`;

/** What a subject of a customer takes of an offer's customer cap for one partnership; or all that are long before. */
interface Use {
  readonly subject: string;
  readonly occurredAt: number;
  readonly count: number;
  readonly promised: bigint;
}

interface UseRow {
  readonly company_id: string;
  readonly customer_id: string;
  /** Null for all subjects together that happened before every one that is judged. */
  readonly subject: string | null;
  readonly occurred_at: string | null;
  readonly count: number;
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
    const caps = Map.groupBy(rows, (row) =>
      capOf(nameOfCustomer(row.company_id, row.customer_id), row.offer_id, row.partnership_id),
    );
    this.#uses = new Map([...caps].map(([cap, own]) => [cap, own.map(useOf)]));
  }

  /** For customers of whom nothing was judged yet. */
  static none(): CustomerUsages {
    return new CustomerUsages([]);
  }

  /**
   * Reads those of the customers of `subjects`, up to the last one judged: later ones take nothing from it.
   * @param judged what is judged again, perhaps for another partner, customer or time: what it took before is
   *   left out
   */
  static async read(
    tx: Transaction,
    subjects: readonly Subject[],
    judged: readonly Subject[],
  ): Promise<CustomerUsages> {
    if (subjects.length === 0) return CustomerUsages.none();
    const spans = spansOf(subjects);
    const rows = await tx.query<UseRow>(USES, [
      spans.map(({ first }) => first.companyId),
      spans.map(({ first }) => first.customerId),
      spans.map(({ first }) => first.facts.occurredAt),
      spans.map(({ last }) => last.facts.occurredAt),
      judged.map(nameOfSubject),
    ]);
    return new CustomerUsages(rows);
  }

  /** What the customer's earlier subjects took of an offer's cap for one partnership. */
  before(subject: Subject, offerId: string, partnershipId: string): CustomerUsage {
    const uses = this.#uses.get(capOf(customerOf(subject), offerId, partnershipId)) ?? [];
    const earlier = uses.filter((use) => isEarlier(use, subject));
    if (earlier.length === 0) return NOTHING_USED;
    return {
      count: earlier.reduce((sum, { count }) => sum + count, 0),
      amount: earlier.reduce((sum, { promised }) => sum + promised, 0n),
    };
  }

  /** Counts a subject that qualifies. */
  record(subject: Subject, offerId: string, partnershipId: string, promised: bigint): void {
    const occurredAt = subject.facts.occurredAt.getTime();
    const use = { subject: nameOfSubject(subject), occurredAt, count: 1, promised };
    const cap = capOf(customerOf(subject), offerId, partnershipId);
    const uses = this.#uses.get(cap);
    if (uses) uses.push(use);
    else this.#uses.set(cap, [use]);
  }
}

const capOf = (customer: string, offerId: string, partnershipId: string): string =>
  `${customer} ${offerId} ${partnershipId}`;
const customerOf = ({ companyId, customerId }: Subject): string => nameOfCustomer(companyId, customerId);

const useOf = (row: UseRow): Use => ({
  subject: row.subject ?? '',
  occurredAt: row.occurred_at === null ? Number.NEGATIVE_INFINITY : new Date(row.occurred_at).getTime(),
  count: row.count,
  promised: BigInt(row.promised),
});

/** The first and the last one judged of each customer. */
function spansOf(subjects: readonly Subject[]): { readonly first: Subject; readonly last: Subject }[] {
  const own = Map.groupBy(subjects.toSorted(byEventTime), (s) => customerOf(s));
  return [...own.values()].flatMap((sorted) => {
    const [first, last] = [sorted[0], sorted.at(-1)];
    return first && last ? [{ first, last }] : [];
  });
}

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

/**
 * A refusal by the company or a cancellation takes nothing back: what an offer promised stays used. What happened
 * before everything that is judged is added up here.
 */
const USES = `
  select n.company_id, n.customer_id, s.subject, s.occurred_at, e.offer_id, e.partnership_id,
    count(*)::int as count, sum(e.promised)::text as promised
  from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[])
    as n(company_id, customer_id, first_at, last_at)
  cross join lateral (
    select s.kind, s.key, case when s.occurred_at >= n.first_at then s.occurred_at end as occurred_at,
      case when s.occurred_at >= n.first_at then ${NAME} end as subject
    from commissions.subject s
    where s.company_id = n.company_id and s.customer_id = n.customer_id and s.occurred_at <= n.last_at
      and s.revision > 0 and ${NAME} <> all ($5::text[])) s
  cross join lateral (
    select distinct on (e.offer_id, e.partnership_id, e.currency)
      e.offer_id, e.partnership_id, e.outcome, coalesce(e.promised, e.amount) as promised
    from commissions.evaluation e
    where e.company_id = n.company_id and e.subject_kind = s.kind and e.subject_key = s.key
    order by e.offer_id, e.partnership_id, e.currency, e.evaluation_no desc) e
  where e.outcome not in ('not_qualified', 'withdrawn')
  group by n.company_id, n.customer_id, s.subject, s.occurred_at, e.offer_id, e.partnership_id`;
