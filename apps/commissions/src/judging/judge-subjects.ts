import { Injectable } from '@nestjs/common';
import { Publisher } from '#bus';
import type { Transaction } from '#database';
import { Clock } from '#kernel';
import type { CustomerFacts } from '#rules';
import { customerKey, type Customers } from '../subject/customer-store.js';
import type { Subject } from '../subject/subject.js';
import { type Cause, eventsOf } from './commission-change.js';
import { readHistories } from './history.js';
import { judge } from './judge.js';
import { OfferBook, type ProgramName } from './offer-book.js';
import { recordJudgements } from './record-judgements.js';

/** A locked subject, and why it is judged (again). */
export interface Case {
  readonly subject: Subject;
  /** Null when a command of the company is the reason. */
  readonly cause: Cause | null;
}

/** Judges a batch of locked subjects by all facts known, posts what is due and tells who should hear of it. */
@Injectable()
export class JudgeSubjects {
  constructor(
    private readonly publisher: Publisher,
    private readonly clock: Clock,
  ) {}

  /** @returns how often each subject has been evaluated now, in the order of `cases` */
  async execute(tx: Transaction, cases: readonly Case[], customers: Customers): Promise<number[]> {
    const now = this.clock.now();
    const subjects = cases.map(({ subject }) => subject);
    const histories = await readHistories(tx, subjects);
    const book = await OfferBook.read(tx, programsOf(subjects));
    const judgements = subjects.map((subject) =>
      judge(subject, customers.get(customerOf(subject)) ?? UNKNOWN, histories(subject), book, now),
    );
    await recordJudgements(tx, judgements, now);
    const events = judgements.flatMap((judgement, index) =>
      eventsOf(judgement, cases[index]?.cause ?? null, now),
    );
    if (events.length > 0) await this.publisher.publish(tx, events);
    return judgements.map(({ evaluationNo, opinions }) =>
      opinions.length > 0 ? evaluationNo : evaluationNo - 1,
    );
  }
}

const UNKNOWN: CustomerFacts = { signedUpAt: null, firstPaidAt: null };

const customerOf = ({ companyId, customerId }: Subject) => customerKey(companyId, customerId);

function programsOf(subjects: readonly Subject[]): ProgramName[] {
  const programs = new Map<string, ProgramName>();
  for (const { companyId, credit } of subjects) {
    if (credit) programs.set(`${companyId} ${credit.programId}`, { companyId, programId: credit.programId });
  }
  return [...programs.values()];
}
