import type { SubjectKind } from '#contracts';
import { insertRows, type Transaction } from '#database';
import type { CommissionState, ReversalReason } from '../commission/commission-state.js';

/** A commission as it is stored; amounts and times as text. */
export interface CommissionRow {
  readonly company_id: string;
  readonly commission_id: string;
  readonly subject_kind: SubjectKind;
  readonly subject_key: string;
  readonly offer_id: string;
  readonly partnership_id: string;
  readonly currency: string;
  readonly partner_id: string;
  readonly program_id: string;
  readonly state: CommissionState;
  readonly reversal_reason: ReversalReason | null;
  readonly amount: string;
  readonly held: string;
  readonly payable: string;
  readonly held_until: string | null;
  readonly occurred_at: string;
  readonly created_at: string;
}

/**
 * Inserts new commissions and writes back locked ones; what identifies a commission never changes. An
 * upsert finds each row by its key whatever the planner believes of the table; an update by join does not.
 */
export async function saveCommissions(tx: Transaction, rows: readonly CommissionRow[]): Promise<void> {
  await insertRows(
    tx,
    'commissions.commission',
    COLUMNS,
    rows.map((row) => ({ ...row })),
    `on conflict (company_id, commission_id) do update set state = excluded.state,
       reversal_reason = excluded.reversal_reason, amount = excluded.amount, held = excluded.held,
       payable = excluded.payable, held_until = excluded.held_until`,
  );
}

const COLUMNS = {
  company_id: 'uuid',
  commission_id: 'uuid',
  subject_kind: 'text',
  subject_key: 'text',
  offer_id: 'uuid',
  partnership_id: 'uuid',
  currency: 'text',
  partner_id: 'uuid',
  program_id: 'uuid',
  state: 'text',
  reversal_reason: 'text',
  amount: 'bigint',
  held: 'bigint',
  payable: 'bigint',
  held_until: 'timestamptz',
  occurred_at: 'timestamptz',
  created_at: 'timestamptz',
} as const;
