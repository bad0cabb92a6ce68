import { subjectKeyOf } from '#contracts';
import type { Transaction } from '#database';
import type { Id } from '#kernel';
import { type FactDelivery, type Subject, subjectNameOf, subjectOfFact } from './action.js';
import { type Customer, customerNameOf } from './customer.js';
import { readDecidedSubjects } from './decided-subjects.js';

/** The reports of one batch: the same signup, order or action may be told under several event ids. */
export interface SortedReports {
  /** One for each subject that has no decision yet: the first by event time. */
  readonly undecided: readonly FactDelivery[];
  /** Those that tell something else of their subject than the report that counts. */
  readonly contradicting: ReadonlySet<FactDelivery>;
}

/** Whose a subject is by one report, and what it is. */
interface Report {
  readonly customerId: Id<'Customer'>;
  readonly subject: Subject;
}

/** @param customers of all deliveries, locked, by `customerNameOf` */
export async function sortReports(
  tx: Transaction,
  deliveries: readonly FactDelivery[],
  customers: ReadonlyMap<string, Customer>,
): Promise<SortedReports> {
  const bySubject = Map.groupBy(deliveries.toSorted(byTimeAndId), (delivery) =>
    subjectNameOf(nameOfFact(delivery)),
  );
  const decided = await readDecidedSubjects(tx, deliveries.map(nameOfFact));
  const undecided: FactDelivery[] = [];
  const contradicting = new Set<FactDelivery>();
  for (const [subject, reports] of bySubject) {
    const [first] = reports;
    if (!first) continue;
    const known = decided.get(subject);
    if (!known) undecided.push(first);
    const counts = known ?? reportOf(first, customers);
    for (const report of reports) {
      if (counts && contradicts(counts, reportOf(report, customers))) contradicting.add(report);
    }
  }
  return { undecided, contradicting };
}

function nameOfFact(delivery: FactDelivery) {
  const subject = subjectOfFact(delivery);
  return { companyId: delivery.companyId, kind: subject.kind, subjectKey: subjectKeyOf(subject) };
}

function reportOf(delivery: FactDelivery, customers: ReadonlyMap<string, Customer>): Report | undefined {
  const { companyId, data } = delivery;
  const customer = customers.get(customerNameOf({ companyId, customerKey: data.customerKey }));
  return customer && { customerId: customer.customerId, subject: subjectOfFact(delivery) };
}

/** Whose it is and how much it came to; two platforms may well tell tax or fulfilment differently. */
function contradicts(counts: Report, other: Report | undefined): boolean {
  if (counts.customerId !== other?.customerId) return true;
  const [counted, told] = [counts.subject, other.subject];
  if (counted.kind !== 'order' || told.kind !== 'order') return false;
  return counted.amount !== told.amount || counted.currency !== told.currency;
}

const byTimeAndId = (a: FactDelivery, b: FactDelivery) =>
  a.occurredAt.getTime() - b.occurredAt.getTime() || (a.eventId < b.eventId ? -1 : 1);
