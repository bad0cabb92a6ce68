import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#database';
import { cursorId, type PageQuery, type PartnershipOfPartner } from '#http';
import type { Id } from '#kernel';

/** What became of a partner's own click at one signup or order, won or lost. */
export interface ClickOutcome {
  readonly decisionId: Id<'Decision'>;
  readonly actionKind: 'signup' | 'order';
  readonly actionAt: Date;
  readonly clickId: Id<'Click'>;
  readonly linkId: Id<'Link'>;
  readonly clickedAt: Date;
  readonly reason: string;
}

/**
 * The outcomes of a partner's own clicks, newest first: one for each signup or order in which they were a
 * candidate. Row-level security leaves nothing else to read than the partner's own candidates.
 */
@Injectable()
export class ListOutcomes {
  constructor(private readonly database: Database) {}

  /** @returns one more than the limit when there is a next page */
  execute(partnership: PartnershipOfPartner, page: PageQuery): Promise<ClickOutcome[]> {
    return this.database.transaction(partnership.scope, async (tx) => {
      const outcomes = await readOutcomes(tx, partnership, page);
      const waiting = await readWaitingOrders(
        tx,
        partnership,
        outcomes.filter(({ reason }) => reason === 'WON').map(({ decisionId }) => decisionId),
      );
      return outcomes.map((outcome) =>
        waiting.has(outcome.decisionId) ? { ...outcome, reason: 'AWAITING_FULFILMENT' } : outcome,
      );
    });
  }
}

interface OutcomeRow {
  readonly decision_id: Id<'Decision'>;
  readonly action_kind: 'signup' | 'order';
  readonly action_at: string;
  readonly click_id: Id<'Click'>;
  readonly link_id: Id<'Link'>;
  readonly clicked_at: string;
  readonly reason: string;
}

async function readOutcomes(
  tx: Transaction,
  { companyId, partnershipId }: PartnershipOfPartner,
  page: PageQuery,
): Promise<ClickOutcome[]> {
  const rows = await tx.query<OutcomeRow>(
    `select distinct on (decision_id)
            decision_id, action_kind, action_at, click_id, link_id, clicked_at, reason
       from attribution.candidate
      where company_id = $1 and partnership_id = $2 and kind = 'click'
        and ($3::uuid is null or decision_id < $3)
      order by decision_id desc, revision desc, position limit $4`,
    [companyId, partnershipId, cursorId(page), page.limit + 1],
  );
  return rows.map((row) => ({
    decisionId: row.decision_id,
    actionKind: row.action_kind,
    actionAt: new Date(row.action_at),
    clickId: row.click_id,
    linkId: row.link_id,
    clickedAt: new Date(row.clicked_at),
    reason: row.reason,
  }));
}

/** Of the decisions the partner won, those about orders that are not fulfilled yet and have to be. */
async function readWaitingOrders(
  tx: Transaction,
  { companyId }: PartnershipOfPartner,
  decisionIds: readonly Id<'Decision'>[],
): Promise<Set<Id<'Decision'>>> {
  if (decisionIds.length === 0) return new Set();
  const orders = await tx.query<{ decision_id: Id<'Decision'>; subject_key: string }>(
    `select decision_id, subject_key from attribution.decision
      where company_id = $1 and decision_id = any($2::uuid[]) and superseded_at is null
        and order_facts->>'fulfilmentPolicy' <> 'none'`,
    [companyId, decisionIds],
  );
  const fulfilled = await tx.query<{ order_key: string }>(
    `select order_key from commissions.published_order
      where company_id = $1 and order_key = any($2::text[]) and fulfilled_at is not null`,
    [companyId, orders.map((row) => row.subject_key)],
  );
  const isFulfilled = new Set(fulfilled.map((row) => row.order_key));
  return new Set(orders.filter((row) => !isFulfilled.has(row.subject_key)).map((row) => row.decision_id));
}
