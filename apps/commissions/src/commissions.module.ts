import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { AdjustBalance } from './adjustment/adjust-balance.js';
import { AdjustmentController } from './adjustment/adjustment.controller.js';
import { CommissionController } from './commission/commission.controller.js';
import { PartnerCommissionController } from './commission/partner-commission.controller.js';
import { ReadCommissions } from './commission/read-commissions.js';
import { EvaluationController } from './evaluation/evaluation.controller.js';
import { ListEvaluations } from './evaluation/list-evaluations.js';
import { HoldReleaseLoop } from './hold/hold-release-loop.js';
import { ReleaseHolds } from './hold/release-holds.js';
import { JudgeRows } from './judging/judge-rows.js';
import { JudgeSubjects } from './judging/judge-subjects.js';
import { CreateOffer } from './offer/create-offer.js';
import { OfferController } from './offer/offer.controller.js';
import { PartnerOfferController } from './offer/partner-offer.controller.js';
import { ReadOffers } from './offer/read-offers.js';
import { ReadPartnerOffers } from './offer/read-partner-offers.js';
import { OverrideController } from './offer/override.controller.js';
import { OverrideReward } from './offer/override-reward.js';
import { ReviseOffer } from './offer/revise-offer.js';
import { CancelPayouts } from './payout/cancel-payouts.js';
import { CreatePayoutBatch } from './payout/create-payout-batch.js';
import { ExportPayouts } from './payout/export-payouts.js';
import { PartnerPayoutController } from './payout/partner-payout.controller.js';
import { PayPayouts } from './payout/pay-payouts.js';
import { PayoutController } from './payout/payout.controller.js';
import { PayoutBatchController } from './payout/payout-batch.controller.js';
import { ReadPayouts } from './payout/read-payouts.js';
import { PartnerStatementController } from './statement/partner-statement.controller.js';
import { ReadStatements } from './statement/read-statements.js';
import { StatementController } from './statement/statement.controller.js';
import { DeleteCustomers } from './ruling/delete-customers.js';
import { DeleteOrder } from './ruling/delete-order.js';
import { DeleteSubjects } from './ruling/delete-subjects.js';
import { RuleOnCommissions } from './ruling/rule-on-commissions.js';
import { RulingController } from './ruling/ruling.controller.js';
import { RecordCancellations } from './subject/record-cancellations.js';
import { RecordChargebacks } from './subject/record-chargebacks.js';
import { BackTest } from './simulation/back-test.js';
import { Simulate } from './simulation/simulate.js';
import { SimulationController } from './simulation/simulation.controller.js';
import { ReadStacking } from './stacking/read-stacking.js';
import { SetStacking } from './stacking/set-stacking.js';
import { StackingController } from './stacking/stacking.controller.js';
import { RecordDecisions } from './subject/record-decisions.js';
import { RecordFacts } from './subject/record-facts.js';
import { RecordFulfilments } from './subject/record-fulfilments.js';
import { RecordRefunds } from './subject/record-refunds.js';
import { SubjectConsumer } from './subject/subject.consumer.js';

/** What offers pay: every credited order and signup judged, posted to the ledger, released after the hold. */
@Module({
  imports: [DatabaseModule.forService('commissions')],
  controllers: [
    OfferController,
    PartnerOfferController,
    OverrideController,
    StackingController,
    SimulationController,
    CommissionController,
    PartnerCommissionController,
    EvaluationController,
    PayoutBatchController,
    PayoutController,
    PartnerPayoutController,
    StatementController,
    PartnerStatementController,
    RulingController,
    AdjustmentController,
    SubjectConsumer,
  ],
  providers: [
    CreateOffer,
    ReviseOffer,
    OverrideReward,
    SetStacking,
    ReadStacking,
    Simulate,
    BackTest,
    ReadOffers,
    ReadPartnerOffers,
    RecordDecisions,
    RecordFulfilments,
    RecordRefunds,
    RecordCancellations,
    RecordChargebacks,
    RecordFacts,
    JudgeSubjects,
    JudgeRows,
    RuleOnCommissions,
    DeleteSubjects,
    DeleteOrder,
    DeleteCustomers,
    AdjustBalance,
    ReleaseHolds,
    HoldReleaseLoop,
    ReadCommissions,
    ListEvaluations,
    CreatePayoutBatch,
    PayPayouts,
    CancelPayouts,
    ReadPayouts,
    ExportPayouts,
    ReadStatements,
  ],
})
export class CommissionsModule {}
