import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { type BatchContext, ConsumeEvent, type Delivery, type Outcome } from '#bus';
import { DeleteCustomers } from '../ruling/delete-customers.js';
import { RecordCancellations } from './record-cancellations.js';
import { RecordChargebacks } from './record-chargebacks.js';
import { RecordDecisions } from './record-decisions.js';
import { RecordFulfilments } from './record-fulfilments.js';
import { RecordRefunds } from './record-refunds.js';

/** Facts that commissions are judged by. */
@Controller()
export class SubjectConsumer {
  constructor(
    private readonly recordDecisions: RecordDecisions,
    private readonly recordFulfilments: RecordFulfilments,
    private readonly recordRefunds: RecordRefunds,
    private readonly recordCancellations: RecordCancellations,
    private readonly recordChargebacks: RecordChargebacks,
    private readonly deleteCustomers: DeleteCustomers,
  ) {}

  @ConsumeEvent('commissions', 'attribution.decided')
  decided(
    @Payload() deliveries: readonly Delivery<'attribution.decided'>[],
    @Ctx() context: BatchContext,
  ): Promise<Outcome[]> {
    return this.recordDecisions.execute(context.tx, deliveries);
  }

  @ConsumeEvent('commissions', 'order.fulfilled')
  fulfilled(
    @Payload() deliveries: readonly Delivery<'order.fulfilled'>[],
    @Ctx() context: BatchContext,
  ): Promise<Outcome[]> {
    return this.recordFulfilments.execute(context.tx, deliveries);
  }

  @ConsumeEvent('commissions', 'order.refunded')
  refunded(
    @Payload() deliveries: readonly Delivery<'order.refunded'>[],
    @Ctx() context: BatchContext,
  ): Promise<Outcome[]> {
    return this.recordRefunds.execute(context.tx, deliveries);
  }

  @ConsumeEvent('commissions', 'order.cancelled')
  cancelled(
    @Payload() deliveries: readonly Delivery<'order.cancelled'>[],
    @Ctx() context: BatchContext,
  ): Promise<Outcome[]> {
    return this.recordCancellations.execute(context.tx, deliveries);
  }

  @ConsumeEvent('commissions', 'order.charged_back')
  chargedBack(
    @Payload() deliveries: readonly Delivery<'order.charged_back'>[],
    @Ctx() context: BatchContext,
  ): Promise<Outcome[]> {
    return this.recordChargebacks.execute(context.tx, deliveries);
  }

  @ConsumeEvent('commissions', 'customer.deleted')
  customerDeleted(
    @Payload() deliveries: readonly Delivery<'customer.deleted'>[],
    @Ctx() context: BatchContext,
  ): Promise<Outcome[]> {
    return this.deleteCustomers.execute(context.tx, deliveries);
  }
}
