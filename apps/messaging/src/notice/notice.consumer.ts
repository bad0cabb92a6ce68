import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { type BatchContext, ConsumeEvent, type Delivery, type Outcome } from '#bus';
import { Clock } from '#kernel';
import { Announce } from './announce.js';
import { AnnounceDeletions } from './announce-deletions.js';
import { adjustedText, commissionReviewedText } from './company-word-text.js';
import { linkRequestReviewedText, removedText, reviewedText, termsPublishedText } from './membership-text.js';
import { earnedText, paidText, releasedText, reversedText } from './notice-text.js';
import { codeAssignedText, codeEndedText, linkGivenText } from './referring-text.js';
import { dealExpiredText, referralClosedText, referralReviewedText } from './referral-text.js';

/** What partners hear of. */
@Controller()
export class NoticeConsumer {
  constructor(
    private readonly announce: Announce,
    private readonly announceDeletions: AnnounceDeletions,
    private readonly clock: Clock,
  ) {}

  @ConsumeEvent('messaging', 'commission.earned')
  earned(
    @Payload() deliveries: readonly Delivery<'commission.earned'>[],
    @Ctx() { tx }: BatchContext,
  ): Promise<Outcome[]> {
    const now = this.clock.now();
    return this.announce.execute(tx, deliveries, (data, names) => earnedText(data, names, now));
  }

  @ConsumeEvent('messaging', 'commission.reversed')
  reversed(
    @Payload() deliveries: readonly Delivery<'commission.reversed'>[],
    @Ctx() { tx }: BatchContext,
  ): Promise<Outcome[]> {
    return this.announce.execute(tx, deliveries, reversedText);
  }

  @ConsumeEvent('messaging', 'commission.released')
  released(
    @Payload() deliveries: readonly Delivery<'commission.released'>[],
    @Ctx() { tx }: BatchContext,
  ): Promise<Outcome[]> {
    return this.announce.execute(tx, deliveries, releasedText);
  }

  @ConsumeEvent('messaging', 'payout.paid')
  paid(
    @Payload() deliveries: readonly Delivery<'payout.paid'>[],
    @Ctx() { tx }: BatchContext,
  ): Promise<Outcome[]> {
    return this.announce.execute(tx, deliveries, paidText);
  }

  @ConsumeEvent('messaging', 'commission.reviewed')
  commissionReviewed(
    @Payload() deliveries: readonly Delivery<'commission.reviewed'>[],
    @Ctx() { tx }: BatchContext,
  ): Promise<Outcome[]> {
    return this.announce.execute(tx, deliveries, commissionReviewedText);
  }

  @ConsumeEvent('messaging', 'commission.adjusted')
  adjusted(
    @Payload() deliveries: readonly Delivery<'commission.adjusted'>[],
    @Ctx() { tx }: BatchContext,
  ): Promise<Outcome[]> {
    return this.announce.execute(tx, deliveries, adjustedText);
  }

  @ConsumeEvent('messaging', 'application.reviewed')
  reviewed(
    @Payload() deliveries: readonly Delivery<'application.reviewed'>[],
    @Ctx() { tx }: BatchContext,
  ): Promise<Outcome[]> {
    return this.announce.execute(tx, deliveries, reviewedText);
  }

  @ConsumeEvent('messaging', 'partner.removed')
  removed(
    @Payload() deliveries: readonly Delivery<'partner.removed'>[],
    @Ctx() { tx }: BatchContext,
  ): Promise<Outcome[]> {
    return this.announce.execute(tx, deliveries, removedText);
  }

  @ConsumeEvent('messaging', 'terms.published')
  termsPublished(
    @Payload() deliveries: readonly Delivery<'terms.published'>[],
    @Ctx() { tx }: BatchContext,
  ): Promise<Outcome[]> {
    return this.announce.execute(tx, deliveries, termsPublishedText);
  }

  @ConsumeEvent('messaging', 'link_request.reviewed')
  linkRequestReviewed(
    @Payload() deliveries: readonly Delivery<'link_request.reviewed'>[],
    @Ctx() { tx }: BatchContext,
  ): Promise<Outcome[]> {
    return this.announce.execute(tx, deliveries, linkRequestReviewedText);
  }

  @ConsumeEvent('messaging', 'link.given')
  linkGiven(
    @Payload() deliveries: readonly Delivery<'link.given'>[],
    @Ctx() { tx }: BatchContext,
  ): Promise<Outcome[]> {
    return this.announce.execute(tx, deliveries, linkGivenText);
  }

  @ConsumeEvent('messaging', 'code.assigned')
  codeAssigned(
    @Payload() deliveries: readonly Delivery<'code.assigned'>[],
    @Ctx() { tx }: BatchContext,
  ): Promise<Outcome[]> {
    const now = this.clock.now();
    return this.announce.execute(tx, deliveries, (data, names) => codeAssignedText(data, names, now));
  }

  @ConsumeEvent('messaging', 'code.ended')
  codeEnded(
    @Payload() deliveries: readonly Delivery<'code.ended'>[],
    @Ctx() { tx }: BatchContext,
  ): Promise<Outcome[]> {
    const now = this.clock.now();
    return this.announce.execute(tx, deliveries, (data, names) => codeEndedText(data, names, now));
  }

  @ConsumeEvent('messaging', 'lead.reviewed')
  leadReviewed(
    @Payload() deliveries: readonly Delivery<'lead.reviewed'>[],
    @Ctx() { tx }: BatchContext,
  ): Promise<Outcome[]> {
    return this.announce.execute(tx, deliveries, referralReviewedText);
  }

  @ConsumeEvent('messaging', 'deal.reviewed')
  dealReviewed(
    @Payload() deliveries: readonly Delivery<'deal.reviewed'>[],
    @Ctx() { tx }: BatchContext,
  ): Promise<Outcome[]> {
    return this.announce.execute(tx, deliveries, referralReviewedText);
  }

  @ConsumeEvent('messaging', 'lead.closed')
  leadClosed(
    @Payload() deliveries: readonly Delivery<'lead.closed'>[],
    @Ctx() { tx }: BatchContext,
  ): Promise<Outcome[]> {
    return this.announce.execute(tx, deliveries, referralClosedText);
  }

  @ConsumeEvent('messaging', 'deal.closed')
  dealClosed(
    @Payload() deliveries: readonly Delivery<'deal.closed'>[],
    @Ctx() { tx }: BatchContext,
  ): Promise<Outcome[]> {
    return this.announce.execute(tx, deliveries, referralClosedText);
  }

  @ConsumeEvent('messaging', 'deal.expired')
  dealExpired(
    @Payload() deliveries: readonly Delivery<'deal.expired'>[],
    @Ctx() { tx }: BatchContext,
  ): Promise<Outcome[]> {
    return this.announce.execute(tx, deliveries, dealExpiredText);
  }

  @ConsumeEvent('messaging', 'customer.deleted')
  customerDeleted(
    @Payload() deliveries: readonly Delivery<'customer.deleted'>[],
    @Ctx() { tx }: BatchContext,
  ): Promise<Outcome[]> {
    return this.announceDeletions.execute(tx, deliveries);
  }
}
