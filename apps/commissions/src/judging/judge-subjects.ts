import { Injectable } from '@nestjs/common';
import { Publisher } from '#bus';
import type { Transaction } from '#database';
import { Clock } from '#kernel';
import type { CustomerFacts } from '#rules';
import { type Customers, nameOfCustomer } from '../subject/customer-store.js';
import { nameOfSubject, type Subject } from '../subject/subject.js';
import { type Cause, eventsOf } from './commission-change.js';
import { type Judged, readHistories } from './history.js';
import { Counters } from './counters.js';
import { byEventTime, CustomerUsages } from './customer-usages.js';
import { judge, type Judgement } from './judge.js';
import type { OfferBook } from './offer-book.js';
import { recordJudgements } from './record-judgements.js';
import { isCappedBy, openCounters } from './applicable-offers.js';

/** A locked subject, and why it is judged (again). */
export interface Case extends Judged {
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

  /**
   * @param book what the offers of the subjects' programs are and were
   * @returns how often each subject has been evaluated now, by `nameOf`
   */
  async execute(
    tx: Transaction,
    cases: readonly Case[],
    customers: Customers,
    book: OfferBook,
  ): Promise<ReadonlyMap<string, number>> {
    const now = this.clock.now();
    const subjects = cases.map(({ subject }) => subject);
    const histories = await readHistories(tx, cases);
    const grounds = {
      book,
      counters: await Counters.lock(
        tx,
        subjects.flatMap((subject) => openCounters(subject, histories(subject), book)),
      ),
      usages: await CustomerUsages.read(tx, subjects.filter(isCappedBy(book)), subjects),
    };
    const judgements = inEventTime(subjects, (subject) =>
      judge(subject, customers.get(customerOf(subject)) ?? UNKNOWN, histories(subject), grounds, now),
    );
    await grounds.counters.save(tx);
    await recordJudgements(tx, judgements, now);
    const events = judgements.flatMap((judgement, index) =>
      eventsOf(judgement, cases[index]?.cause ?? null, now),
    );
    if (events.length > 0) await this.publisher.publish(tx, events);
    return new Map(
      judgements.map(({ subject, evaluationNo, opinions }) => [
        nameOfSubject(subject),
        opinions.length > 0 ? evaluationNo : evaluationNo - 1,
      ]),
    );
  }
}

const UNKNOWN: CustomerFacts = { signedUpAt: null, firstPaidAt: null };

const customerOf = ({ companyId, customerId }: Subject) => nameOfCustomer(companyId, customerId);

/** Later subjects stand behind earlier ones: of their customer, and of the batch in the posting order. */
function inEventTime(subjects: readonly Subject[], judgeOne: (subject: Subject) => Judgement): Judgement[] {
  const judged = new Map(subjects.toSorted(byEventTime).map((subject) => [subject, judgeOne(subject)]));
  return subjects.flatMap((subject) => judged.get(subject) ?? []);
}
