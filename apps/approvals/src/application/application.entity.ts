import { defineEntity, p } from '@mikro-orm/core';
import { Conflict, type Id } from '#kernel';
import type { AutomaticDecision } from '../application-rules/application-rule.js';
import type { Answer } from '../form/form-field.js';

export const APPLICATION_STATES = ['pending', 'approved', 'declined'] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

/** The answer to an application; only a decline has to say why. */
export type Verdict =
  | { readonly outcome: 'approved'; readonly reason: string | null }
  | { readonly outcome: 'declined'; readonly reason: string };

/** What an automatic decision amounts to; null leaves the application to the company. */
export function verdictOf({ decision, reason }: AutomaticDecision): Verdict | null {
  switch (decision) {
    case 'approve':
      return { outcome: 'approved', reason };
    case 'decline':
      return { outcome: 'declined', reason: reason ?? 'The program takes no such applications.' };
    case 'review':
      return null;
  }
}

export const applicationSchema = defineEntity({
  name: 'Application',
  schema: 'approvals',
  tableName: 'application',
  properties: {
    companyId: p.uuid().$type<Id<'Company'>>().primary(),
    applicationId: p.uuid().$type<Id<'Application'>>().primary(),
    partnershipId: p.uuid().$type<Id<'Partnership'>>(),
    programId: p.uuid().$type<Id<'Program'>>(),
    partnerId: p.uuid().$type<Id<'Partner'>>(),
    state: p.enum(APPLICATION_STATES),
    message: p.text().strictNullable(),
    country: p.text().strictNullable(),
    formVersion: p.integer().strictNullable(),
    answers: p.json<Answer[]>(),
    rulesVersion: p.integer().strictNullable(),
    /** Null for applications from before there were rules. */
    automaticDecision: p.json<AutomaticDecision>().strictNullable(),
    appliedAt: p.datetime(),
    reviewedAt: p.datetime().strictNullable(),
    reviewedBy: p.text().strictNullable(),
    reason: p.text().strictNullable(),
  },
});

/** One request to join a program. Decided once; a declined partner makes a new one. */
export class Application extends applicationSchema.class {
  /** @throws Conflict `application.already_reviewed` */
  review(verdict: Verdict, reviewer: string, at: Date): void {
    if (this.state !== 'pending') {
      throw new Conflict(
        'application.already_reviewed',
        `The application is already ${this.state}; that is final.`,
      );
    }
    this.state = verdict.outcome;
    this.reason = verdict.reason;
    this.reviewedBy = reviewer;
    this.reviewedAt = at;
  }
}

applicationSchema.setClass(Application);
