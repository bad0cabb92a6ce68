import { asId, type Id } from '#kernel';

/** One person's account, for all programs. */
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

/** Addresses are one account whatever their case. */
export const emailKeyOf = (email: string): string => email.trim().toLowerCase();
