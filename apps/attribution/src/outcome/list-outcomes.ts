import { Injectable } from '@nestjs/common';
import type { SubjectKind } from '#contracts';
import { Database, type Transaction } from '#database';
import { cursorId, type PageQuery, type PartnershipOfPartner } from '#http';
import type { Id } from '#kernel';
import type { Candidate, ReasonCode } from '#rules';

/** What became of a partner's own click, code, lead or deal at one event, won or lost. */
export interface ReferralOutcome {
  readonly decisionId: Id<'Decision'>;
  readonly actionKind: SubjectKind;
  readonly actionAt: Date;
  readonly kind: Candidate['kind'];
  readonly code: string | null;
  readonly click: {
    readonly clickId: Id<'Click'>;
    readonly linkId: Id<'Link'>;
    readonly clickedAt: Date;
  } | null;
  readonly reason: string;
}

/**
 * The outcomes of what a partner did to refer customers, newest first: one for each event in which one of its
 * clicks, codes, leads or deals was a candidate. Row-level security leaves nothing else to read than the partner's own candidates.
 */
@Injectable()
export class ListOutcomes {
  constructor(private readonly database: Database) {}

  /** @returns one more than the limit when there is a next page */
  execute(partnership: PartnershipOfPartner, page: PageQuery): Promise<ReferralOutcome[]> {
    return this.database.transaction(partnership.scope, async (tx) => {
      const outcomes = await readOutcomes(tx, partnership, page);
      const unfulfilled = await readUnfulfilledOrders(
        tx,
        partnership,
        outcomes.filter(({ reason }) => reason === 'WON').map(({ decisionId }) => decisionId),
      );
      return outcomes.map((outcome) => ({
        ...outcome,
        reason: unfulfilled.get(outcome.decisionId) ?? outcome.reason,
      }));
    });
  }
}

interface OutcomeRow {
  readonly decision_id: Id<'Decision'>;
  readonly action_kind: SubjectKind;
  readonly action_at: string;
  readonly kind: Candidate['kind'];
  readonly code: string | null;
  readonly click_id: Id<'Click'> | null;
  readonly link_id: Id<'Link'> | null;
  readonly clicked_at: string | null;
  readonly reason: string;
}

async function readOutcomes(
  tx: Transaction,
  { companyId, partnershipId }: PartnershipOfPartner,
  page: PageQuery,
): Promise<ReferralOutcome[]> {
  const rows = await tx.query<OutcomeRow>(
    `select distinct on (decision_id)
            decision_id, action_kind, action_at, kind, code, click_id, link_id, clicked_at, reason
       from attribution.candidate
      where company_id = $1 and partnership_id = $2 and kind in ('click', 'code', 'lead', 'deal')
        and ($3::uuid is null or decision_id < $3)
      order by decision_id desc, revision desc, position limit $4`,
    [companyId, partnershipId, cursorId(page), page.limit + 1],
  );
  return rows.map((row) => ({
    decisionId: row.decision_id,
    actionKind: row.action_kind,
    actionAt: new Date(row.action_at),
    kind: row.kind,
    code: row.code,
    click:
      row.click_id && row.link_id && row.clicked_at
        ? { clickId: row.click_id, linkId: row.link_id, clickedAt: new Date(row.clicked_at) }
        : null,
    reason: row.reason,
  }));
}

/** Of the decisions the partner won, those about orders that are not fulfilled and have to be, and why not. */
async function readUnfulfilledOrders(
  tx: Transaction,
  { companyId }: PartnershipOfPartner,
  decisionIds: readonly Id<'Decision'>[],
): Promise<ReadonlyMap<Id<'Decision'>, ReasonCode>> {
  if (decisionIds.length === 0) return new Map();
  const orders = await tx.query<{
    decision_id: Id<'Decision'>;
    subject_key: string;
    is_cancelled: boolean;
  }>(
    `select decision_id, subject_key, cancelled_at is not null as is_cancelled from attribution.decision
      where company_id = $1 and decision_id = any($2::uuid[]) and superseded_at is null
        and subject_kind = 'order' and subject_facts->>'fulfilmentPolicy' <> 'none'`,
    [companyId, decisionIds],
  );
  const reported = await tx.query<{ order_key: string; is_fulfilled: boolean; is_deleted: boolean }>(
    `select order_key, fulfilled_at is not null as is_fulfilled, state = 'deleted' as is_deleted
       from commissions.published_order where company_id = $1 and order_key = any($2::text[])`,
    [companyId, orders.map((row) => row.subject_key)],
  );
  const fateOf = new Map(reported.map((row) => [row.order_key, row]));
  const unfulfilled = new Map<Id<'Decision'>, ReasonCode>();
  for (const row of orders) {
    const fate = fateOf.get(row.subject_key);
    if (row.is_cancelled) unfulfilled.set(row.decision_id, 'CANCELLED_BEFORE_FULFILMENT');
    else if (fate?.is_deleted && !fate.is_fulfilled)
      unfulfilled.set(row.decision_id, 'DELETED_BEFORE_FULFILMENT');
    else if (!fate?.is_fulfilled) unfulfilled.set(row.decision_id, 'AWAITING_FULFILMENT');
  }
  return unfulfilled;
}
