import { defineEntity, p } from '@mikro-orm/core';
import { PARTNERSHIP_STATES } from '#http';
import { Conflict, type Id } from '#kernel';
import { nextState } from './partnership-state.js';

/** Why the company ends a membership, and whether the partner may ask for a new one. */
export interface Removal {
  readonly reason: string;
  readonly mayApplyAgain: boolean;
}

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
    /** Whether a membership that has ended may be asked for again. */
    mayApplyAgain: p.boolean(),
    createdAt: p.datetime(),
  },
});

/**
 * One partner's membership of one program, from the first application on. `approvedAt` and `endedAt` are those
 * of the latest period; earlier ones are in `approvals.membership_period`.
 */
export class Partnership extends partnershipSchema.class {
  /** @throws Conflict `partnership.<state>`, `partnership.barred` */
  applyAgain(): void {
    const next = nextState(this.state, 'apply');
    if (!this.mayApplyAgain) {
      throw new Conflict(
        'partnership.barred',
        'The company has removed you and takes no new application of yours. Only the company can change that.',
      );
    }
    this.state = next;
    this.approvedAt = null;
    this.endedAt = null;
    this.endReason = null;
  }

  approve(at: Date): void {
    this.state = nextState(this.state, 'approve');
    this.approvedAt = at;
  }

  decline(): void {
    this.state = nextState(this.state, 'decline');
  }

  /** Opens links to this partner, whatever group and program say. @throws Conflict `partnership.<state>` */
  enableLinks(): void {
    if (this.state !== 'approved') {
      throw new Conflict(`partnership.${this.state}`, 'Links are for approved partners; this one is not.');
    }
    this.linksOverride = true;
  }

  leave(at: Date): void {
    this.state = nextState(this.state, 'leave');
    this.endedAt = at;
  }

  remove(at: Date, removal: Removal): void {
    this.state = nextState(this.state, 'remove');
    this.endedAt = at;
    this.endReason = removal.reason;
    this.mayApplyAgain = removal.mayApplyAgain;
  }
}

partnershipSchema.setClass(Partnership);
