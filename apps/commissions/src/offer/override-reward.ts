import { Injectable } from '@nestjs/common';
import { companyScope, Database, type Transaction } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, type Id, inForce, InvalidField, newId } from '#kernel';
import { type OfferRule, parseReward, type Reward, rewardJson } from '#rules';
import { loadOffer, type Offer } from './offer.js';
import type { PartnerReward } from './override.js';

export interface NewOverride {
  readonly partnershipId: Id<'Partnership'>;
  /** As it was sent; null ends the one before. */
  readonly reward: unknown;
  /** Null for now. */
  readonly effectiveFrom: Date | null;
}

/** Gives one partner a reward of their own from a time on, or the offer's own again. */
@Injectable()
export class OverrideReward {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws NotFound when the company has no such offer
   * @throws InvalidInput `offer_rule.invalid`, `override.unknown_partnership`, `override.too_early`
   */
  execute(
    company: CompanyPrincipal,
    offerId: Id<'Offer'>,
    draft: NewOverride,
    request: IdempotentRequest,
  ): Promise<PartnerReward> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      const now = this.clock.now();
      const { partnershipId } = draft;
      const offer = await loadOffer(tx, companyId, offerId);
      const effectiveFrom = draft.effectiveFrom ?? now;
      const reward = rewardFor(offer, draft.reward, effectiveFrom);
      await requirePartnership(tx, companyId, offer, partnershipId);
      await refuseTooEarly(tx, companyId, offerId, draft.partnershipId, effectiveFrom, now);
      const overrideId = newId('Override');
      await tx.query(
        `insert into commissions.offer_override
           (company_id, override_id, offer_id, partnership_id, effective_from, reward, actor, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          companyId,
          overrideId,
          offerId,
          partnershipId,
          effectiveFrom,
          reward && JSON.stringify(rewardJson(reward)),
          actorOf(company),
          now,
        ],
      );
      return { overrideId, offerId, partnershipId, effectiveFrom, reward, createdAt: now };
    });
  }
}

/** The reward must fit every version that it can stand in for. */
function rewardFor({ versions }: Offer, json: unknown, from: Date): Reward | null {
  if (json === null) return null;
  const current = inForce(versions, from);
  const rules: OfferRule[] = versions
    .filter((version) => version === current || version.effectiveFrom > from)
    .map(({ rule }) => rule);
  const [reward] = rules.map((rule) => parseReward(json, rule));
  if (!reward) throw new TypeError('an offer has at least one version');
  return reward;
}

async function requirePartnership(
  tx: Transaction,
  companyId: Id<'Company'>,
  { programId }: Offer,
  partnershipId: Id<'Partnership'>,
): Promise<void> {
  const rows = await tx.query(
    `select 1 from approvals.published_partnership
     where company_id = $1 and program_id = $2 and partnership_id = $3`,
    [companyId, programId, partnershipId],
  );
  if (rows.length > 0) return;
  throw new InvalidField(
    'override.unknown_partnership',
    'partnershipId',
    "must be a partnership of the offer's program",
  );
}

/** Neither the past nor what was promised for later can be changed. */
async function refuseTooEarly(
  tx: Transaction,
  companyId: Id<'Company'>,
  offerId: Id<'Offer'>,
  partnershipId: Id<'Partnership'>,
  effectiveFrom: Date,
  now: Date,
): Promise<void> {
  const [last] = await tx.query<{ effective_from: string | null }>(
    `select max(effective_from) as effective_from from commissions.offer_override
     where company_id = $1 and offer_id = $2 and partnership_id = $3`,
    [companyId, offerId, partnershipId],
  );
  const before = last?.effective_from ? new Date(last.effective_from) : null;
  if (effectiveFrom >= now && (!before || effectiveFrom > before)) return;
  const message =
    effectiveFrom < now
      ? `must not be in the past: now is ${now.toISOString()}`
      : `must be after ${before?.toISOString() ?? ''}, when the partner's last one takes effect`;
  throw new InvalidField('override.too_early', 'effectiveFrom', message);
}
