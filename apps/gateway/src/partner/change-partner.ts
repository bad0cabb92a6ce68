import { Injectable } from '@nestjs/common';
import { companyScope, Database, PLATFORM_COMPANY } from '#database';
import { type Id, NotFound } from '#kernel';
import { type PartnerAccount, partnerAccountOf, type PartnerRow } from './partner.js';

/** A partner changes the own profile; a null stays as it is. */
@Injectable()
export class ChangePartner {
  constructor(private readonly database: Database) {}

  async execute(
    partnerId: Id<'Partner'>,
    changes: { readonly name: string | null; readonly wantsEmail: boolean | null },
  ): Promise<PartnerAccount> {
    const [row] = await this.database.transaction(companyScope(PLATFORM_COMPANY), (tx) =>
      tx.query<PartnerRow>(
        `update access.partner set name = coalesce($2, name), wants_email = coalesce($3, wants_email)
          where partner_id = $1 returning partner_id, name, email, wants_email`,
        [partnerId, changes.name, changes.wantsEmail],
      ),
    );
    if (!row) throw new NotFound('partner');
    return partnerAccountOf(row);
  }
}
