import { asId, type Id } from '#kernel';

/** A partner's account, for all programs; `email` is where its notices go. */
export interface PartnerAccount {
  readonly partnerId: Id<'Partner'>;
  readonly name: string;
  readonly email: string;
  readonly wantsEmail: boolean;
}

/** A row of `access.partner` as the driver gives it. */
export interface PartnerRow {
  readonly partner_id: string;
  readonly name: string;
  readonly email: string;
  readonly wants_email: boolean;
}

export function partnerAccountOf(row: PartnerRow): PartnerAccount {
  return {
    partnerId: asId('Partner', row.partner_id),
    name: row.name,
    email: row.email,
    wantsEmail: row.wants_email,
  };
}
