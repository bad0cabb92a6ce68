import type { Transaction } from '#database';
import type { Id } from '#kernel';
import type { StackingPolicy, StackingSetting } from '#rules';

/** A program's settings, oldest first. */
export async function loadStacking(
  tx: Transaction,
  companyId: Id<'Company'>,
  programId: Id<'Program'>,
): Promise<StackingSetting[]> {
  const rows = await tx.query<{ effective_from: string; policy: StackingPolicy }>(
    `select effective_from, policy from commissions.stacking_setting
     where company_id = $1 and program_id = $2 order by effective_from`,
    [companyId, programId],
  );
  return rows.map(({ effective_from, policy }) => ({ effectiveFrom: new Date(effective_from), policy }));
}
