import { Injectable } from '@nestjs/common';
import { type Delivery, done, type Outcome, Publisher } from '#bus';
import type { Transaction } from '#database';
import { asId, type Id } from '#kernel';
import { judgedBefore } from '../judging/judge-rows.js';
import { type Case, JudgeSubjects } from '../judging/judge-subjects.js';
import { readOfferBook } from '../judging/read-offer-book.js';
import { isCappedBy, membersOf } from '../judging/applicable-offers.js';
import {
  nameOfCustomer,
  type CustomerReport,
  type Customers,
  mergeCustomers,
  sinceEver,
  type Reopened,
  subjectsOfCustomers,
} from './customer-store.js';
import { decisionColumns } from './decision-columns.js';
import { type Leaving, leavingOf, withFormer } from './former-customers.js';
import {
  nameOf,
  NO_FACTS,
  type Subject,
  type SubjectRow,
  subjectOf,
  withDeletion,
  withEvaluations,
} from './subject.js';
import { orderWaitKey } from './record-facts.js';
import { insertOrLock, lockExisting, saveSubjects } from './subject-store.js';

type Decided = Delivery<'attribution.decided'>;

/**
 * Records whom attribution credited with orders, signups, won leads and deals, and actions, and judges them.
 * The highest revision wins, whatever order they arrive in. A fact of the customer that moved back in time (an
 * earlier first payment, a signup that came late) makes the customer's other subjects be judged again; where an
 * offer limits what one customer earns, any decision does so with those that happened after it.
 */
@Injectable()
export class RecordDecisions {
  constructor(
    private readonly judgeSubjects: JudgeSubjects,
    private readonly publisher: Publisher,
  ) {}

  async execute(tx: Transaction, deliveries: readonly Decided[]): Promise<Outcome[]> {
    const newest = newestBySubject(deliveries);
    const { customers: reported, moved } = await mergeCustomers(tx, deliveries.map(reportOf));
    const given = [...newest.values()].map((delivery) => firstRow(delivery, reported));
    const locked = await insertOrLock(tx, given);
    await this.#wakeWaiting(tx, locked);
    const left = leavingOf(locked, newest);
    const customers = await withFormer(tx, reported, left);

    const cases: Case[] = [];
    const rows: SubjectRow[] = [];
    for (const row of locked) {
      const delivery = newest.get(nameOf(row));
      if (!delivery) continue;
      const after = row.is_new ? { ...row, evaluations: 0 } : withDecision(row, delivery, customers);
      if (!after) continue;
      rows.push(after);
      cases.push({ subject: subjectOf(after), judgedIn: programBefore(row), cause: delivery });
    }
    const decided = [...cases.map(({ subject }) => subject), ...subjectsBefore(locked)];
    const book = await readOfferBook(tx, membersOf(decided));
    const reopened = [...moved.map(sinceEver), ...decided.filter(isCappedBy(book)).map(sinceItself)];
    const others = await othersOf(tx, reopened, rows, causesOf(deliveries, left));
    const elsewhere = membersOf(others.map(({ subject }) => subject));
    const evaluations = await this.judgeSubjects.execute(
      tx,
      [...cases, ...others],
      customers,
      elsewhere.length > 0 ? await readOfferBook(tx, [...membersOf(decided), ...elsewhere]) : book,
    );
    const isNew = new Set(locked.filter((row) => row.is_new).map(nameOf));
    await saveSubjects(
      tx,
      [...rows, ...others.map(({ row }) => row)]
        .filter((row) => !isNew.has(nameOf(row)))
        .map((row) => withEvaluations(row, evaluations)),
    );
    return deliveries.map(() => done());
  }

  /** Only a row without a decision can have someone waiting: asking for the order made it. */
  async #wakeWaiting(tx: Transaction, rows: readonly SubjectRow[]): Promise<void> {
    const waited = rows.filter((row) => row.revision === 0 && row.kind === 'order');
    for (const [companyId, orders] of Map.groupBy(waited, (row) => row.company_id)) {
      const keys = orders.map((row) => orderWaitKey(row.key));
      await this.publisher.wake(tx, 'commissions', asId('Company', companyId), keys);
    }
  }
}

/** The customers' other subjects, locked, and which decision makes each be judged again. */
async function othersOf(
  tx: Transaction,
  reopened: readonly Reopened[],
  own: readonly SubjectRow[],
  causes: ReadonlyMap<string, Decided>,
): Promise<(Case & { readonly row: SubjectRow })[]> {
  if (reopened.length === 0) return [];
  const locked = await lockExisting(tx, await subjectsOfCustomers(tx, reopened));
  const taken = new Set(own.map(nameOf));
  return locked
    .filter((row) => !taken.has(nameOf(row)))
    .map((row) => ({ row, ...judgedBefore(row, causes.get(row.customer_id ?? '') ?? null) }));
}

/** Where it was credited, and so judged, before this batch. */
const programBefore = (row: SubjectRow & { readonly is_new: boolean }): Id<'Program'> | null =>
  row.is_new || row.program_id === null ? null : asId('Program', row.program_id);

/** As they were credited before this batch. */
const subjectsBefore = (locked: readonly (SubjectRow & { is_new: boolean })[]): Subject[] =>
  locked.filter((row) => !row.is_new && row.revision > 0).map(subjectOf);

/** By customer. */
function causesOf(deliveries: readonly Decided[], left: readonly Leaving[]): ReadonlyMap<string, Decided> {
  return new Map<string, Decided>([
    ...left.map(({ customer_id, delivery }) => [customer_id, delivery] as const),
    ...deliveries.map((delivery) => [delivery.data.customerId, delivery] as const),
  ]);
}

/** What happened before it has its part of the customer's cap, whatever becomes of this one. */
const sinceItself = ({ companyId, customerId, facts }: Subject): Reopened => ({
  company_id: companyId,
  customer_id: customerId,
  since: facts.occurredAt,
});

/**
 * The row as it is inserted when the subject is new. It counts one evaluation at once where there will be
 * one, so that the usual case needs no second write of the row.
 */
function firstRow(delivery: Decided, customers: Customers): SubjectRow {
  const row = { ...decisionColumns(delivery), ...NO_FACTS, evaluations: delivery.data.winner ? 1 : 0 };
  return withCustomerDeletion(row, delivery, customers);
}

/** @returns null when the row knows this revision already */
function withDecision(row: SubjectRow, delivery: Decided, customers: Customers): SubjectRow | null {
  if (delivery.data.revision <= row.revision) return null;
  return withCustomerDeletion({ ...row, ...decisionColumns(delivery) }, delivery, customers);
}

/** A decision may come later than the deletion of the customer that came after it. */
function withCustomerDeletion(
  row: SubjectRow,
  { companyId, occurredAt, data }: Decided,
  customers: Customers,
): SubjectRow {
  const deletion = customers.get(nameOfCustomer(companyId, data.customerId))?.deletion;
  const isMeant = deletion && row.deletion_reason === null && occurredAt <= deletion.at;
  return isMeant ? withDeletion(row, deletion.ruling) : row;
}

function newestBySubject(deliveries: readonly Decided[]): Map<string, Decided> {
  const newest = new Map<string, Decided>();
  for (const delivery of deliveries) {
    const name = nameOf(decisionColumns(delivery));
    const known = newest.get(name);
    if (!known || known.data.revision < delivery.data.revision) newest.set(name, delivery);
  }
  return newest;
}

/** A subject's own time counts too: the order itself is a payment, the signup a signup. */
function reportOf({ companyId, occurredAt, data }: Decided): CustomerReport {
  const own = occurredAt.toISOString();
  const { kind } = data.subject;
  return {
    company_id: companyId,
    customer_id: data.customerId,
    signed_up_at: kind === 'signup' ? earliest(data.signedUpAt, own) : data.signedUpAt,
    first_paid_at: kind === 'order' ? earliest(data.firstPaidAt, own) : data.firstPaidAt,
  };
}

const earliest = (known: string | null, own: string): string =>
  known !== null && new Date(known) < new Date(own) ? known : own;
