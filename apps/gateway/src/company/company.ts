import { asId, type Id } from '#kernel';

/** What a company tells about itself; a null URL or address means there is none. */
export interface CompanyProfile {
  readonly name: string;
  /** Where a visitor goes when a link cannot be resolved. */
  readonly fallbackUrl: string | null;
  readonly supportUrl: string | null;
  readonly supportEmail: string | null;
}

export interface CompanyAccount extends CompanyProfile {
  readonly companyId: Id<'Company'>;
  readonly createdAt: Date;
}

/** A row of `access.company` as the driver gives it. */
export interface CompanyRow {
  readonly company_id: string;
  readonly name: string;
  readonly fallback_url: string | null;
  readonly support_url: string | null;
  readonly support_email: string | null;
  readonly created_at: string;
}

export const COMPANY_COLUMNS = 'company_id, name, fallback_url, support_url, support_email, created_at';

export function companyOf(row: CompanyRow): CompanyAccount {
  return {
    companyId: asId('Company', row.company_id),
    name: row.name,
    fallbackUrl: row.fallback_url,
    supportUrl: row.support_url,
    supportEmail: row.support_email,
    createdAt: new Date(row.created_at),
  };
}
