import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import type { CompanyPrincipal } from '#http';
import { Clock, type Money, moneyText } from '#kernel';
import { lockReferral, saveStep } from './change-referral.js';
import type { Referral } from './referral.entity.js';
import { type ReferralKey, type ReferralView, viewReferral } from './view-referral.js';

/** What is expected of an open lead or deal; left out stays as it is. */
export interface Expectation {
  readonly worth?: Money;
  /** A day, `2026-05-31`. */
  readonly expectedCloseOn?: string;
}

/** The company corrects what a lead or deal is worth, or when it may close; the history keeps what it was. */
@Injectable()
export class ChangeWorth {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, Conflict `referral.<state>` */
  execute(company: CompanyPrincipal, key: ReferralKey, expectation: Expectation): Promise<ReferralView> {
    const { companyId } = company;
    return this.database.transaction(companyScope(companyId), async (tx) => {
      const referral = await lockReferral(tx, company, key);
      const before = textOf(referral);
      referral.expect(expectation);
      const after = textOf(referral);
      if (after !== before) {
        await saveStep(tx, company, referral, {
          step: 'changed',
          note: `From ${before} to ${after}.`,
          at: this.clock.now(),
        });
      }
      return viewReferral(tx, companyId, key);
    });
  }
}

function textOf({ amount, currency, expectedCloseOn }: Referral): string {
  const worth = amount === null || currency === null ? 'unknown worth' : moneyText(amount, currency);
  return expectedCloseOn === null ? worth : `${worth}, expected on ${expectedCloseOn}`;
}
