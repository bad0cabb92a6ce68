import type { Transaction } from '#database';
import { asId, type Id } from '#kernel';
import type { Condition, EvaluationOutcome, LedgerAccount, CommissionRuling } from '#rules';
import type { PostingCause } from '../ledger/record-postings.js';
import type { Commission } from './commission.js';

/** One evaluation behind a commission. */
interface TrailEvaluation {
  readonly evaluationId: Id<'Evaluation'>;
  readonly evaluationNo: number;
  /** Null for an adjustment by hand. */
  readonly offerVersion: number | null;
  readonly outcome: EvaluationOutcome;
  readonly conditions: readonly Condition[];
  readonly targetAmount: bigint;
  readonly evaluatedAt: Date;
}

/** What was posted at once for a commission. */
interface TrailPostingGroup {
  readonly postingGroupId: Id<'PostingGroup'>;
  readonly evaluationNo: number;
  readonly cause: PostingCause;
  readonly reason: string;
  readonly postedAt: Date;
  readonly lines: readonly { readonly account: LedgerAccount; readonly amount: bigint }[];
}

/** What the company said of it. */
interface TrailRuling {
  readonly ruling: CommissionRuling;
  readonly actor: string;
  readonly ruledAt: Date;
}

/** Everything that made a commission what it is, oldest first. */
export interface CommissionTrail {
  readonly evaluations: readonly TrailEvaluation[];
  readonly rulings: readonly TrailRuling[];
  readonly postingGroups: readonly TrailPostingGroup[];
}

export async function loadTrail(
  tx: Transaction,
  companyId: Id<'Company'>,
  commission: Commission,
): Promise<CommissionTrail> {
  return {
    evaluations: await loadEvaluations(tx, companyId, commission),
    rulings: await loadRulings(tx, companyId, commission.commissionId),
    postingGroups: await loadPostingGroups(tx, companyId, commission.commissionId),
  };
}

async function loadEvaluations(
  tx: Transaction,
  companyId: Id<'Company'>,
  { subjectKind, subjectKey, offer, partnershipId, currency }: Commission,
): Promise<TrailEvaluation[]> {
  const rows = await tx.query<{
    evaluation_id: string;
    evaluation_no: number;
    offer_version: number | null;
    outcome: EvaluationOutcome;
    conditions: readonly Condition[];
    target_amount: string;
    evaluated_at: string;
  }>(
    `select evaluation_id, evaluation_no, offer_version, outcome, conditions, target_amount, evaluated_at
     from commissions.evaluation
     where company_id = $1 and subject_kind = $2 and subject_key = $3 and offer_id is not distinct from $4::uuid
       and partnership_id = $5 and currency = $6
     order by evaluation_no`,
    [companyId, subjectKind, subjectKey, offer?.offerId ?? null, partnershipId, currency],
  );
  return rows.map((row) => ({
    evaluationId: asId('Evaluation', row.evaluation_id),
    evaluationNo: row.evaluation_no,
    offerVersion: row.offer_version,
    outcome: row.outcome,
    conditions: row.conditions,
    targetAmount: BigInt(row.target_amount),
    evaluatedAt: new Date(row.evaluated_at),
  }));
}

async function loadRulings(
  tx: Transaction,
  companyId: Id<'Company'>,
  commissionId: Id<'Commission'>,
): Promise<TrailRuling[]> {
  const rows = await tx.query<{ ruling: CommissionRuling; actor: string; ruled_at: string }>(
    `select json_build_object('kind', kind, 'extent', extent, 'reason', reason, 'note', note) as ruling, actor,
       ruled_at
     from commissions.ruling where company_id = $1 and commission_id = $2 order by ruling_no`,
    [companyId, commissionId],
  );
  return rows.map(({ ruling, actor, ruled_at }) => ({ ruling, actor, ruledAt: new Date(ruled_at) }));
}

async function loadPostingGroups(
  tx: Transaction,
  companyId: Id<'Company'>,
  commissionId: Id<'Commission'>,
): Promise<TrailPostingGroup[]> {
  const rows = await tx.query<{
    posting_group_id: string;
    evaluation_no: number;
    cause: PostingCause;
    reason: string;
    posted_at: string;
    account: LedgerAccount;
    amount: string;
  }>(
    `select g.posting_group_id, g.evaluation_no, g.cause, g.reason, g.posted_at, p.account, p.amount
     from commissions.posting_group g join commissions.posting p using (company_id, posting_group_id)
     where g.company_id = $1 and g.commission_id = $2
     order by g.posting_group_id, p.account`,
    [companyId, commissionId],
  );
  return [...Map.groupBy(rows, (row) => row.posting_group_id).values()].flatMap((lines) => {
    const [group] = lines;
    if (!group) return [];
    return [
      {
        postingGroupId: asId('PostingGroup', group.posting_group_id),
        evaluationNo: group.evaluation_no,
        cause: group.cause,
        reason: group.reason,
        postedAt: new Date(group.posted_at),
        lines: lines.map(({ account, amount }) => ({ account, amount: BigInt(amount) })),
      },
    ];
  });
}
