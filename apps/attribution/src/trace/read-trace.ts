import { Injectable } from '@nestjs/common';
import type { SubjectKind } from '#contracts';
import { companyScope, Database } from '#database';
import type { PartnershipOfPartner } from '#http';
import { type Id, NotFound } from '#kernel';
import { type Precedence, precedenceAt, type PrecedenceMethod } from '#rules';
import { readVisibleCustomer } from '../customer/visible-customers.js';
import { precedenceFor, readSettings } from '../decision/settings.js';
import { type Asked, readTracedDecisions, type TracedDecision } from './traced-decisions.js';
import {
  readTracedResults,
  type TracedCommission,
  type TracedEvaluation,
  type TracedResults,
} from './traced-results.js';

/** Everything one signup, order, lead, deal or action led to, as one partner may know it. */
export interface TracedAction {
  /** Every revision, the first one first. */
  readonly revisions: readonly [TracedDecision, ...TracedDecision[]];
  /** What went before what at the action's time. */
  readonly precedence: readonly PrecedenceMethod[];
  readonly evaluations: readonly TracedEvaluation[];
  readonly commissions: readonly TracedCommission[];
}

/** Explains a partner's customer or commission: who was considered, who won, and what the offers made of it. */
@Injectable()
export class ReadTrace {
  constructor(private readonly database: Database) {}

  /**
   * Without the orders that still wait for fulfilment: whose those are is not to be seen yet.
   * @throws NotFound also while the customer is hidden
   */
  async ofCustomer(partnership: PartnershipOfPartner, customerId: Id<'Customer'>): Promise<TracedAction[]> {
    const customer = await this.database.transaction(partnership.scope, (tx) =>
      readVisibleCustomer(tx, partnership, customerId),
    );
    if (!customer) throw new NotFound('customer');
    const actions = await this.#trace(partnership, { customerId });
    return actions.filter(({ revisions: [first] }) => !first.isWaiting);
  }

  /** @throws NotFound when the commission is not this partner's */
  async ofCommission(
    partnership: PartnershipOfPartner,
    commissionId: Id<'Commission'>,
  ): Promise<TracedAction[]> {
    const { companyId, partnershipId, scope } = partnership;
    const [commission] = await this.database.transaction(scope, (tx) =>
      tx.query<{ subject_kind: SubjectKind; subject_key: string }>(
        `select subject_kind, subject_key from commissions.published_commission
          where company_id = $1 and partnership_id = $2 and commission_id = $3`,
        [companyId, partnershipId, commissionId],
      ),
    );
    if (!commission) throw new NotFound('commission');
    return this.#trace(partnership, { kind: commission.subject_kind, subjectKey: commission.subject_key });
  }

  async #trace(partnership: PartnershipOfPartner, asked: Asked): Promise<TracedAction[]> {
    const decisions = await readTracedDecisions(this.database, partnership, asked);
    const subjectKeys = [...new Set(decisions.map(({ subjectKey }) => subjectKey))];
    const results = await this.database.transaction(partnership.scope, (tx) =>
      readTracedResults(tx, partnership, subjectKeys),
    );
    const precedence = await this.database.transaction(companyScope(partnership.companyId), async (tx) =>
      precedenceFor(partnership.companyId, await readSettings(tx, [partnership.companyId])),
    );
    return [...Map.groupBy(decisions, ({ decisionId }) => decisionId).values()].flatMap(
      ([first, ...later]) => (first ? [actionOf([first, ...later], results, precedence)] : []),
    );
  }
}

function actionOf(
  revisions: TracedAction['revisions'],
  results: TracedResults,
  settings: readonly Precedence[],
): TracedAction {
  const [{ kind, subjectKey, occurredAt }] = revisions;
  const isOfAction = (of: { subjectKind: string; subjectKey: string }) =>
    of.subjectKind === kind && of.subjectKey === subjectKey;
  return {
    revisions,
    precedence: precedenceAt(settings, occurredAt),
    evaluations: results.evaluations.filter(isOfAction),
    commissions: results.commissions.filter(isOfAction),
  };
}
