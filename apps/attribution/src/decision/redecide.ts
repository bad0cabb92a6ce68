import type { Transaction } from '#database';
import type { Id } from '#kernel';
import { type Click, decideHistory, type PresentedClick } from '#rules';
import { type Action, type CausingEvent, subjectOf } from './action.js';
import type { ClickRecord } from './clicks.js';
import { bindingRecordOf, type DecidedCustomer } from './customer-change.js';
import type { Customer } from './customer.js';
import type { Fact } from './fact.js';
import { clickFor, type ClickWindows, type ProgramTerms, readMemberships } from './program-terms.js';
import { isUnchanged, readStandingDecisions, type StandingDecision } from './standing-decisions.js';

/** What came too late for decisions of one customer that stand. */
export interface LateArrival {
  readonly customer: Customer;
  /** Signups and orders that happened before ones already decided. */
  readonly facts: readonly Fact[];
  /** Clicks that were not stored yet when an action of their visitor was decided. */
  readonly clicks: readonly ClickRecord[];
  /** The event that told it. */
  readonly event: CausingEvent;
}

/**
 * Decides the customers' histories again with what came late, as if all had come in order: the only automatic
 * move there is (A-06). It judges the candidates on record and the late ones, nothing else.
 *
 * @returns null in place of a customer of whom a paid commission would have to move: there everything stands
 */
export async function redecide(
  tx: Transaction,
  arrivals: readonly LateArrival[],
  windows: ClickWindows,
): Promise<(DecidedCustomer | null)[]> {
  const standing = await readStandingDecisions(
    tx,
    arrivals.map(({ customer }) => customer),
  );
  const candidates = standing.flatMap(({ companyId, candidates: own }) =>
    own.map(({ partnershipId }) => ({ companyId, partnershipId })),
  );
  const memberships = await readMemberships(tx, [...candidates, ...arrivals.flatMap(({ clicks }) => clicks)]);
  const terms = { memberships, windows };
  const standingOf = Map.groupBy(standing, ({ customerId }) => customerId);
  const again = arrivals.map((arrival) =>
    decideAgain(arrival, standingOf.get(arrival.customer.customerId) ?? [], terms),
  );
  const paid = await readPaidSubjects(
    tx,
    again.flatMap(({ revised }) => revised.map(({ standing: decision }) => decision)),
  );
  return again.map((redecided) =>
    redecided.revised.some(({ action }) => paid.has(subjectOf(action))) ? null : redecided,
  );
}

function decideAgain(
  { customer, facts, clicks, event }: LateArrival,
  standing: readonly StandingDecision[],
  terms: ProgramTerms,
): DecidedCustomer {
  const standingOf = new Map<Action, StandingDecision>(
    standing.map((decision) => [actionOf(decision, clicks, terms), decision]),
  );
  const { decided, binding } = decideHistory([...standingOf.keys(), ...facts], null);
  return {
    customer,
    facts,
    binding: bindingRecordOf(binding),
    decided: decided.flatMap(({ action, decision }) => {
      const fact = facts.find((candidate) => candidate === action);
      return fact ? [{ fact, decision }] : [];
    }),
    revised: decided.flatMap(({ action, decision }) => {
      const before = standingOf.get(action);
      return before && !isUnchanged(before, decision) ? [{ standing: before, action, decision, event }] : [];
    }),
  };
}

/** The action as it was decided, with the late clicks of its visitor that happened before it. */
function actionOf(
  standing: StandingDecision,
  lateClicks: readonly ClickRecord[],
  terms: ProgramTerms,
): Action {
  const presented = lateClicks.find(({ clickId }) => clickId === standing.presentedClickId);
  const visitorId = standing.visitorId ?? presented?.visitorId ?? null;
  const late = lateClicks.filter(
    (click) => visitorId !== null && click.visitorId === visitorId && click.clickedAt <= standing.occurredAt,
  );
  return { ...standing, visitorId, presented: presentedOf(standing, late, terms) };
}

function presentedOf(
  standing: StandingDecision,
  late: readonly ClickRecord[],
  terms: ProgramTerms,
): PresentedClick {
  if (standing.presented !== 'visitor' && late.length === 0) return { kind: standing.presented };
  const clicks = new Map<Id<'Click'>, Click>();
  for (const { click, ...names } of standing.candidates) {
    if (click) clicks.set(click.clickId, clickFor({ ...click, ...names }, terms));
  }
  for (const click of late) clicks.set(click.clickId, clickFor(click, terms));
  return { kind: 'visitor', clicks: [...clicks.values()] };
}

async function readPaidSubjects(
  tx: Transaction,
  decisions: readonly StandingDecision[],
): Promise<Set<string>> {
  if (decisions.length === 0) return new Set();
  const rows = await tx.query<{
    company_id: string;
    subject_kind: 'signup' | 'order';
    subject_key: string;
  }>(
    `select distinct company_id, subject_kind, subject_key from commissions.published_commission
      where (in_payout <> 0 or paid_out <> 0) and company_id = any($1::uuid[]) and subject_kind in ('signup', 'order')
        and subject_key = any($2::text[])`,
    [
      [...new Set(decisions.map(({ companyId }) => companyId))],
      decisions.map(({ subjectKey }) => subjectKey),
    ],
  );
  return new Set(
    rows.map((row) =>
      subjectOf({ companyId: row.company_id, kind: row.subject_kind, subjectKey: row.subject_key }),
    ),
  );
}
