import { Injectable } from '@nestjs/common';
import type { Transaction } from '#database';
import { Clock } from '#kernel';
import type { Deletion } from '#rules';
import { type ChangedRow, JudgeRows } from '../judging/judge-rows.js';
import { nameOf, withDeletion } from '../subject/subject.js';
import { lockTargetsOf, subjectNameOf } from './lock-targets.js';
import { problemOf } from './may-rule.js';
import { appendRulings, type SaidBy } from './ruling-store.js';

/** A decided subject, its row locked, and why it is deleted. */
export type SubjectDeletion = ChangedRow & SaidBy<Deletion>;

/**
 * Deletes subjects: what they earned is taken back from whomever it went to, and they earn nothing any
 * more, whatever becomes known of them later. The first deletion stays.
 */
@Injectable()
export class DeleteSubjects {
  constructor(
    private readonly judgeRows: JudgeRows,
    private readonly clock: Clock,
  ) {}

  async execute(tx: Transaction, deletions: readonly SubjectDeletion[]): Promise<void> {
    const existing = deletions.filter(({ row }) => row.deletion_reason === null);
    const bySubject = new Map(existing.map((deletion) => [nameOf(deletion.row), deletion]));
    const targets = await lockTargetsOf(
      tx,
      existing.map(({ row }) => row),
    );
    const rulings = targets
      .filter(({ state }) => problemOf('deleted', state) === null)
      .flatMap((on) => {
        const deletion = bySubject.get(subjectNameOf(on));
        return deletion ? [{ on, ruling: deletion.ruling, actor: deletion.actor }] : [];
      });
    await appendRulings(tx, rulings, this.clock.now());
    await this.judgeRows.execute(
      tx,
      existing.map(({ row, ruling, cause }) => ({ row: withDeletion(row, ruling), cause })),
    );
  }
}
