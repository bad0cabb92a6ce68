import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { BatchContext, ConsumeEvent, type Delivery, type Outcome } from '#bus';
import { AdmitLateClicks } from './admit-late-clicks.js';
import { AttributeFacts } from './attribute-facts.js';
import { CancelOrders } from './cancel-orders.js';
import { CloseReferrals } from './close-referrals.js';

@Controller()
export class DecisionConsumer {
  constructor(
    private readonly attributeFacts: AttributeFacts,
    private readonly admitLateClicks: AdmitLateClicks,
    private readonly cancelOrders: CancelOrders,
    private readonly closeReferrals: CloseReferrals,
  ) {}

  @ConsumeEvent('attribution', 'customer.signed_up')
  signups(
    @Payload() deliveries: readonly Delivery<'customer.signed_up'>[],
    @Ctx() context: BatchContext,
  ): Promise<Outcome[]> {
    return this.attributeFacts.execute(context.tx, deliveries);
  }

  @ConsumeEvent('attribution', 'order.placed')
  orders(
    @Payload() deliveries: readonly Delivery<'order.placed'>[],
    @Ctx() context: BatchContext,
  ): Promise<Outcome[]> {
    return this.attributeFacts.execute(context.tx, deliveries);
  }

  @ConsumeEvent('attribution', 'action.performed')
  actions(
    @Payload() deliveries: readonly Delivery<'action.performed'>[],
    @Ctx() context: BatchContext,
  ): Promise<Outcome[]> {
    return this.attributeFacts.execute(context.tx, deliveries);
  }

  @ConsumeEvent('attribution', 'click.arrived_late')
  lateClicks(
    @Payload() deliveries: readonly Delivery<'click.arrived_late'>[],
    @Ctx() context: BatchContext,
  ): Promise<Outcome[]> {
    return this.admitLateClicks.execute(context.tx, deliveries);
  }

  @ConsumeEvent('attribution', 'order.cancelled')
  cancellations(
    @Payload() deliveries: readonly Delivery<'order.cancelled'>[],
    @Ctx() context: BatchContext,
  ): Promise<Outcome[]> {
    return this.cancelOrders.execute(context.tx, deliveries);
  }

  @ConsumeEvent('attribution', 'lead.closed')
  leads(
    @Payload() deliveries: readonly Delivery<'lead.closed'>[],
    @Ctx() context: BatchContext,
  ): Promise<Outcome[]> {
    return this.closeReferrals.execute(context.tx, deliveries);
  }

  @ConsumeEvent('attribution', 'deal.closed')
  deals(
    @Payload() deliveries: readonly Delivery<'deal.closed'>[],
    @Ctx() context: BatchContext,
  ): Promise<Outcome[]> {
    return this.closeReferrals.execute(context.tx, deliveries);
  }
}
