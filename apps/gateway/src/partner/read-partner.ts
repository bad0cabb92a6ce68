import { Injectable } from '@nestjs/common';
import { companyScope, Database, PLATFORM_COMPANY } from '#database';
import { type Id, NotFound } from '#kernel';
import { type PartnerAccount, partnerAccountOf, type PartnerRow } from './partner.js';

/** A partner's own profile. */
@Injectable()
export class ReadPartner {
  constructor(private readonly database: Database) {}

  async execute(partnerId: Id<'Partner'>): Promise<PartnerAccount> {
    const [row] = await this.database.transaction(companyScope(PLATFORM_COMPANY), (tx) =>
      tx.query<PartnerRow>(
        'select partner_id, name, email, wants_email from access.partner where partner_id = $1',
        [partnerId],
      ),
    );
    if (!row) throw new NotFound('partner');
    return partnerAccountOf(row);
  }
}
