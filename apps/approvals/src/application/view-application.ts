import type { SqlValue, Transaction } from '#database';
import { asId, type Id, NotFound } from '#kernel';
import type { AutomaticDecision } from '../application-rules/application-rule.js';
import type { Answer } from '../form/form-field.js';
import type { ApplicationState } from './application.entity.js';

/** An application as the company sees it, with who applied. */
export interface ApplicationView {
  readonly applicationId: Id<'Application'>;
  readonly partnershipId: Id<'Partnership'>;
  readonly programId: Id<'Program'>;
  readonly partner: { readonly partnerId: Id<'Partner'>; readonly name: string; readonly email: string };
  readonly state: ApplicationState;
  readonly message: string | null;
  readonly country: string | null;
  readonly answers: readonly Answer[];
  /** Version of the rules that were asked; null where there were none. */
  readonly rulesVersion: number | null;
  readonly automaticDecision: AutomaticDecision | null;
  readonly appliedAt: Date;
  readonly reviewedAt: Date | null;
  readonly reason: string | null;
}

interface Row {
  readonly application_id: string;
  readonly partnership_id: string;
  readonly program_id: string;
  readonly partner_id: string;
  readonly partner_name: string;
  readonly partner_email: string;
  readonly state: ApplicationState;
  readonly message: string | null;
  readonly country: string | null;
  readonly answers: Answer[];
  readonly rules_version: number | null;
  readonly automatic_decision: AutomaticDecision | null;
  readonly applied_at: string;
  readonly reviewed_at: string | null;
  readonly reason: string | null;
}

/** @param condition SQL over `a` (the application), ended by order and limit where it lists */
export async function selectApplications(
  tx: Transaction,
  condition: string,
  parameters: readonly SqlValue[],
): Promise<ApplicationView[]> {
  const rows = await tx.query<Row>(
    `select a.application_id, a.partnership_id, a.program_id, a.partner_id, a.state, a.message, a.applied_at,
       a.reviewed_at, a.reason, a.country, a.answers, a.rules_version, a.automatic_decision,
       coalesce(r.name, '') as partner_name, coalesce(r.email, '') as partner_email
     from approvals.application a
     left join access.published_partner r on r.partner_id = a.partner_id
     where ${condition}`,
    parameters,
  );
  return rows.map((row) => ({
    applicationId: asId('Application', row.application_id),
    partnershipId: asId('Partnership', row.partnership_id),
    programId: asId('Program', row.program_id),
    partner: {
      partnerId: asId('Partner', row.partner_id),
      name: row.partner_name,
      email: row.partner_email,
    },
    state: row.state,
    message: row.message,
    country: row.country,
    answers: row.answers,
    rulesVersion: row.rules_version,
    automaticDecision: row.automatic_decision,
    appliedAt: new Date(row.applied_at),
    reviewedAt: row.reviewed_at === null ? null : new Date(row.reviewed_at),
    reason: row.reason,
  }));
}

/** @throws NotFound */
export async function viewApplication(
  tx: Transaction,
  companyId: Id<'Company'>,
  applicationId: Id<'Application'>,
): Promise<ApplicationView> {
  const [view] = await selectApplications(tx, 'a.company_id = $1 and a.application_id = $2', [
    companyId,
    applicationId,
  ]);
  if (!view) throw new NotFound('application');
  return view;
}
