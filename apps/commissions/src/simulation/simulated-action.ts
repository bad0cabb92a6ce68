import type { Transaction } from '#database';
import { asId, type Id, InvalidInput, newId } from '#kernel';
import {
  type Click,
  type ClickWindow,
  type Decision,
  decideWinner,
  type Membership,
  type Precedence,
  type PrecedenceMethod,
  type ReferralAction,
} from '#rules';
import type { ProgramName } from '../judging/membership.js';

/** Who could have referred a simulated action, and how. Partnerships are those of the program. */
export interface Referral {
  readonly kind: ReferralAction['kind'];
  readonly occurredAt: Date;
  readonly clicks: readonly { readonly partnershipId: Id<'Partnership'>; readonly clickedAt: Date }[];
  /** Partners whose discount code was used. */
  readonly codesOf: readonly Id<'Partnership'>[];
  /** Whom the customer belongs to already. */
  readonly boundTo: Id<'Partnership'> | null;
  /** Who submitted the lead or deal. */
  readonly submittedBy: Id<'Partnership'> | null;
}

/**
 * Decides a simulated action as attribution would: by the same rules, windows and precedence.
 * @throws InvalidInput `simulation.unknown_partnership`
 */
export async function decideReferralOf(
  tx: Transaction,
  program: ProgramName,
  referral: Referral,
): Promise<Decision> {
  const members = await readMembers(tx, program, referral);
  const member = (id: Id<'Partnership'>): Membership => {
    const found = members.get(id);
    if (!found) throw new TypeError(`the partnership ${id} was not read`);
    return found;
  };
  const windows = await readWindows(tx, program);
  const clicks = referral.clicks.map(({ partnershipId, clickedAt }): Click => ({
    clickId: newId('Click'),
    linkId: newId('Link'),
    clickedAt,
    membership: member(partnershipId),
    windows,
  }));
  const action: ReferralAction = {
    kind: referral.kind,
    occurredAt: referral.occurredAt,
    presented: clicks.length > 0 ? { kind: 'visitor', clicks } : { kind: 'none' },
    codes: referral.codesOf.map((id) => ({ code: 'code', membership: member(id), isInForce: true })),
    submittedBy: referral.submittedBy && member(referral.submittedBy),
  };
  const tie = { boundTo: referral.boundTo && member(referral.boundTo), ruling: null };
  return decideWinner(action, tie, await readPrecedence(tx, program));
}

interface MemberRow {
  readonly partnership_id: string;
  readonly partner_id: string;
  readonly periods: readonly { readonly started_at: string; readonly ended_at: string | null }[];
}

async function readMembers(
  tx: Transaction,
  { companyId, programId }: ProgramName,
  referral: Referral,
): Promise<Map<Id<'Partnership'>, Membership>> {
  const named = namedIn(referral);
  const rows = await tx.query<MemberRow>(
    `select p.partnership_id, p.partner_id, (
       select coalesce(json_agg(json_build_object('started_at', m.started_at, 'ended_at', m.ended_at)), '[]')
       from approvals.published_membership_period m
       where m.company_id = p.company_id and m.partnership_id = p.partnership_id) as periods
     from approvals.published_partnership p
     where p.company_id = $1 and p.program_id = $2 and p.partnership_id = any ($3::uuid[])`,
    [companyId, programId, named.map(({ id }) => id)],
  );
  const members = new Map(
    rows.map((row) => [asId('Partnership', row.partnership_id), memberOf(row, programId)]),
  );
  refuseStrangers(named.filter(({ id }) => !members.has(id)).map(({ field }) => field));
  return members;
}

const memberOf = (row: MemberRow, programId: Id<'Program'>): Membership => ({
  partnershipId: asId('Partnership', row.partnership_id),
  partnerId: asId('Partner', row.partner_id),
  programId,
  periods: row.periods.map(({ started_at, ended_at }) => ({
    startedAt: new Date(started_at),
    endedAt: ended_at === null ? null : new Date(ended_at),
  })),
});

const namedIn = ({ clicks, codesOf, boundTo, submittedBy }: Referral) => [
  ...clicks.map(({ partnershipId }, index) => ({
    id: partnershipId,
    field: `clicks.${index}.partnershipId`,
  })),
  ...codesOf.map((id, index) => ({ id, field: `codesOf.${index}` })),
  ...(boundTo ? [{ id: boundTo, field: 'boundTo' }] : []),
  ...(submittedBy ? [{ id: submittedBy, field: 'submittedBy' }] : []),
];

function refuseStrangers(fields: readonly string[]): void {
  if (fields.length === 0) return;
  const message = 'must be a partnership of this program';
  throw new InvalidInput(
    'simulation.unknown_partnership',
    `${fields.join(', ')} ${message}.`,
    fields.map((field) => ({ field, message })),
  );
}

async function readWindows(tx: Transaction, { companyId, programId }: ProgramName): Promise<ClickWindow[]> {
  const rows = await tx.query<{ effective_from: string; window_days: number }>(
    `select effective_from, window_days from approvals.published_program_settings
     where company_id = $1 and program_id = $2`,
    [companyId, programId],
  );
  return rows.map((row) => ({ effectiveFrom: new Date(row.effective_from), days: row.window_days }));
}

async function readPrecedence(tx: Transaction, { companyId }: ProgramName): Promise<Precedence[]> {
  const rows = await tx.query<{ effective_from: string; methods: PrecedenceMethod[] }>(
    'select effective_from, methods from attribution.published_precedence where company_id = $1',
    [companyId],
  );
  return rows.map((row) => ({ effectiveFrom: new Date(row.effective_from), methods: row.methods }));
}
