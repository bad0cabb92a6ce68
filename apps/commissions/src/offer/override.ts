import type { Transaction } from '#database';
import { asId, type Id } from '#kernel';
import { parseStoredReward, type Reward } from '#rules';

/** A reward that one partner has of an offer from a time on, in place of the offer's own. */
export interface PartnerReward {
  readonly overrideId: Id<'Override'>;
  readonly offerId: Id<'Offer'>;
  readonly partnershipId: Id<'Partnership'>;
  readonly effectiveFrom: Date;
  /** Null: from then on the offer's own again. */
  readonly reward: Reward | null;
  readonly createdAt: Date;
}

interface OverrideRow {
  readonly override_id: string;
  readonly offer_id: string;
  readonly partnership_id: string;
  readonly effective_from: string;
  readonly reward: unknown;
  readonly created_at: string;
}

/** An offer's overrides, newest first, after a cursor; at most `limit`. */
export async function loadOverrides(
  tx: Transaction,
  companyId: Id<'Company'>,
  offerId: Id<'Offer'>,
  page: { readonly after: string | null; readonly limit: number },
): Promise<PartnerReward[]> {
  const rows = await tx.query<OverrideRow>(
    `select override_id, offer_id, partnership_id, effective_from, reward, created_at
     from commissions.offer_override
     where company_id = $1 and offer_id = $2 and ($3::uuid is null or override_id < $3)
     order by override_id desc limit $4`,
    [companyId, offerId, page.after, page.limit],
  );
  return rows.map((row) => ({
    overrideId: asId('Override', row.override_id),
    offerId: asId('Offer', row.offer_id),
    partnershipId: asId('Partnership', row.partnership_id),
    effectiveFrom: new Date(row.effective_from),
    reward: row.reward === null ? null : parseStoredReward(row.reward),
    createdAt: new Date(row.created_at),
  }));
}
