import { Injectable } from '@nestjs/common';
import { Database, PLATFORM_COMPANY, type Transaction } from '#database';
import { type Id, InvalidField, NotFound } from '#kernel';
import { emailKeyOf } from '../person/person.js';
import { type PartnerAccount, partnerAccountOf, type PartnerRow } from './partner.js';

/** What a partner may change of the own account; a null stays as it is. */
export interface PartnerChange {
  readonly name: string | null;
  /** Where notices go. */
  readonly email: string | null;
  readonly wantsEmail: boolean | null;
}

/** A partner changes the own profile. */
@Injectable()
export class ChangePartner {
  constructor(private readonly database: Database) {}

  /** @throws InvalidInput `email.not_in_team`: only an address that was proven may get a partner's notices */
  async execute(partnerId: Id<'Partner'>, change: PartnerChange): Promise<PartnerAccount> {
    const email = change.email === null ? null : emailKeyOf(change.email);
    const scope = { companies: [PLATFORM_COMPANY], partner: partnerId };
    const [row] = await this.database.transaction(scope, async (tx) => {
      if (email !== null) await refuseStranger(tx, partnerId, email);
      return tx.query<PartnerRow>(
        `update access.partner set name = coalesce($2, name), email = coalesce($3, email),
                wants_email = coalesce($4, wants_email)
          where partner_id = $1 returning partner_id, name, email, wants_email`,
        [partnerId, change.name, email, change.wantsEmail],
      );
    });
    if (!row) throw new NotFound('partner');
    return partnerAccountOf(row);
  }
}

async function refuseStranger(tx: Transaction, partnerId: Id<'Partner'>, email: string): Promise<void> {
  const [member] = await tx.query(
    `select 1 from access.member m join access.person p on p.person_id = m.person_id
      where m.account_id = $1 and p.email = $2 and m.removed_at is null`,
    [partnerId, email],
  );
  if (member) return;
  throw new InvalidField(
    'email.not_in_team',
    'email',
    'must be the address of somebody in your team; invite this person first',
  );
}
