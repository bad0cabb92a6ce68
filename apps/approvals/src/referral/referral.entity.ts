import { defineEntity, p } from '@mikro-orm/core';
import { REFERRAL_KINDS } from '#contracts';
import type { Currency, Id, Money } from '#kernel';
import type { Answer } from '../form/form-field.js';
import type { Stage } from '../pipeline/pipeline.js';
import { REFERRAL_STATES, type ReferralAction, stateAfter } from './referral-state.js';

export const REFERRAL_SOURCES = ['partner', 'company'] as const;
/** Who brought a lead or deal in. */
export type ReferralSource = (typeof REFERRAL_SOURCES)[number];

export const DECLINE_CODES = [
  'DECLINED_BY_COMPANY',
  'LEAD_ALREADY_SUBMITTED',
  'ACCOUNT_ALREADY_REGISTERED',
] as const;
export type DeclineCode = (typeof DECLINE_CODES)[number];

export const referralSchema = defineEntity({
  name: 'Referral',
  schema: 'approvals',
  tableName: 'referral',
  properties: {
    companyId: p.uuid().$type<Id<'Company'>>().primary(),
    referralId: p.uuid().$type<Id<'Referral'>>().primary(),
    kind: p.enum(REFERRAL_KINDS),
    programId: p.uuid().$type<Id<'Program'>>(),
    partnershipId: p.uuid().$type<Id<'Partnership'>>(),
    partnerId: p.uuid().$type<Id<'Partner'>>(),
    source: p.enum(REFERRAL_SOURCES),
    state: p.enum(REFERRAL_STATES),
    /** Key and name of the stage it is in, or was closed in. */
    stage: p.text(),
    stageName: p.text(),
    declineCode: p.enum(DECLINE_CODES).strictNullable(),
    /** Why it was declined or lost; shown to the partner. */
    reason: p.text().strictNullable(),
    /** Which one came first, where this one was declined for it. Never shown to the partner. */
    rivalId: p.uuid().$type<Id<'Referral'>>().strictNullable(),
    contactName: p.text().strictNullable(),
    contactEmail: p.text().strictNullable(),
    contactPhone: p.text().strictNullable(),
    accountName: p.text().strictNullable(),
    accountKey: p.text().strictNullable(),
    accountDomain: p.text().strictNullable(),
    note: p.text().strictNullable(),
    answers: p.json<readonly Answer[]>(),
    /** What it is worth, minor units. */
    amount: p.bigint().strictNullable(),
    currency: p.text().$type<Currency>().strictNullable(),
    expectedCloseOn: p.date().strictNullable(),
    customerKey: p.text().strictNullable(),
    /** Counts its closings. */
    revision: p.integer(),
    submittedAt: p.datetime(),
    approvedAt: p.datetime().strictNullable(),
    closedAt: p.datetime().strictNullable(),
    /** Until when a deal keeps its account from other partners; null for leads. */
    expiresAt: p.datetime().strictNullable(),
  },
});

/** Somebody whom a partner referred by hand: a lead or a deal. */
export class Referral extends referralSchema.class {
  /** @param expiresAt a deal's protection counts anew from its approval */
  approve(at: Date, expiresAt: Date | null): void {
    this.go('approve');
    this.approvedAt = at;
    this.expiresAt = expiresAt;
  }

  decline(reason: string): void {
    this.go('decline');
    this.declineCode = 'DECLINED_BY_COMPANY';
    this.reason = reason;
  }

  move(stage: Stage): void {
    this.go('move');
    this.stage = stage.key;
    this.stageName = stage.name;
  }

  expect({ worth, expectedCloseOn }: { readonly worth?: Money; readonly expectedCloseOn?: string }): void {
    this.go('change');
    if (worth) this.value(worth);
    if (expectedCloseOn !== undefined) this.expectedCloseOn = expectedCloseOn;
  }

  /** @param worth null keeps what was said before */
  win(at: Date, customerKey: string, worth: Money | null): void {
    this.go('win');
    this.close(at, worth);
    this.customerKey = customerKey;
  }

  lose(at: Date, reason: string): void {
    this.go('lose');
    this.close(at, null);
    this.reason = reason;
  }

  /**
   * What was told of its closing stands until it is closed again.
   * @param expiresAt a deal is protected anew
   */
  reopen(expiresAt: Date | null): void {
    this.go('reopen');
    this.expiresAt = expiresAt;
    this.closedAt = null;
    this.customerKey = null;
    this.reason = null;
  }

  extend(until: Date): void {
    this.go('extend');
    if (this.approvedAt === null) this.state = 'pending';
    this.expiresAt = until;
  }

  expire(): void {
    this.go('expire');
  }

  private go(action: ReferralAction): void {
    this.state = stateAfter(this.state, action);
  }

  private close(at: Date, worth: Money | null): void {
    this.revision += 1;
    this.closedAt = at;
    if (worth) this.value(worth);
  }

  private value(worth: Money): void {
    this.amount = worth.amount;
    this.currency = worth.currency;
  }
}

referralSchema.setClass(Referral);
