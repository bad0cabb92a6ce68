import { SUBJECT_KINDS } from '#contracts';
import { dateOrNull, type Transaction, Where, type Statements } from '#database';
import { asCurrency, asId, type Currency, type Id, NotFound } from '#kernel';
import type { CommissionRuling } from '#rules';
import { LAST_RULING, type StoredRuling } from '../ruling/ruling-store.js';
import type { CommissionState, ReversalReason } from './commission-state.js';

/** What a commission is about. */
export const COMMISSION_SUBJECT_KINDS = [...SUBJECT_KINDS, 'adjustment'] as const;
export type CommissionSubjectKind = (typeof COMMISSION_SUBJECT_KINDS)[number];

/** One commission as readers see it. */
export interface Commission {
  readonly commissionId: Id<'Commission'>;
  readonly programId: Id<'Program'>;
  readonly partnershipId: Id<'Partnership'>;
  /** Null for an adjustment by hand. */
  readonly offer: { readonly offerId: Id<'Offer'>; readonly name: string } | null;
  readonly subjectKind: CommissionSubjectKind;
  readonly subjectKey: string;
  /** Null when the order is no longer this partnership's, and the reader is this partner. */
  readonly customerId: Id<'Customer'> | null;
  /**
   * Whether a partner may not see whose it is: the order was not fulfilled (yet), or is not this
   * partner's any more.
   */
  readonly isPersonHidden: boolean;
  readonly state: CommissionState;
  readonly reversalReason: ReversalReason | null;
  /** The company's last word on it. */
  readonly ruling: (CommissionRuling & { readonly ruledAt: Date }) | null;
  /** Why the company gave or took the amount by hand; null for all other commissions. */
  readonly adjustmentReason: string | null;
  readonly amount: bigint;
  /** How much of it is earned: less than all of it while some lines of its order wait. */
  readonly earned: bigint;
  /** Below zero when more was paid out than is left of it. */
  readonly payable: bigint;
  /** What payouts took of it: on its way to the partner, and paid. */
  readonly inPayout: bigint;
  readonly paidOut: bigint;
  readonly currency: Currency;
  readonly heldUntil: Date | null;
  /** When the order was placed or the customer signed up. */
  readonly occurredAt: Date;
  readonly createdAt: Date;
  /** The program's zone, in which days are told. */
  readonly timeZone: string;
}

interface CommissionRow {
  readonly commission_id: string;
  readonly program_id: string;
  readonly partnership_id: string;
  readonly offer_id: string | null;
  readonly offer_name: string | null;
  readonly subject_kind: CommissionSubjectKind;
  readonly subject_key: string;
  readonly customer_id: string | null;
  readonly is_person_hidden: boolean;
  readonly state: CommissionState;
  readonly reversal_reason: ReversalReason | null;
  readonly ruling: StoredRuling | null;
  readonly adjustment_reason: string | null;
  readonly amount: string;
  readonly earned: string;
  readonly payable: string;
  readonly in_payout: string;
  readonly paid_out: string;
  readonly currency: string;
  readonly held_until: string | null;
  readonly occurred_at: string;
  readonly created_at: string;
  readonly time_zone: string | null;
}

/** Which commissions of a company; null leaves a filter out. */
export interface CommissionFilter {
  readonly companyId: Id<'Company'>;
  readonly partnershipId: Id<'Partnership'> | null;
  readonly programId: Id<'Program'> | null;
  readonly state: CommissionState | null;
}

const COMMISSIONS = `
  select c.commission_id, c.program_id, c.partnership_id, c.offer_id, o.name as offer_name, c.subject_kind,
    c.subject_key, s.customer_id,
    s.key is null or (coalesce(s.fulfilment_policy, 'none') <> 'none'
      and case when s.fulfilment_policy = 'complete' then s.completed_at else s.fulfilled_at end is null)
      as is_person_hidden, c.state, ${LAST_RULING} as ruling, a.reason as adjustment_reason,
    c.reversal_reason, c.amount, c.held + c.payable + c.in_payout + c.paid_out as earned, c.payable,
    c.in_payout, c.paid_out, c.currency, c.held_until, c.occurred_at, c.created_at, (
      select p.time_zone from approvals.published_program_settings p
      where p.company_id = c.company_id and p.program_id = c.program_id
      order by p.effective_from desc limit 1) as time_zone
  from commissions.commission c
  left join commissions.offer o on o.company_id = c.company_id and o.offer_id = c.offer_id
  left join commissions.adjustment a on a.company_id = c.company_id and a.commission_id = c.commission_id
  left join commissions.subject s
    on s.company_id = c.company_id and s.kind = c.subject_kind and s.key = c.subject_key`;

/** After a cursor; at most `limit`. */
export async function loadCommissions(
  statements: Statements,
  filter: CommissionFilter,
  page: {
    readonly after: string | null;
    readonly limit: number;
    readonly order: 'newest first' | 'oldest first';
  },
): Promise<Commission[]> {
  const [beyond, direction] =
    page.order === 'newest first' ? (['<', 'desc'] as const) : (['>', 'asc'] as const);
  const where = new Where()
    .and('c.company_id = ?', filter.companyId)
    .and('c.partnership_id = ?', filter.partnershipId)
    .and('c.program_id = ?', filter.programId)
    .and(`c.commission_id ${beyond} ?`, page.after);
  // One of a closed list, and said in the text: plans are generic, and partial indexes serve constants only.
  const inState = filter.state === null ? '' : `and c.state = '${filter.state}'`;
  const rows = await statements.query<CommissionRow>(
    `${COMMISSIONS} where ${where.text} ${inState}
     order by c.commission_id ${direction} limit ${where.parameter(page.limit)}`,
    where.values,
  );
  return rows.map(commissionOf);
}

/**
 * One commission of a company, or of one of its partnerships; null asks for no certain one.
 * @throws NotFound
 */
export async function loadCommission(
  tx: Transaction,
  { companyId, partnershipId }: Pick<CommissionFilter, 'companyId' | 'partnershipId'>,
  commissionId: Id<'Commission'>,
): Promise<Commission> {
  const where = new Where()
    .and('c.company_id = ?', companyId)
    .and('c.commission_id = ?', commissionId)
    .and('c.partnership_id = ?', partnershipId);
  const [row] = await tx.query<CommissionRow>(`${COMMISSIONS} where ${where.text}`, where.values);
  if (!row) throw new NotFound('commission');
  return commissionOf(row);
}

function commissionOf(row: CommissionRow): Commission {
  return {
    commissionId: asId('Commission', row.commission_id),
    programId: asId('Program', row.program_id),
    partnershipId: asId('Partnership', row.partnership_id),
    offer:
      row.offer_id === null ? null : { offerId: asId('Offer', row.offer_id), name: row.offer_name ?? '' },
    subjectKind: row.subject_kind,
    subjectKey: row.subject_key,
    customerId: row.customer_id === null ? null : asId('Customer', row.customer_id),
    isPersonHidden: row.is_person_hidden,
    state: row.state,
    reversalReason: row.reversal_reason,
    ruling: row.ruling && { ...row.ruling, ruledAt: new Date(row.ruling.at) },
    adjustmentReason: row.adjustment_reason,
    amount: BigInt(row.amount),
    earned: BigInt(row.earned),
    payable: BigInt(row.payable),
    inPayout: BigInt(row.in_payout),
    paidOut: BigInt(row.paid_out),
    currency: asCurrency(row.currency),
    heldUntil: dateOrNull(row.held_until),
    occurredAt: new Date(row.occurred_at),
    createdAt: new Date(row.created_at),
    timeZone: row.time_zone ?? 'UTC',
  };
}
