import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '#database';
import { type Id, InvalidField } from '#kernel';
import type { OfferRule } from '#rules';
import { Counters } from '../judging/counters.js';
import { currentOpinions } from '../judging/current-opinions.js';
import { byEventTime, CustomerUsages } from '../judging/customer-usages.js';
import { NO_HISTORY } from '../judging/history.js';
import type { ProgramName } from '../judging/membership.js';
import type { OfferBook } from '../judging/offer-book.js';
import type { Opinion } from '../judging/opinion.js';
import { readOfferBook } from '../judging/read-offer-book.js';
import { membersOf } from '../judging/applicable-offers.js';
import { checkRule } from '../offer/check-rule.js';
import { loadOffer } from '../offer/offer.js';
import { type Customers, nameOfCustomer, readCustomers } from '../subject/customer-store.js';
import type { Subject } from '../subject/subject.js';
import { countSubjectsOf, readSubjectsOf } from '../subject/subject-store.js';
import { compare, type Comparison } from './compare.js';
import { readOnly } from './read-only.js';

/** A rule that might become a version of an offer, and the period to try it on: from `from` to before `until`. */
export interface Draft {
  readonly rule: OfferRule;
  readonly from: Date;
  readonly until: Date;
}

/** How far a back-test came: from the beginning of its period to before `until`. */
export interface Coverage {
  /** How many subjects the whole period has. */
  readonly of: number;
  readonly until: Date;
}

export interface BackTested {
  readonly comparison: Comparison;
  readonly coverage: Coverage;
}

/**
 * Judges what happened in a period twice, by the program's offers as they were and with a draft in place of
 * one of them, and tells the difference. Tiers, budgets and caps count from 0 at the start of the period, in
 * event time, both times; the company's approvals and refusals of single commissions are left aside. Nothing
 * is recorded.
 */
@Injectable()
export class BackTest {
  constructor(private readonly database: Database) {}

  /**
   * @throws NotFound when the company has no such offer
   * @throws InvalidInput `offer_rule.invalid`, `back_test.too_many_at_once`
   */
  execute(companyId: Id<'Company'>, offerId: Id<'Offer'>, draft: Draft): Promise<BackTested> {
    return readOnly(this.database, companyId, async (tx) => {
      const { programId } = await loadOffer(tx, companyId, offerId);
      const program = { companyId, programId };
      await checkRule(tx, program, draft.rule, draft.from);
      const { subjects, coverage } = await subjectsIn(tx, program, draft);
      const customers = await readCustomers(tx, subjects);
      const book = await readOfferBook(tx, membersOf(subjects));
      const comparison = compare(
        subjects,
        offerId,
        await judgeAll(subjects, customers, book),
        await judgeAll(subjects, customers, book.withDraft(program, offerId, draft.rule)),
      );
      return { comparison, coverage };
    });
  }
}

/** More than a person would wait for. */
const MOST_SUBJECTS = 10_000;

interface Found {
  readonly subjects: readonly Subject[];
  readonly coverage: Coverage;
}

/** The first of a period, as many as are judged at once; none is left out between two periods that follow. */
async function subjectsIn(tx: Transaction, program: ProgramName, { from, until }: Draft): Promise<Found> {
  const rows = await readSubjectsOf(tx, program, { from, until, limit: MOST_SUBJECTS + 1 });
  const found = rows.toSorted(byEventTime);
  const beyond = found[MOST_SUBJECTS];
  if (!beyond) return { subjects: found, coverage: { of: found.length, until } };
  const end = beyond.facts.occurredAt;
  const subjects = found.filter(({ facts }) => facts.occurredAt < end);
  if (subjects.length === 0) {
    const message = `must be after ${end.toISOString()}: more than ${MOST_SUBJECTS} happened at that moment`;
    throw new InvalidField('back_test.too_many_at_once', 'from', message);
  }
  return { subjects, coverage: { of: await countSubjectsOf(tx, program, { from, until }), until: end } };
}

async function judgeAll(
  subjects: readonly Subject[],
  customers: Customers,
  book: OfferBook,
): Promise<ReadonlyMap<Subject, readonly Opinion[]>> {
  const grounds = { book, counters: Counters.none(), usages: CustomerUsages.none() };
  const opinions = new Map<Subject, readonly Opinion[]>();
  for (const [index, subject] of subjects.entries()) {
    // The process serves others meanwhile.
    if (index % AT_ONCE === 0) await setImmediate();
    const customer = customers.get(nameOfCustomer(subject.companyId, subject.customerId));
    opinions.set(subject, currentOpinions(subject, customer ?? UNKNOWN, NO_HISTORY, grounds));
  }
  return opinions;
}

const AT_ONCE = 100;
const UNKNOWN = { signedUpAt: null, firstPaidAt: null };
