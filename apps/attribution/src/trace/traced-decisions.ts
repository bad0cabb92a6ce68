import type { SubjectKind } from '#contracts';
import { companyScope, type Database, dateOrNull, type Transaction } from '#database';
import type { PartnershipOfPartner } from '#http';
import type { Id } from '#kernel';
import type { Candidate } from '#rules';

/** Who a row is about, seen by one partner. Nobody else is ever more than "another partner". */
type Party = 'you' | 'another_partner';

export interface TracedCandidate {
  readonly position: number;
  readonly kind: Candidate['kind'];
  readonly party: Party;
  readonly reason: string;
  /** Of the partner's own discount codes only. */
  readonly code: string | null;
  /** Of the partner's own clicks only. */
  readonly click: {
    readonly clickId: Id<'Click'>;
    readonly linkId: Id<'Link'>;
    readonly clickedAt: Date;
  } | null;
}

/** One revision of one decision. */
export interface TracedDecision {
  readonly decisionId: Id<'Decision'>;
  readonly revision: number;
  readonly kind: SubjectKind;
  readonly subjectKey: string;
  /** An order that has to be fulfilled and is not: a partner may know that it waits, never whose it is. */
  readonly isWaiting: boolean;
  readonly occurredAt: Date;
  readonly winner: Party | null;
  readonly method: string | null;
  readonly reason: string;
  readonly cause: string;
  /** What the company said when it decided by hand. */
  readonly note: string | null;
  readonly cancelledAt: Date | null;
  readonly decidedAt: Date;
  readonly candidates: readonly TracedCandidate[];
}

/** Which decisions a partner asks about; that they concern it has been checked under its own scope. */
export type Asked =
  { readonly customerId: Id<'Customer'> } | { readonly kind: SubjectKind; readonly subjectKey: string };

/** The newest decisions of one customer that a trace shows. */
const DECISIONS_PER_TRACE = 100;

/**
 * Every revision of the decisions, with every candidate in the order judged. A partner's own scope hides the
 * others' candidates, so this reads in the company's, and the SQL itself leaves out who the others are: their
 * ids never reach this process.
 */
export function readTracedDecisions(
  database: Database,
  { companyId, partnershipId }: PartnershipOfPartner,
  asked: Asked,
): Promise<TracedDecision[]> {
  return database.transaction(companyScope(companyId), async (tx) => {
    const revisions = await readRevisions(tx, companyId, partnershipId, asked);
    const candidates = await readCandidates(
      tx,
      companyId,
      partnershipId,
      revisions.map((row) => row.decision_id),
    );
    const candidatesOf = Map.groupBy(candidates, (row) => `${row.decision_id}/${row.revision}`);
    return revisions.map((row) => ({
      decisionId: row.decision_id,
      revision: row.revision,
      kind: row.subject_kind,
      subjectKey: row.subject_key,
      isWaiting: row.is_waiting,
      occurredAt: new Date(row.occurred_at),
      winner: row.winner,
      method: row.method,
      reason: row.reason,
      cause: row.cause,
      note: row.note,
      cancelledAt: dateOrNull(row.cancelled_at),
      decidedAt: new Date(row.decided_at),
      candidates: (candidatesOf.get(`${row.decision_id}/${row.revision}`) ?? []).map(candidateOf),
    }));
  });
}

interface RevisionRow {
  readonly decision_id: Id<'Decision'>;
  readonly revision: number;
  readonly subject_kind: SubjectKind;
  readonly subject_key: string;
  readonly is_waiting: boolean;
  readonly occurred_at: string;
  readonly winner: Party | null;
  readonly method: string | null;
  readonly reason: string;
  readonly cause: string;
  readonly note: string | null;
  readonly cancelled_at: string | null;
  readonly decided_at: string;
}

function readRevisions(
  tx: Transaction,
  companyId: Id<'Company'>,
  partnershipId: Id<'Partnership'>,
  asked: Asked,
): Promise<RevisionRow[]> {
  const [customerId, kind, subjectKey] =
    'customerId' in asked ? [asked.customerId, null, null] : [null, asked.kind, asked.subjectKey];
  return tx.query<RevisionRow>(
    `select d.decision_id, d.revision, d.subject_kind, d.subject_key, d.occurred_at, d.method, d.reason, d.cause,
            d.decided_at, d.cancelled_at,
            (select a.reason from attribution.assignment a
              where a.company_id = d.company_id and a.assignment_id = d.assignment_id) as note,
            case when d.partnership_id = $2 then 'you' when d.partnership_id is not null then 'another_partner' end
              as winner,
            coalesce(d.subject_kind = 'order' and d.subject_facts->>'fulfilmentPolicy' <> 'none', false) and not exists (
              select from commissions.published_order o
               where o.company_id = $1 and o.order_key = d.subject_key and o.fulfilled_at is not null
            ) as is_waiting
       from attribution.decision d
      where d.company_id = $1 and d.decision_id in (
        select c.decision_id from attribution.decision c
         where c.company_id = $1 and (c.customer_id = $3 or (c.subject_kind = $4 and c.subject_key = $5))
           and c.superseded_at is null
           and exists (select from attribution.candidate own
                        where own.company_id = $1 and own.partnership_id = $2
                          and own.decision_id = c.decision_id)
         order by c.decision_id desc limit ${DECISIONS_PER_TRACE})
      order by d.occurred_at desc, d.decision_id, d.revision`,
    [companyId, partnershipId, customerId, kind, subjectKey],
  );
}

interface CandidateRow {
  readonly decision_id: Id<'Decision'>;
  readonly revision: number;
  readonly position: number;
  readonly kind: Candidate['kind'];
  readonly code: string | null;
  readonly party: Party;
  readonly reason: string;
  readonly click_id: Id<'Click'> | null;
  readonly link_id: Id<'Link'> | null;
  readonly clicked_at: string | null;
}

function readCandidates(
  tx: Transaction,
  companyId: Id<'Company'>,
  partnershipId: Id<'Partnership'>,
  decisionIds: readonly Id<'Decision'>[],
): Promise<CandidateRow[]> {
  return tx.query<CandidateRow>(
    `select decision_id, revision, position, kind, reason,
            case when partnership_id = $2 then 'you' else 'another_partner' end as party,
            case when partnership_id = $2 then code end as code,
            case when partnership_id = $2 then click_id end as click_id,
            case when partnership_id = $2 then link_id end as link_id,
            case when partnership_id = $2 then clicked_at end as clicked_at
       from attribution.candidate
      where company_id = $1 and decision_id = any($3::uuid[])
      order by decision_id, revision, position`,
    [companyId, partnershipId, [...new Set(decisionIds)]],
  );
}

function candidateOf(row: CandidateRow): TracedCandidate {
  const { click_id: clickId, link_id: linkId, clicked_at: clickedAt } = row;
  return {
    position: row.position,
    kind: row.kind,
    party: row.party,
    reason: row.reason,
    code: row.code,
    click: clickId && linkId && clickedAt ? { clickId, linkId, clickedAt: new Date(clickedAt) } : null,
  };
}
