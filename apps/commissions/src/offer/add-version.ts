import type { Transaction } from '#database';
import type { Id } from '#kernel';
import { offerRuleJson, type OfferVersion } from '#rules';

/** Who adds a version, and when. */
export interface Authorship {
  readonly actor: string;
  readonly at: Date;
}

/** Appends a version to an offer, whose row is locked or new. */
export async function addVersion(
  tx: Transaction,
  companyId: Id<'Company'>,
  offerId: Id<'Offer'>,
  { version, effectiveFrom, rule }: OfferVersion,
  { actor, at }: Authorship,
): Promise<void> {
  await tx.query(
    `insert into commissions.offer_version
       (company_id, offer_id, version, effective_from, rule, actor, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [companyId, offerId, version, effectiveFrom, JSON.stringify(offerRuleJson(rule)), actor, at],
  );
}
