import type { Transaction } from '#database';
import { type Id, newId } from '#kernel';

/** Who opens a partner account, and under which name and address for notices. */
export interface Founder {
  readonly personId: Id<'Person'>;
  readonly email: string;
  readonly name: string;
}

/**
 * Opens a partner account that its founder owns; does nothing for somebody who has one: signing up twice is
 * signing in.
 * @param tx in the scope of `partnerId`
 */
export async function openPartner(
  tx: Transaction,
  partnerId: Id<'Partner'>,
  { personId, email, name }: Founder,
  now: Date,
): Promise<void> {
  await tx.query(
    `with opened as (
       insert into access.partner (partner_id, founder_id, email, name, created_at)
       values ($1, $2, $3, $4, $5) on conflict (founder_id) do nothing returning partner_id, founder_id, created_at
     )
     insert into access.member (partner_id, member_id, person_id, role, invited_by, joined_at)
     select partner_id, $6, founder_id, 'owner', 'sign-up', created_at from opened`,
    [partnerId, personId, email, name, now, newId('Member')],
  );
}
