import { Injectable } from '@nestjs/common';
import { type Delivery, done, ignored, type Outcome, Publisher } from '#bus';
import type { Transaction } from '#database';
import { asId } from '#kernel';
import { type Case, JudgeSubjects } from '../judging/judge-subjects.js';
import {
  customerKey,
  type CustomerReport,
  type Customers,
  mergeCustomers,
  subjectsOfCustomers,
} from './customer-store.js';
import { decisionColumns, nameOf, NO_FACTS, type SubjectRow, subjectOf, withDeletion } from './subject.js';
import { insertOrLock, lockExisting, saveSubjects } from './subject-store.js';

type Decided = Delivery<'attribution.decided'>;

/**
 * Records whom attribution credited with orders and signups, and judges them. The highest revision wins,
 * whatever order they arrive in. A fact of the customer that moved back in time (an earlier first payment,
 * a signup that came late) makes the customer's other subjects be judged again.
 */
@Injectable()
export class RecordDecisions {
  constructor(
    private readonly judgeSubjects: JudgeSubjects,
    private readonly publisher: Publisher,
  ) {}

  async execute(tx: Transaction, all: readonly Decided[]): Promise<Outcome[]> {
    const deliveries = all.filter(isJudged);
    const newest = newestBySubject(deliveries);
    const { customers, moved } = await mergeCustomers(tx, deliveries.map(reportOf));
    const given = [...newest.values()].map((delivery) => firstRow(delivery, customers));
    const locked = await insertOrLock(tx, given);
    await this.#wakeWaiting(tx, locked);

    const cases: Case[] = [];
    const rows: SubjectRow[] = [];
    for (const row of locked) {
      const delivery = newest.get(nameOf(row));
      if (!delivery) continue;
      const decided = row.is_new ? { ...row, evaluations: 0 } : withDecision(row, delivery, customers);
      if (!decided) continue;
      rows.push(decided);
      cases.push({ subject: subjectOf(decided), cause: delivery });
    }
    const [others, othersCases] = await this.#othersOf(tx, moved, rows, deliveries);
    const evaluations = await this.judgeSubjects.execute(tx, [...cases, ...othersCases], customers);
    const isNew = new Set(locked.filter((row) => row.is_new).map(nameOf));
    await saveSubjects(
      tx,
      [...rows, ...others]
        .map((row, index) => ({ ...row, evaluations: evaluations[index] ?? row.evaluations }))
        .filter((row) => !isNew.has(nameOf(row))),
    );
    return all.map((delivery) => (isJudged(delivery) ? done() : ignored('NO_OFFER_FOR_SUBJECT')));
  }

  /** Only a row without a decision can have someone waiting: asking for the order made it. */
  async #wakeWaiting(tx: Transaction, rows: readonly SubjectRow[]): Promise<void> {
    const waited = rows.filter((row) => row.revision === 0 && row.kind === 'order');
    for (const [companyId, orders] of Map.groupBy(waited, (row) => row.company_id)) {
      const keys = orders.map((row) => `order:${row.key}`);
      await this.publisher.wake(tx, 'commissions', asId('Company', companyId), keys);
    }
  }

  async #othersOf(
    tx: Transaction,
    moved: readonly CustomerReport[],
    own: readonly SubjectRow[],
    deliveries: readonly Decided[],
  ): Promise<[SubjectRow[], Case[]]> {
    if (moved.length === 0) return [[], []];
    const names = await subjectsOfCustomers(tx, moved);
    const locked = await lockExisting(tx, names);
    const taken = new Set(own.map(nameOf));
    const others = locked.filter((row) => !taken.has(nameOf(row)));
    const causes = new Map(deliveries.map((delivery) => [delivery.data.customerId, delivery]));
    const cases = others.flatMap((row) => {
      const subject = subjectOf(row);
      const cause = causes.get(subject.customerId);
      return cause ? [{ subject, cause }] : [];
    });
    return [others, cases];
  }
}

/** Offers pay on signups and orders. */
const isJudged = ({ data }: Decided): boolean =>
  data.subject.kind === 'signup' || data.subject.kind === 'order';

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
  const deletion = customers.get(customerKey(companyId, data.customerId))?.deletion;
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
  const isOrder = data.subject.kind === 'order';
  return {
    company_id: companyId,
    customer_id: data.customerId,
    signed_up_at: isOrder ? data.signedUpAt : earliest(data.signedUpAt, own),
    first_paid_at: isOrder ? earliest(data.firstPaidAt, own) : data.firstPaidAt,
  };
}

const earliest = (known: string | null, own: string): string =>
  known !== null && new Date(known) < new Date(own) ? known : own;
