import type { Transaction } from '#database';
import type { Id } from '#kernel';
import type { EvaluationOutcome, CommissionRuling } from '#rules';
import type { CommissionState, ReversalReason } from '../commission/commission-state.js';
import { LAST_RULING } from '../ruling/ruling-store.js';
import { nameOf, nameOfSubject, type Subject } from '../subject/subject.js';
import type { StandingJson } from './standing.js';

/** The last evaluation of a subject by one offer for one partnership in one currency. */
export interface PastEvaluation {
  readonly program_id: string;
  readonly partnership_id: string;
  readonly offer_id: string;
  readonly offer_version: number;
  readonly currency: string;
  readonly outcome: EvaluationOutcome;
  readonly amount: string;
  readonly target_amount: string;
  readonly promised: string;
  /** Where it stood in the posting order; null where no tier or budget counts. */
  readonly standing: StandingJson | null;
  /** Codes of the conditions that failed, in order. */
  readonly failed: string;
}

export interface PastCommission {
  readonly commission_id: string;
  readonly partnership_id: string;
  readonly partner_id: string;
  readonly program_id: string;
  readonly offer_id: string;
  readonly currency: string;
  readonly state: CommissionState;
  readonly reversal_reason: ReversalReason | null;
  readonly amount: string;
  readonly held: string;
  readonly payable: string;
  /** What payouts took of it: on its way to the partner, and paid. */
  readonly in_payout: string;
  readonly paid_out: string;
  readonly held_until: string | null;
  /** The company's last word on it. */
  readonly ruling: CommissionRuling | null;
}

/** What was decided about one subject before. */
export interface History {
  /**
   * The program by whose offers it was judged, also when there were none; null when none did. An offer that
   * is made later, back-dated, does not pay for it.
   */
  readonly judgedIn: Id<'Program'> | null;
  readonly evaluations: readonly PastEvaluation[];
  readonly commissions: readonly PastCommission[];
}

interface Named {
  readonly company_id: string;
  readonly kind: string;
  readonly key: string;
}

/**
 * Lateral, so that each name is looked up by index: under row-level security the planner believes a join
 * yields hardly a row, and may compare every row of the companies with every name instead.
 */
const NAMES = `unnest($1::uuid[], $2::text[], $3::text[]) as n(company_id, kind, key)`;

/** Of what was never judged. */
export const NO_HISTORY: History = { judgedIn: null, evaluations: [], commissions: [] };

/** A subject and the program by whose offers it was judged, if it was. */
export interface Judged {
  readonly subject: Subject;
  readonly judgedIn: Id<'Program'> | null;
}

/** The history of locked subjects; locks their commissions, which the release of holds changes too. */
export async function readHistories(
  tx: Transaction,
  all: readonly Judged[],
): Promise<(subject: Subject) => History> {
  const programs = new Map(all.map(({ subject, judgedIn }) => [subject, judgedIn]));
  const judged = all.map(({ subject }) => subject).filter((subject) => subject.evaluations > 0);
  if (judged.length === 0) {
    return (subject) => ({ ...NO_HISTORY, judgedIn: programs.get(subject) ?? null });
  }
  const names = [judged.map((s) => s.companyId), judged.map((s) => s.kind), judged.map((s) => s.key)];
  const evaluations = await tx.query<PastEvaluation & Named>(
    `select n.company_id, n.kind, n.key, e.* from ${NAMES} cross join lateral (
       select distinct on (e.offer_id, e.partnership_id, e.currency)
         e.program_id, e.partnership_id, e.offer_id, e.offer_version, e.currency, e.outcome, e.amount,
         e.target_amount, coalesce(e.promised, e.amount) as promised, e.standing, (
           select coalesce(string_agg(c->>'code', ' '), '') from jsonb_array_elements(e.conditions) c
           where not (c->>'passed')::boolean) as failed
       from commissions.evaluation e
       where e.company_id = n.company_id and e.subject_kind = n.kind and e.subject_key = n.key
       order by e.offer_id, e.partnership_id, e.currency, e.evaluation_no desc) e`,
    names,
  );
  const commissions = await tx.query<PastCommission & Named>(
    `select n.company_id, n.kind, n.key, c.* from ${NAMES} cross join lateral (
       select c.commission_id, c.partnership_id, c.partner_id, c.program_id, c.offer_id, c.currency, c.state, c.reversal_reason,
         c.amount, c.held, c.payable, c.in_payout, c.paid_out, c.held_until, ${LAST_RULING} as ruling
       from commissions.commission c
       where c.company_id = n.company_id and c.subject_kind = n.kind and c.subject_key = n.key
       order by c.offer_id, c.partnership_id, c.currency for update of c) c`,
    names,
  );
  const evaluationsOf = Map.groupBy(evaluations, nameOf);
  const commissionsOf = Map.groupBy(commissions, nameOf);
  return (subject) => {
    const name = nameOfSubject(subject);
    return {
      judgedIn: programs.get(subject) ?? null,
      evaluations: evaluationsOf.get(name) ?? [],
      commissions: commissionsOf.get(name) ?? [],
    };
  };
}
