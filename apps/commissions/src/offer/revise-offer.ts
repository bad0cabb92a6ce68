import { Injectable } from '@nestjs/common';
import { companyScope, Database, type Transaction } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, type Id, InvalidField } from '#kernel';
import type { OfferRule } from '#rules';
import { addVersion } from './add-version.js';
import { checkRule } from './check-rule.js';
import { loadOffer, type Offer } from './offer.js';

export interface OfferRevision {
  readonly rule: OfferRule;
  /** Null for now. */
  readonly effectiveFrom: Date | null;
}

/** Adds a version to an offer: what it pays from a time on. What happened before stays judged as it was. */
@Injectable()
export class ReviseOffer {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws NotFound when the company has no such offer
   * @throws InvalidInput `offer_version.too_early`, `offer_rule.invalid`
   */
  execute(
    company: CompanyPrincipal,
    offerId: Id<'Offer'>,
    revision: OfferRevision,
    request: IdempotentRequest,
  ): Promise<Offer> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      await lockOffer(tx, companyId, offerId);
      const offer = await loadOffer(tx, companyId, offerId);
      const at = this.clock.now();
      const next = {
        version: offer.versions.length + 1,
        effectiveFrom: revision.effectiveFrom ?? at,
        rule: revision.rule,
      };
      refuseTooEarly(offer, next.effectiveFrom, at);
      await checkRule(tx, { companyId, programId: offer.programId }, next.rule, next.effectiveFrom);
      await addVersion(tx, companyId, offerId, next, { actor: actorOf(company), at });
      return loadOffer(tx, companyId, offerId);
    });
  }
}

/** Versions are numbered one after the other: two at once queue up here. */
async function lockOffer(tx: Transaction, companyId: Id<'Company'>, offerId: Id<'Offer'>): Promise<void> {
  await tx.query('select 1 from commissions.offer where company_id = $1 and offer_id = $2 for update', [
    companyId,
    offerId,
  ]);
}

/** Neither the past nor what an earlier version has promised for later can be changed. */
function refuseTooEarly(offer: Offer, effectiveFrom: Date, now: Date): void {
  const last = offer.versions.at(-1);
  const isAfterLast = !last || effectiveFrom > last.effectiveFrom;
  if (effectiveFrom >= now && isAfterLast) return;
  const message = isAfterLast
    ? `must not be in the past: now is ${now.toISOString()}`
    : `must be after ${last.effectiveFrom.toISOString()}, when version ${last.version} takes effect`;
  throw new InvalidField('offer_version.too_early', 'effectiveFrom', message);
}
