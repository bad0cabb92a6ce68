import { Injectable } from '@nestjs/common';
import { Publisher } from '#bus';
import { companyScope, Database, type Transaction } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, Conflict, type Currency, type Id, newId, NotFound } from '#kernel';
import { postingsFor } from '#rules';
import { type Commission, loadCommission } from '../commission/commission.js';
import { recordPostings } from '../ledger/record-postings.js';
import { adjustedEvent, type AdjustedRow } from './adjusted-event.js';
import { type AdjustmentEvaluation, evaluateAdjustments } from './evaluate-adjustments.js';

/** An amount that a company gives a partner by hand, or takes. */
export interface Adjustment {
  readonly partnershipId: Id<'Partnership'>;
  /** Not 0; negative takes. */
  readonly amount: bigint;
  readonly currency: Currency;
  /** Shown to the partner. */
  readonly reason: string;
}

interface Partnership {
  readonly partner_id: string;
  readonly program_id: string;
  readonly was_member: boolean;
}

type AdjustmentRow = AdjustmentEvaluation & AdjustedRow;

/** Adds a commission of its own to a partner's balance, payable at once. What is there already stays as it is. */
@Injectable()
export class AdjustBalance {
  constructor(
    private readonly database: Database,
    private readonly publisher: Publisher,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws NotFound when the company has no such partnership
   * @throws Conflict `partnership.never_approved`
   */
  execute(
    company: CompanyPrincipal,
    adjustment: Adjustment,
    request: IdempotentRequest,
  ): Promise<Commission> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      const row = rowOf(
        companyId,
        adjustment,
        await readPartnership(tx, companyId, adjustment.partnershipId),
      );
      const [actor, at] = [actorOf(company), this.clock.now()];
      await evaluateAdjustments(tx, [row], at);
      await insertCommission(tx, row, at);
      await insertAdjustment(tx, row, { reason: adjustment.reason, actor, at });
      const lines = postingsFor({ held: 0n, payable: 0n }, { held: 0n, payable: adjustment.amount });
      await recordPostings(
        tx,
        [{ ...row, cause: 'evaluation', reason: 'ADJUSTED', lines }],
        at.toISOString(),
      );
      await this.publisher.publish(tx, [adjustedEvent(row, adjustment.amount, adjustment.reason, at)]);
      return loadCommission(tx, { companyId, partnershipId: null }, row.commission_id);
    });
  }
}

function rowOf(
  companyId: Id<'Company'>,
  { partnershipId, amount, currency }: Adjustment,
  { partner_id, program_id }: Partnership,
) {
  return {
    company_id: companyId,
    commission_id: newId('Commission'),
    partnership_id: partnershipId,
    partner_id,
    program_id,
    currency,
    evaluation_no: 1,
    outcome: 'earned',
    amount: amount.toString(),
  } as const satisfies AdjustmentRow;
}

async function readPartnership(
  tx: Transaction,
  companyId: Id<'Company'>,
  partnershipId: Id<'Partnership'>,
): Promise<Partnership> {
  const [row] = await tx.query<Partnership>(
    `select p.partner_id, p.program_id, exists (
       select from approvals.published_membership_period m
       where m.company_id = p.company_id and m.partnership_id = p.partnership_id) as was_member
     from approvals.published_partnership p where p.company_id = $1 and p.partnership_id = $2`,
    [companyId, partnershipId],
  );
  if (!row) throw new NotFound('partnership');
  if (!row.was_member) {
    throw new Conflict(
      'partnership.never_approved',
      'This partner was never approved, so there is no balance to adjust. Approve the application first.',
    );
  }
  return row;
}

async function insertCommission(tx: Transaction, row: AdjustmentRow, at: Date): Promise<void> {
  await tx.query(
    `insert into commissions.commission
       (company_id, commission_id, subject_kind, subject_key, partnership_id, currency, partner_id, program_id,
        state, amount, payable, held_until, occurred_at, created_at)
     values ($1, $2::uuid, 'adjustment', $2::uuid::text, $3, $4, $5, $6, 'payable', $7, $7, $8, $8, $8)`,
    [
      row.company_id,
      row.commission_id,
      row.partnership_id,
      row.currency,
      row.partner_id,
      row.program_id,
      row.amount,
      at,
    ],
  );
}

async function insertAdjustment(
  tx: Transaction,
  { company_id, commission_id, partnership_id }: AdjustmentRow,
  { reason, actor, at }: { readonly reason: string; readonly actor: string; readonly at: Date },
): Promise<void> {
  await tx.query(
    `insert into commissions.adjustment (company_id, commission_id, partnership_id, reason, actor, created_at)
     values ($1, $2, $3, $4, $5, $6)`,
    [company_id, commission_id, partnership_id, reason, actor, at],
  );
}
