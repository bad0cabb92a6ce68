import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, DAY_MS, type Id, InvalidField } from '#kernel';
import { EndLapsedDeals } from './end-lapsed-deals.js';
import { lockReferral, saveStep } from '../referral/change-referral.js';
import { lockClaims } from '../referral/claim.js';
import { requireFree } from '../referral/require-free.js';
import { type ReferralView, viewReferral } from '../referral/view-referral.js';

const LONGEST_DAYS = 730;

/** The company lets a deal keep its account for longer, or again after it has expired. */
@Injectable()
export class ExtendDeal {
  constructor(
    private readonly database: Database,
    private readonly endLapsedDeals: EndLapsedDeals,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, Conflict `referral.<state>`, `referral.taken`, InvalidInput `until.invalid` */
  execute(
    company: CompanyPrincipal,
    referralId: Id<'Referral'>,
    extension: { readonly until: Date; readonly note: string | null },
    request: IdempotentRequest,
  ): Promise<ReferralView> {
    const { companyId } = company;
    const key = { kind: 'deal', referralId } as const;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      const at = this.clock.now();
      refuseUnlessAhead(extension.until, at);
      await lockClaims(tx, companyId);
      await this.endLapsedDeals.execute(tx, companyId, at);
      const deal = await lockReferral(tx, company, key);
      deal.extend(extension.until);
      await requireFree(tx, deal);
      await saveStep(tx, company, deal, { step: 'extended', note: extension.note, at });
      return viewReferral(tx, companyId, key);
    });
  }
}

function refuseUnlessAhead(until: Date, now: Date): void {
  if (until > now && until.getTime() - now.getTime() <= LONGEST_DAYS * DAY_MS) return;
  throw new InvalidField(
    'until.invalid',
    'until',
    `must be a time after now and within ${LONGEST_DAYS} days`,
  );
}
