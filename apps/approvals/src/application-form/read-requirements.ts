import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import { asId, Clock, type Id, NotFound } from '#kernel';
import { readApplicationRules } from '../application-rules/application-rules.js';
import type { FormField } from '../form/form-field.js';
import { selectInvitations } from '../invitation/invitation.js';
import { readApplicationForm } from './application-form.js';

/** All that somebody needs to know to apply to a program. */
export interface ApplicationRequirements {
  readonly programId: Id<'Program'>;
  readonly programName: string;
  readonly companyName: string;
  readonly fields: readonly FormField[];
  readonly isCountryNeeded: boolean;
  readonly terms: { readonly version: number; readonly text: string } | null;
  /** What the company wrote to the partner in an invitation that is open. */
  readonly invitation: { readonly message: string | null; readonly expiresAt: Date } | null;
}

interface Row {
  readonly program_name: string;
  readonly company_name: string;
  readonly version: number | null;
  readonly text: string;
}

/** What a program asks for, told to a signed-in partner who need not have applied yet. */
@Injectable()
export class ReadRequirements {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound */
  async execute(partnerId: Id<'Partner'>, programId: Id<'Program'>): Promise<ApplicationRequirements> {
    const companyId = await this.#companyOf(partnerId, programId);
    const scope = { companies: [companyId], partner: partnerId };
    return this.database.transaction(scope, async (tx) => {
      const [row] = await tx.query<Row>(
        `select p.name as program_name, coalesce(c.name, '') as company_name, t.version, t.text
           from approvals.program p
           left join access.published_company c on c.company_id = p.company_id
           left join lateral (
             select version, text from approvals.terms t
              where t.company_id = p.company_id and t.program_id = p.program_id
              order by version desc limit 1) t on true
          where p.company_id = $1 and p.program_id = $2`,
        [companyId, programId],
      );
      if (!row) throw new NotFound('program');
      const { rules } = await readApplicationRules(tx, companyId, programId);
      const now = this.clock.now();
      const [invitation] = await selectInvitations(
        tx,
        `i.company_id = $1 and i.program_id = $2 and i.used_at is null and i.revoked_at is null
           and i.expires_at > $4
           and i.email = (select lower(email) from access.published_partner where partner_id = $3)`,
        [companyId, programId, partnerId, now],
        now,
      );
      return {
        programId,
        programName: row.program_name,
        companyName: row.company_name,
        fields: (await readApplicationForm(tx, companyId, programId)).fields,
        isCountryNeeded: rules.some(({ countries }) => countries !== null),
        terms: row.version === null ? null : { version: row.version, text: row.text },
        invitation: invitation ? { message: invitation.message, expiresAt: invitation.expiresAt } : null,
      };
    });
  }

  /** A partner who is about to apply has no tie to the company: the program's id leads to it. */
  async #companyOf(partnerId: Id<'Partner'>, programId: Id<'Program'>): Promise<Id<'Company'>> {
    const [row] = await this.database.transaction({ companies: [], partner: partnerId }, (tx) =>
      tx.query<{ company_id: string }>('select company_id from approvals.program where program_id = $1', [
        programId,
      ]),
    );
    if (!row) throw new NotFound('program');
    return asId('Company', row.company_id);
  }
}
