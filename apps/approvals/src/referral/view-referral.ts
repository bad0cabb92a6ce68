import type { ReferralKind } from '#contracts';
import type { SqlValue, Transaction } from '#database';
import { asCurrency, asId, type Id, type Money, NotFound } from '#kernel';
import type { Answer } from '../form/form-field.js';
import type { DeclineCode, ReferralSource } from './referral.entity.js';
import type { ReferralState } from './referral-state.js';

/** A lead or deal as it is read; what the partner must not know is left out by the DTO. */
export interface ReferralView {
  readonly referralId: Id<'Referral'>;
  readonly kind: ReferralKind;
  readonly programId: Id<'Program'>;
  readonly partnershipId: Id<'Partnership'>;
  readonly partner: { readonly partnerId: Id<'Partner'>; readonly name: string; readonly email: string };
  readonly source: ReferralSource;
  readonly state: ReferralState;
  readonly stage: { readonly key: string; readonly name: string };
  readonly declineCode: DeclineCode | null;
  readonly reason: string | null;
  readonly rivalId: Id<'Referral'> | null;
  readonly contact: {
    readonly name: string | null;
    readonly email: string | null;
    readonly phone: string | null;
  };
  readonly account: { readonly name: string | null; readonly domain: string | null };
  readonly note: string | null;
  readonly answers: readonly Answer[];
  readonly worth: Money | null;
  readonly expectedCloseOn: string | null;
  readonly customerKey: string | null;
  readonly revision: number;
  readonly submittedAt: Date;
  readonly approvedAt: Date | null;
  readonly closedAt: Date | null;
  readonly expiresAt: Date | null;
}

/** Which lead or deal of a company is meant: a deal's id does not name a lead. */
export interface ReferralKey {
  readonly kind: ReferralKind;
  readonly referralId: Id<'Referral'>;
}

interface Row {
  readonly referral_id: string;
  readonly kind: ReferralKind;
  readonly program_id: string;
  readonly partnership_id: string;
  readonly partner_id: string;
  readonly partner_name: string;
  readonly partner_email: string;
  readonly source: ReferralSource;
  readonly state: ReferralState;
  readonly stage: string;
  readonly stage_name: string;
  readonly decline_code: DeclineCode | null;
  readonly reason: string | null;
  readonly rival_id: string | null;
  readonly contact_name: string | null;
  readonly contact_email: string | null;
  readonly contact_phone: string | null;
  readonly account_name: string | null;
  readonly account_domain: string | null;
  readonly note: string | null;
  readonly answers: Answer[];
  readonly amount: string | null;
  readonly currency: string | null;
  readonly expected_close_on: string | null;
  readonly customer_key: string | null;
  readonly revision: number;
  readonly submitted_at: string;
  readonly approved_at: string | null;
  readonly closed_at: string | null;
  readonly expires_at: string | null;
}

/** @param condition SQL over `r` (the referral), ended by order and limit where it lists */
export async function selectReferrals(
  tx: Transaction,
  condition: string,
  parameters: readonly SqlValue[],
): Promise<ReferralView[]> {
  const rows = await tx.query<Row>(
    `select r.referral_id, r.kind, r.program_id, r.partnership_id, r.partner_id, r.source, r.state, r.stage,
       r.stage_name, r.decline_code, r.reason, r.rival_id, r.contact_name, r.contact_email, r.contact_phone,
       r.account_name, r.account_domain, r.note, r.answers, r.amount, r.currency,
       r.expected_close_on::text as expected_close_on, r.customer_key, r.revision, r.submitted_at, r.approved_at,
       r.closed_at, r.expires_at, coalesce(p.name, '') as partner_name, coalesce(p.email, '') as partner_email
     from approvals.referral r
     left join access.published_partner p on p.partner_id = r.partner_id
     where ${condition}`,
    parameters,
  );
  return rows.map(viewOf);
}

/** @throws NotFound */
export async function viewReferral(
  tx: Transaction,
  companyId: Id<'Company'>,
  { kind, referralId }: ReferralKey,
): Promise<ReferralView> {
  const [view] = await selectReferrals(tx, 'r.company_id = $1 and r.referral_id = $2 and r.kind = $3', [
    companyId,
    referralId,
    kind,
  ]);
  if (!view) throw new NotFound(kind);
  return view;
}

function viewOf(row: Row): ReferralView {
  return {
    referralId: asId('Referral', row.referral_id),
    kind: row.kind,
    programId: asId('Program', row.program_id),
    partnershipId: asId('Partnership', row.partnership_id),
    partner: {
      partnerId: asId('Partner', row.partner_id),
      name: row.partner_name,
      email: row.partner_email,
    },
    source: row.source,
    state: row.state,
    stage: { key: row.stage, name: row.stage_name },
    declineCode: row.decline_code,
    reason: row.reason,
    rivalId: row.rival_id === null ? null : asId('Referral', row.rival_id),
    contact: { name: row.contact_name, email: row.contact_email, phone: row.contact_phone },
    account: { name: row.account_name, domain: row.account_domain },
    note: row.note,
    answers: row.answers,
    worth:
      row.amount === null || row.currency === null
        ? null
        : { amount: BigInt(row.amount), currency: asCurrency(row.currency) },
    expectedCloseOn: row.expected_close_on,
    customerKey: row.customer_key,
    revision: row.revision,
    submittedAt: new Date(row.submitted_at),
    approvedAt: dateOf(row.approved_at),
    closedAt: dateOf(row.closed_at),
    expiresAt: dateOf(row.expires_at),
  };
}

const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text));
