import type { Transaction } from '#database';
import type { Id } from '#kernel';
import type { CommissionState } from '../commission/commission-state.js';
import { nameOf, type SubjectName, type SubjectRow } from '../subject/subject.js';
import { lockExisting } from '../subject/subject-store.js';
import { LAST_RULING, type RuledCommission } from './ruling-store.js';

/** A locked commission that a company rules on. */
export interface Target extends RuledCommission {
  readonly partner_id: string;
  readonly program_id: string;
  /** Null for an adjustment, which has no subject either. */
  readonly offer_id: string | null;
  readonly subject_kind: SubjectName['kind'] | 'adjustment';
  readonly subject_key: string;
  readonly currency: string;
  readonly state: CommissionState;
  readonly amount: string;
}

/** Commissions and the subjects they are about, all locked. */
export interface LockedTargets {
  readonly targets: readonly Target[];
  readonly subjects: readonly SubjectRow[];
}

const TARGETS = `
  select c.company_id, c.commission_id, c.partnership_id, c.partner_id, c.program_id, c.offer_id, c.subject_kind,
    c.subject_key, c.currency, c.state, c.amount, ${LAST_RULING} as ruling
  from commissions.commission c`;

/** Subjects first, then commissions, each in a stable order: as judging locks them. */
export async function lockTargets(
  tx: Transaction,
  companyId: Id<'Company'>,
  commissionIds: readonly Id<'Commission'>[],
): Promise<LockedTargets> {
  const names = await tx.query<Pick<SubjectName, 'kind' | 'key'>>(
    `select distinct subject_kind as kind, subject_key as key from commissions.commission
     where company_id = $1 and commission_id = any($2::uuid[])`,
    [companyId, commissionIds],
  );
  const subjects = await lockExisting(
    tx,
    names.map((name) => ({ companyId, ...name })),
  );
  const targets = await tx.query<Target>(
    `${TARGETS} where c.company_id = $1 and c.commission_id = any($2::uuid[])
     order by c.commission_id for update of c`,
    [companyId, commissionIds],
  );
  return { targets, subjects };
}

/** All commissions of subjects that are locked already. */
export async function lockTargetsOf(
  tx: Transaction,
  subjects: readonly SubjectRow[],
): Promise<readonly Target[]> {
  if (subjects.length === 0) return [];
  return tx.query<Target>(
    `select t.* from unnest($1::uuid[], $2::text[], $3::text[]) as n(company_id, kind, key)
     cross join lateral (
       ${TARGETS} where c.company_id = n.company_id and c.subject_kind = n.kind and c.subject_key = n.key
       order by c.commission_id for update of c) t`,
    [subjects.map((row) => row.company_id), subjects.map((row) => row.kind), subjects.map((row) => row.key)],
  );
}

export const subjectNameOf = ({ company_id, subject_kind, subject_key }: Target): string =>
  nameOf({ company_id, kind: subject_kind, key: subject_key });
