import type { Transaction } from '#database';
import type { PartnershipOfPartner } from '#http';
import { asId, type Id } from '#kernel';
import { describeOffer, isForPartner, parseOfferRule, parseStoredReward, withOverride } from '#rules';

/** An offer by which a partner earns now, in words. */
export interface CurrentOffer {
  readonly offerId: Id<'Offer'>;
  readonly name: string;
  /** Made from the rule that is enforced, restrictions included (B-34). */
  readonly text: string;
  readonly since: Date;
}

interface Row {
  readonly offer_id: string;
  readonly name: string;
  readonly effective_from: string;
  readonly rule: unknown;
  readonly own_reward: unknown;
  readonly own_since: string | null;
  readonly group_id: string;
}

/** More offers in one program than a person could weigh. */
const MOST_OFFERS = 250;

/** The offers that pay an approved partner now (B-24, B-33), newest first; none for anybody else. */
export async function readCurrentOffers(
  tx: Transaction,
  { companyId, programId, partnershipId, state }: PartnershipOfPartner,
  now: Date,
): Promise<CurrentOffer[]> {
  if (state !== 'approved') return [];
  const rows = await tx.query<Row>(
    `select distinct on (v.offer_id) v.offer_id, v.name, v.effective_from, v.rule, p.group_id,
       own.reward as own_reward, own.effective_from as own_since
     from commissions.published_offer_version v
     join approvals.published_partnership p on p.company_id = v.company_id and p.partnership_id = $3
     left join lateral (
       select r.reward, r.effective_from from commissions.published_offer_override r
        where r.company_id = v.company_id and r.offer_id = v.offer_id and r.partnership_id = $3
          and r.effective_from <= $4
        order by r.effective_from desc limit 1) own on true
     where v.company_id = $1 and v.program_id = $2 and v.effective_from <= $4
     order by v.offer_id desc, v.effective_from desc, v.version desc limit ${MOST_OFFERS}`,
    [companyId, programId, partnershipId, now],
  );
  return rows.flatMap((row) => {
    const rule = parseOfferRule(row.rule);
    const member = { partnershipId, groupId: asId('Group', row.group_id) };
    if (!isForPartner(rule, member) || (rule.endsAt !== null && rule.endsAt <= now)) return [];
    const since = new Date(row.effective_from);
    const own =
      row.own_reward === null || row.own_since === null
        ? null
        : { reward: parseStoredReward(row.own_reward), since: new Date(row.own_since) };
    return [
      {
        offerId: asId('Offer', row.offer_id),
        name: row.name,
        text: describeOffer(withOverride(rule, own)),
        since: own && own.since > since ? own.since : since,
      },
    ];
  });
}
