import type { Transaction } from '#database';
import type { Id } from '#kernel';
import type { FormField } from '../form/form-field.js';

/** What a program asks of who applies. Never edited: a change is the next version. */
export interface ApplicationForm {
  readonly programId: Id<'Program'>;
  /** Counts up from 1; 0 where the program asks for nothing. */
  readonly version: number;
  readonly fields: readonly FormField[];
  readonly publishedAt: Date | null;
}

/** The form in force. */
export async function readApplicationForm(
  tx: Transaction,
  companyId: Id<'Company'>,
  programId: Id<'Program'>,
): Promise<ApplicationForm> {
  const [row] = await tx.query<{ version: number; fields: FormField[]; published_at: string }>(
    `select version, fields, published_at from approvals.application_form
      where company_id = $1 and program_id = $2 order by version desc limit 1`,
    [companyId, programId],
  );
  return row
    ? { programId, version: row.version, fields: row.fields, publishedAt: new Date(row.published_at) }
    : { programId, version: 0, fields: [], publishedAt: null };
}
