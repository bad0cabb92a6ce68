import type { Transaction } from '#database';
import { asId, type Id, inForce, NotFound } from '#kernel';
import { type OfferVersion, parseOfferRule } from '#rules';

/** What a program pays for, in all versions it ever had. */
export interface Offer {
  readonly offerId: Id<'Offer'>;
  readonly programId: Id<'Program'>;
  readonly name: string;
  readonly createdAt: Date;
  /** Oldest first. */
  readonly versions: readonly OfferVersion[];
}

/** The version that an event of this moment would be judged by; null before the first takes effect. */
export const currentVersion = (offer: Offer, now: Date): OfferVersion | null => inForce(offer.versions, now);

/** What an offer that was made after it took effect pays for, in words; null for every other. */
export function backDatedText({
  createdAt,
  versions: [first],
}: Pick<Offer, 'createdAt' | 'versions'>): string | null {
  if (!first || first.effectiveFrom >= createdAt) return null;
  const [made, since] = [createdAt, first.effectiveFrom].map((time) => time.toISOString());
  return `It was made at ${made} and counts since ${since}: it pays for what happened since then and became known after it was made. What had been recorded before stays as it was judged.`;
}

interface OfferRow {
  readonly offer_id: string;
  readonly program_id: string;
  readonly name: string;
  readonly created_at: string;
  readonly versions: readonly { version: number; effective_from: string; rule: unknown }[];
}

const OFFERS = `
  select o.offer_id, o.program_id, o.name, o.created_at,
    (select json_agg(json_build_object('version', v.version, 'effective_from', v.effective_from, 'rule', v.rule)
              order by v.version)
       from commissions.offer_version v
      where v.company_id = o.company_id and v.offer_id = o.offer_id) as versions
  from commissions.offer o`;

/** @throws NotFound */
export async function loadOffer(
  tx: Transaction,
  companyId: Id<'Company'>,
  offerId: Id<'Offer'>,
): Promise<Offer> {
  const [row] = await tx.query<OfferRow>(`${OFFERS} where o.company_id = $1 and o.offer_id = $2`, [
    companyId,
    offerId,
  ]);
  if (!row) throw new NotFound('offer');
  return offerOf(row);
}

/** A program's offers, newest first, after a cursor; at most `limit`. */
export async function loadOffers(
  tx: Transaction,
  companyId: Id<'Company'>,
  programId: Id<'Program'>,
  page: { readonly after: string | null; readonly limit: number },
): Promise<Offer[]> {
  const rows = await tx.query<OfferRow>(
    `${OFFERS} where o.company_id = $1 and o.program_id = $2 and ($3::uuid is null or o.offer_id < $3)
     order by o.offer_id desc limit $4`,
    [companyId, programId, page.after, page.limit],
  );
  return rows.map(offerOf);
}

/** @throws NotFound when the company has no such program */
export async function requireProgram(
  tx: Transaction,
  companyId: Id<'Company'>,
  programId: Id<'Program'>,
): Promise<void> {
  const rows = await tx.query(
    'select 1 from approvals.published_program where company_id = $1 and program_id = $2',
    [companyId, programId],
  );
  if (rows.length === 0) throw new NotFound('program');
}

function offerOf(row: OfferRow): Offer {
  return {
    offerId: asId('Offer', row.offer_id),
    programId: asId('Program', row.program_id),
    name: row.name,
    createdAt: new Date(row.created_at),
    versions: row.versions.map(({ version, effective_from, rule }) => ({
      version,
      effectiveFrom: new Date(effective_from),
      rule: parseOfferRule(rule),
    })),
  };
}
