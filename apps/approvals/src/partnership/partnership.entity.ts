import { defineEntity, p } from '@mikro-orm/core';
import { PARTNERSHIP_STATES } from '#http';
import type { Id } from '#kernel';
import { nextState } from './partnership-state.js';

export const partnershipSchema = defineEntity({
  name: 'Partnership',
  schema: 'approvals',
  tableName: 'partnership',
  properties: {
    companyId: p.uuid().$type<Id<'Company'>>().primary(),
    partnershipId: p.uuid().$type<Id<'Partnership'>>().primary(),
    programId: p.uuid().$type<Id<'Program'>>(),
    partnerId: p.uuid().$type<Id<'Partner'>>(),
    state: p.enum(PARTNERSHIP_STATES),
    approvedAt: p.datetime().strictNullable(),
    endedAt: p.datetime().strictNullable(),
    endReason: p.text().strictNullable(),
    /** The company's word for this partner; null follows the program. */
    linksOverride: p.boolean().strictNullable(),
    createdAt: p.datetime(),
  },
});

/** One partner's membership of one program, from the first application on. */
export class Partnership extends partnershipSchema.class {
  applyAgain(): void {
    this.state = nextState(this.state, 'apply');
  }

  approve(at: Date): void {
    this.state = nextState(this.state, 'approve');
    this.approvedAt = at;
  }

  decline(): void {
    this.state = nextState(this.state, 'decline');
  }

  leave(at: Date): void {
    this.state = nextState(this.state, 'leave');
    this.endedAt = at;
  }

  remove(at: Date, reason: string): void {
    this.state = nextState(this.state, 'remove');
    this.endedAt = at;
    this.endReason = reason;
  }
}

partnershipSchema.setClass(Partnership);
