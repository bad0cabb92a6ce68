import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { DealController } from '../deal/deal.controller.js';
import { DealExpiryLoop } from '../deal/deal-expiry-loop.js';
import { DealExtensionController } from '../deal/deal-extension.controller.js';
import { EndLapsedDeals } from '../deal/end-lapsed-deals.js';
import { ExpireDeals } from '../deal/expire-deals.js';
import { ExtendDeal } from '../deal/extend-deal.js';
import { PartnerDealController } from '../deal/partner-deal.controller.js';
import { LeadController } from '../lead/lead.controller.js';
import { PartnerLeadController } from '../lead/partner-lead.controller.js';
import { ListPipelines } from '../pipeline/list-pipelines.js';
import { PipelineController } from '../pipeline/pipeline.controller.js';
import { PublishPipeline } from '../pipeline/publish-pipeline.js';
import { AdmitReferral } from './admit-referral.js';
import { ChangeWorth } from './change-worth.js';
import { CloseReferral } from './close-referral.js';
import { ListWaiting } from './list-waiting.js';
import { MoveReferral } from './move-referral.js';
import { ReadReferralForm } from './read-referral-form.js';
import { ReadHistory } from './read-history.js';
import { ReadOwnReferrals } from './read-own-referrals.js';
import { ReadReferrals } from './read-referrals.js';
import { ReopenReferral } from './reopen-referral.js';
import { ReviewReferral } from './review-referral.js';
import { SubmitOwnReferral } from './submit-own-referral.js';
import { SubmitReferral } from './submit-referral.js';
import { WaitingReferralController } from './waiting-referral.controller.js';

/** Leads and deals: what a program asks for with them, and each one's way from submission to its closing. */
@Module({
  imports: [DatabaseModule.forService('approvals')],
  controllers: [
    PipelineController,
    LeadController,
    PartnerLeadController,
    DealController,
    DealExtensionController,
    PartnerDealController,
    WaitingReferralController,
  ],
  providers: [
    PublishPipeline,
    ListPipelines,
    AdmitReferral,
    SubmitReferral,
    SubmitOwnReferral,
    ReadReferralForm,
    ReadReferrals,
    ReadOwnReferrals,
    ReadHistory,
    ListWaiting,
    ReviewReferral,
    ChangeWorth,
    MoveReferral,
    CloseReferral,
    ReopenReferral,
    ExtendDeal,
    EndLapsedDeals,
    ExpireDeals,
    DealExpiryLoop,
  ],
})
export class ReferralModule {}
