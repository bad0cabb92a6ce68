import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { CompaniesWithDeadLetters } from './dead-letters/companies-with-dead-letters.js';
import { DeadLettersController } from './dead-letters/dead-letters.controller.js';
import { ListDeadLetters } from './dead-letters/list-dead-letters.js';
import { ReadDeadLetter } from './dead-letters/read-dead-letter.js';
import { DeliveriesController } from './deliveries/deliveries.controller.js';
import { ListDeliveries } from './deliveries/list-deliveries.js';
import { HealthMetrics } from './health/health-metrics.js';
import { PipelineHealthController } from './health/health.controller.js';
import { SummariseHealth } from './health/summarise-health.js';
import { DiscardDelivery } from './interventions/discard-delivery.js';
import { InterventionsController } from './interventions/interventions.controller.js';
import { ReplayDelivery } from './interventions/replay-delivery.js';
import { ListRevisions } from './revisions/list-revisions.js';
import { ReviseEvent } from './revisions/revise-event.js';
import { RevisionsController } from './revisions/revisions.controller.js';

/** What operators see of failed deliveries, and how they mend, replay or set them aside. */
@Module({
  imports: [DatabaseModule.forService('reconciliation')],
  controllers: [
    DeadLettersController,
    RevisionsController,
    InterventionsController,
    DeliveriesController,
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
