import { insertRows, type Transaction } from '#database';
import type { CommissionRuling } from '#rules';

/** A ruling as the database hands it out in JSON. */
export type StoredRuling = CommissionRuling & { readonly no: number; readonly at: string };

/** SQL for the last ruling on the commission `c`, as JSON; null when there is none. */
export const LAST_RULING = `(
  select json_build_object('no', r.ruling_no, 'kind', r.kind, 'extent', r.extent, 'reason', r.reason, 'note', r.note,
    'at', r.ruled_at)
  from commissions.ruling r
  where r.company_id = c.company_id and r.commission_id = c.commission_id
  order by r.ruling_no desc limit 1)`;

/** A locked commission to rule on. */
export interface RuledCommission {
  readonly company_id: string;
  readonly commission_id: string;
  readonly partnership_id: string;
  /** The last ruling so far. */
  readonly ruling: StoredRuling | null;
}

/** What is ruled, and on whose word. */
export interface SaidBy<R extends CommissionRuling> {
  readonly ruling: R;
  readonly actor: string;
}

/** Appends rulings. The commissions are to be judged next, which brings about what they say. */
export async function appendRulings(
  tx: Transaction,
  rulings: readonly (SaidBy<CommissionRuling> & { readonly on: RuledCommission })[],
  at: Date,
): Promise<void> {
  await insertRows(
    tx,
    'commissions.ruling',
    COLUMNS,
    rulings.map(({ on, ruling, actor }) => ({
      company_id: on.company_id,
      commission_id: on.commission_id,
      partnership_id: on.partnership_id,
      ruling_no: (on.ruling?.no ?? 0) + 1,
      kind: ruling.kind,
      extent: ruling.kind === 'deleted' ? ruling.extent : null,
      reason: ruling.kind === 'approved' ? null : ruling.reason,
      note: ruling.note,
      actor,
      ruled_at: at.toISOString(),
    })),
  );
}

const COLUMNS = {
  company_id: 'uuid',
  commission_id: 'uuid',
  partnership_id: 'uuid',
  ruling_no: 'int',
  kind: 'text',
  extent: 'text',
  reason: 'text',
  note: 'text',
  actor: 'text',
  ruled_at: 'timestamptz',
} as const;
