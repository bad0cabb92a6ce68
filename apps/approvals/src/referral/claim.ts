import type { ReferralKind } from '#contracts';
import type { Transaction } from '#database';
import { asId, type Id } from '#kernel';

/** What a live referral keeps for its partner: a lead the person, a deal the account. */
export interface Claim {
  readonly kind: ReferralKind;
  /** Of a lead. */
  readonly contactEmail: string | null;
  /** Of a deal: `accountKeyOf` its name. */
  readonly accountKey: string | null;
  readonly accountDomain: string | null;
}

/** The referral that came first. */
export interface Rival {
  readonly referralId: Id<'Referral'>;
  readonly partnerId: Id<'Partner'>;
  readonly expiresAt: Date | null;
}

/**
 * An account's name as it is compared: "ACME, Inc." and "acme inc" are the same, "Acme" alone is another.
 * Empty when the name has no letter and no digit.
 */
export const accountKeyOf = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** An account's domain as it is stored and compared: "WWW.Acme.example" is the website of acme.example. */
export const accountDomainOf = (domain: string): string => domain.toLowerCase().replace(/^www\.(?=.+\.)/, '');

/**
 * Makes claims of one company wait for each other, so that who looks for a rival and finds none is first.
 * Take it before the lock of any referral.
 */
export async function lockClaims(tx: Transaction, companyId: Id<'Company'>): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('approvals.referral ' || $1::text, 0))`, [
    companyId,
  ]);
}

/**
 * The live referral that has the person or the account already, of any partner of the company: leads until
 * they are declined or lost, deals until they are closed or expired. Call it under `lockClaims`.
 * @param except the claiming referral itself, where it is stored already
 */
export async function findRival(
  tx: Transaction,
  companyId: Id<'Company'>,
  claim: Claim,
  except: Id<'Referral'> | null,
): Promise<Rival | null> {
  const [row] = await tx.query<{
    referral_id: string;
    partner_id: string;
    expires_at: string | null;
  }>(
    `select referral_id, partner_id, expires_at from approvals.referral
      where company_id = $1 and kind = $2 and ($6::uuid is null or referral_id <> $6)
        and ((kind = 'lead' and state in ('pending', 'open', 'won') and contact_email = $3)
          or (kind = 'deal' and state in ('pending', 'open') and (account_key = $4 or account_domain = $5)))
      order by referral_id limit 1`,
    [companyId, claim.kind, claim.contactEmail, claim.accountKey, claim.accountDomain, except],
  );
  return row
    ? {
        referralId: asId('Referral', row.referral_id),
        partnerId: asId('Partner', row.partner_id),
        expiresAt: row.expires_at === null ? null : new Date(row.expires_at),
      }
    : null;
}
