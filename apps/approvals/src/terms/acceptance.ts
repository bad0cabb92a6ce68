import type { Transaction } from '#database';
import { Conflict, type Id } from '#kernel';

/** Where an acceptance came from; kept as proof of it. */
export interface AcceptanceOrigin {
  /** Who of the partner's team, as `actorOf` names callers. */
  readonly acceptedBy: string;
  readonly address: string;
  readonly userAgent: string | null;
}

export interface Acceptance extends AcceptanceOrigin {
  readonly companyId: Id<'Company'>;
  readonly programId: Id<'Program'>;
  readonly partnershipId: Id<'Partnership'>;
  readonly version: number;
  readonly acceptedAt: Date;
}

/**
 * Records that a partner agreed to the program's current terms; the first acceptance of a version stands.
 * @returns when this version was accepted
 * @throws Conflict `terms.not_current`
 */
export async function recordAcceptance(tx: Transaction, acceptance: Acceptance): Promise<Date> {
  const { companyId, programId, partnershipId, version } = acceptance;
  const [current] = await tx.query<{ version: number }>(
    `select version from approvals.terms where company_id = $1 and program_id = $2
     order by version desc limit 1`,
    [companyId, programId],
  );
  if (current?.version !== version) {
    throw new Conflict(
      'terms.not_current',
      current
        ? `Version ${current.version} of the terms is in force. Read that one and accept it.`
        : 'This program has no terms, so there is nothing to accept.',
    );
  }
  const [row] = await tx.query<{ accepted_at: string }>(
    `with added as (
       insert into approvals.terms_acceptance
         (company_id, partnership_id, program_id, version, accepted_at, address, user_agent, accepted_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict do nothing returning accepted_at)
     select accepted_at from added
     union all
     select accepted_at from approvals.terms_acceptance
      where company_id = $1 and partnership_id = $2 and version = $4`,
    [
      companyId,
      partnershipId,
      programId,
      version,
      acceptance.acceptedAt,
      acceptance.address,
      acceptance.userAgent,
      acceptance.acceptedBy,
    ],
  );
  return row ? new Date(row.accepted_at) : acceptance.acceptedAt;
}
