import { Injectable } from '@nestjs/common';
import { companyScope, Database, type Transaction } from '#database';
import { asId, type Id } from '#kernel';
import { type PartnershipGroup, type PartnershipView, viewPartnership } from './view-partnership.js';

/** From an approval to the end that followed. */
export interface PartnershipPeriod {
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly endKind: 'left' | 'removed' | null;
  readonly endReason: string | null;
}

/** Proof that a partner agreed to a version of the terms. */
export interface AcceptedTerms {
  readonly version: number;
  readonly acceptedAt: Date;
  readonly address: string;
  readonly userAgent: string | null;
}

/** A membership with all that was ever said of it. */
export interface PartnershipHistory extends PartnershipView {
  /** Oldest first. */
  readonly periods: readonly PartnershipPeriod[];
  /** Oldest first; the last ones may be planned for later. */
  readonly groups: readonly PartnershipGroup[];
  /** Newest first. */
  readonly acceptedTerms: readonly AcceptedTerms[];
}

@Injectable()
export class ReadPartnership {
  constructor(private readonly database: Database) {}

  /** @throws NotFound */
  execute(companyId: Id<'Company'>, partnershipId: Id<'Partnership'>): Promise<PartnershipHistory> {
    return this.database.transaction(companyScope(companyId), async (tx) => ({
      ...(await viewPartnership(tx, companyId, partnershipId)),
      periods: await readPeriods(tx, companyId, partnershipId),
      groups: await readGroups(tx, companyId, partnershipId),
      acceptedTerms: await readAcceptedTerms(tx, companyId, partnershipId),
    }));
  }
}

async function readPeriods(
  tx: Transaction,
  companyId: Id<'Company'>,
  partnershipId: Id<'Partnership'>,
): Promise<PartnershipPeriod[]> {
  const rows = await tx.query<{
    started_at: string;
    ended_at: string | null;
    end_kind: 'left' | 'removed' | null;
    end_reason: string | null;
  }>(
    `select started_at, ended_at, end_kind, end_reason from approvals.membership_period
      where company_id = $1 and partnership_id = $2 order by started_at`,
    [companyId, partnershipId],
  );
  return rows.map((row) => ({
    startedAt: new Date(row.started_at),
    endedAt: row.ended_at === null ? null : new Date(row.ended_at),
    endKind: row.end_kind,
    endReason: row.end_reason,
  }));
}

async function readGroups(
  tx: Transaction,
  companyId: Id<'Company'>,
  partnershipId: Id<'Partnership'>,
): Promise<PartnershipGroup[]> {
  const rows = await tx.query<{ group_id: string; name: string; effective_from: string }>(
    `select m.group_id, g.name, m.effective_from from approvals.published_partnership_group m
       join approvals.published_group g on g.company_id = m.company_id and g.group_id = m.group_id
      where m.company_id = $1 and m.partnership_id = $2 order by m.effective_from`,
    [companyId, partnershipId],
  );
  return rows.map((row) => ({
    groupId: asId('Group', row.group_id),
    name: row.name,
    since: new Date(row.effective_from),
  }));
}

async function readAcceptedTerms(
  tx: Transaction,
  companyId: Id<'Company'>,
  partnershipId: Id<'Partnership'>,
): Promise<AcceptedTerms[]> {
  const rows = await tx.query<{
    version: number;
    accepted_at: string;
    address: string;
    user_agent: string | null;
  }>(
    `select version, accepted_at, address, user_agent from approvals.terms_acceptance
      where company_id = $1 and partnership_id = $2 order by version desc`,
    [companyId, partnershipId],
  );
  return rows.map((row) => ({
    version: row.version,
    acceptedAt: new Date(row.accepted_at),
    address: row.address,
    userAgent: row.user_agent,
  }));
}
