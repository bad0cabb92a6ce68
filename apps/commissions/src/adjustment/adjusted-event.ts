import type { NewEvent } from '#bus';
import { amountJson, asId } from '#kernel';

/** What was given or taken by hand, as rows hold it. */
export interface AdjustedRow {
  readonly company_id: string;
  readonly commission_id: string;
  readonly partnership_id: string;
  readonly partner_id: string;
  readonly program_id: string;
  readonly currency: string;
}

/** @param amount what changes for the partner: below zero when it is taken, or taken back */
export function adjustedEvent(row: AdjustedRow, amount: bigint, reason: string, at: Date): NewEvent {
  return {
    type: 'commission.adjusted',
    companyId: asId('Company', row.company_id),
    occurredAt: at,
    data: {
      commissionId: row.commission_id,
      partnershipId: row.partnership_id,
      partnerId: row.partner_id,
      programId: row.program_id,
      currency: row.currency,
      amount: amountJson(amount),
      reason,
    },
  };
}
