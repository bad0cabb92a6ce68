import { Injectable } from '@nestjs/common';
import type { Transaction } from '#database';
import { readCustomers } from '../subject/customer-store.js';
import { type SubjectRow, subjectOf, withEvaluations } from '../subject/subject.js';
import { saveSubjects } from '../subject/subject-store.js';
import type { Cause } from './commission-change.js';
import { type Case, JudgeSubjects } from './judge-subjects.js';
import { readOfferBook } from './read-offer-book.js';
import { membersOf } from './applicable-offers.js';

/** A decided subject whose row is locked and changed, and the delivery that changed it; null for a command. */
export interface ChangedRow {
  readonly row: SubjectRow;
  readonly cause: Cause | null;
}

/** The decision that credited a subject judged it, by the offers of that program. */
export function judgedBefore(row: SubjectRow, cause: Cause | null): Case {
  const subject = subjectOf(row);
  return { subject, judgedIn: subject.credit?.programId ?? null, cause };
}

/** Judges subjects as their rows say now, and saves the rows. */
@Injectable()
export class JudgeRows {
  constructor(private readonly judgeSubjects: JudgeSubjects) {}

  async execute(tx: Transaction, changed: readonly ChangedRow[]): Promise<void> {
    if (changed.length === 0) return;
    const cases = changed.map(({ row, cause }) => judgedBefore(row, cause));
    // Read after the subjects are locked: a decision that moves a customer's facts judges them after us.
    const customers = await readCustomers(
      tx,
      cases.map(({ subject }) => subject),
    );
    const book = await readOfferBook(tx, membersOf(cases.map(({ subject }) => subject)));
    const evaluations = await this.judgeSubjects.execute(tx, cases, customers, book);
    await saveSubjects(
      tx,
      changed.map(({ row }) => withEvaluations(row, evaluations)),
    );
  }
}
