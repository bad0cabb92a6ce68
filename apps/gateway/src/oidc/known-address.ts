import type { Transaction } from '#database';
import { Forbidden } from '#kernel';
import type { IssuerAccount } from './read-issuer-answer.js';

/**
 * The address here of somebody at the issuer. The first sign-in goes by the verified address and binds the
 * person to that account; from then on the account counts, so that whoever is given the address later does not
 * become this person (OpenID Connect Core, 5.7).
 * @throws Forbidden `oidc.email_not_verified`, `oidc.other_account`
 */
export async function knownAddress(tx: Transaction, account: IssuerAccount, now: Date): Promise<string> {
  const bound = await boundAddress(tx, account);
  if (bound !== null) return bound;
  if (account.verifiedEmail === null) {
    throw new Forbidden(
      'oidc.email_not_verified',
      'The issuer does not say that your e-mail address is verified. Have it verified there, then try again.',
    );
  }
  const [person] = await tx.query<{ person_id: string }>(
    'select person_id from access.person where email = $1 for update',
    [account.verifiedEmail],
  );
  if (!person) return account.verifiedEmail;
  await tx.query(
    `insert into access.identity (issuer, subject, person_id, bound_at) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [account.issuer, account.subject, person.person_id, now],
  );
  const nowBound = await boundAddress(tx, account);
  if (nowBound !== null) return nowBound;
  throw new Forbidden(
    'oidc.other_account',
    'This address belongs to another account at the issuer. Sign in by that one, or ask an operator to unbind it.',
  );
}

async function boundAddress(tx: Transaction, { issuer, subject }: IssuerAccount): Promise<string | null> {
  const [row] = await tx.query<{ email: string }>(
    `select p.email from access.identity i join access.person p on p.person_id = i.person_id
      where i.issuer = $1 and i.subject = $2`,
    [issuer, subject],
  );
  return row?.email ?? null;
}
