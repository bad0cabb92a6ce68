import type { SubjectKind } from '#contracts';
import type { Transaction } from '#database';
import { ANY_SUBJECT_KIND } from '../any-subject-kind.js';
import { subjectNameOf } from './action.js';
import type { StandingDecision } from './standing-decisions.js';

/** Of which of these a commission is paid, by `subjectNameOf`. */
export async function readPaidSubjects(
  tx: Transaction,
  decisions: readonly Pick<StandingDecision, 'companyId' | 'subjectKey'>[],
): Promise<ReadonlySet<string>> {
  if (decisions.length === 0) return new Set();
  const rows = await tx.query<{
    company_id: string;
    subject_kind: SubjectKind;
    subject_key: string;
  }>(
    `select distinct company_id, subject_kind, subject_key from commissions.published_commission
      where (in_payout <> 0 or paid_out <> 0) and company_id = any($1::uuid[])
        and subject_kind = ${ANY_SUBJECT_KIND} and subject_key = any($2::text[])`,
    [
      [...new Set(decisions.map(({ companyId }) => companyId))],
      decisions.map(({ subjectKey }) => subjectKey),
    ],
  );
  return new Set(
    rows.map((row) =>
      subjectNameOf({ companyId: row.company_id, kind: row.subject_kind, subjectKey: row.subject_key }),
    ),
  );
}
