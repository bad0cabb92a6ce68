import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { CompaniesWithDeadLetters } from './dead-letter/companies-with-dead-letters.js';
import { DeadLetterController } from './dead-letter/dead-letter.controller.js';
import { ListDeadLetters } from './dead-letter/list-dead-letters.js';
import { ReadDeadLetter } from './dead-letter/read-dead-letter.js';
import { DeliveryController } from './delivery/delivery.controller.js';
import { ListDeliveries } from './delivery/list-deliveries.js';
import { HealthMetrics } from './health/health-metrics.js';
import { PipelineHealthController } from './health/health.controller.js';
import { SummariseHealth } from './health/summarise-health.js';
import { DiscardDelivery } from './intervention/discard-delivery.js';
import { InterventionController } from './intervention/intervention.controller.js';
import { ReplayDelivery } from './intervention/replay-delivery.js';
import { ListRevisions } from './revision/list-revisions.js';
import { ReviseEvent } from './revision/revise-event.js';
import { RevisionController } from './revision/revision.controller.js';

/** What operators see of failed deliveries, and how they mend, replay or set them aside. */
@Module({
  imports: [DatabaseModule.forService('reconciliation')],
  controllers: [
    DeadLetterController,
    RevisionController,
    InterventionController,
    DeliveryController,
    PipelineHealthController,
  ],
  providers: [
    CompaniesWithDeadLetters,
    ListDeadLetters,
    ReadDeadLetter,
    ListRevisions,
    ReviseEvent,
    ReplayDelivery,
    DiscardDelivery,
    ListDeliveries,
    SummariseHealth,
    HealthMetrics,
  ],
})
export class ReconciliationModule {}
