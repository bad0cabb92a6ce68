import type { Transaction } from '#database';
import { asId, type Id, newId, NotFound } from '#kernel';
import { type Code, codeOf, type CodeRow, SELECT_CODES } from './code.js';

/** The present assignment of a code. */
export interface LastAssignment {
  readonly assignmentId: Id<'CodeAssignment'>;
  readonly partnershipId: Id<'Partnership'>;
  readonly from: Date;
  readonly until: Date | null;
}

/** One code of the company. @throws NotFound */
export async function getCode(tx: Transaction, companyId: Id<'Company'>, codeId: Id<'Code'>): Promise<Code> {
  const [row] = await tx.query<CodeRow>(`${SELECT_CODES} and c.code_id = $2`, [companyId, codeId]);
  if (!row) throw new NotFound('code');
  return codeOf(row);
}

/** Locks a code, so that one change at a time follows the last one. @throws NotFound */
export async function lockCode(
  tx: Transaction,
  companyId: Id<'Company'>,
  codeId: Id<'Code'>,
): Promise<LastAssignment> {
  const locked = await tx.query(
    'select from tracking.code where company_id = $1 and code_id = $2 for update',
    [companyId, codeId],
  );
  if (locked.length === 0) throw new NotFound('code');
  const [last] = await tx.query<{
    assignment_id: string;
    partnership_id: string;
    effective_from: string;
    effective_until: string | null;
  }>(
    `select assignment_id, partnership_id, effective_from, effective_until from tracking.code_assignment
     where company_id = $1 and code_id = $2 order by effective_from desc limit 1`,
    [companyId, codeId],
  );
  if (!last) throw new Error('a code without an assignment');
  return {
    assignmentId: asId('CodeAssignment', last.assignment_id),
    partnershipId: asId('Partnership', last.partnership_id),
    from: new Date(last.effective_from),
    until: last.effective_until === null ? null : new Date(last.effective_until),
  };
}

/** Ends an assignment; one that ends earlier already stays as it is. */
export async function endAssignment(
  tx: Transaction,
  companyId: Id<'Company'>,
  assignmentId: Id<'CodeAssignment'>,
  until: Date,
): Promise<void> {
  await tx.query(
    `update tracking.code_assignment set effective_until = least(effective_until, $3)
     where company_id = $1 and assignment_id = $2`,
    [companyId, assignmentId, until],
  );
}

export async function addAssignment(
  tx: Transaction,
  assignment: {
    readonly companyId: Id<'Company'>;
    readonly codeId: Id<'Code'>;
    readonly programId: Id<'Program'>;
    readonly partnershipId: Id<'Partnership'>;
    readonly from: Date;
    readonly actor: string;
  },
): Promise<void> {
  await tx.query(
    `insert into tracking.code_assignment
       (company_id, assignment_id, code_id, program_id, partnership_id, effective_from, actor)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      assignment.companyId,
      newId('CodeAssignment'),
      assignment.codeId,
      assignment.programId,
      assignment.partnershipId,
      assignment.from,
      assignment.actor,
    ],
  );
}
