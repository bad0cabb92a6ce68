import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { BatchContext, ConsumeEvent, type Delivery, type Outcome } from '#bus';
import { AdmitLateClicks } from './admit-late-clicks.js';
import { AttributeFacts } from './attribute-facts.js';

@Controller()
export class DecisionConsumer {
  constructor(
    private readonly attributeFacts: AttributeFacts,
    private readonly admitLateClicks: AdmitLateClicks,
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

  @ConsumeEvent('attribution', 'click.arrived_late')
  lateClicks(
    @Payload() deliveries: readonly Delivery<'click.arrived_late'>[],
    @Ctx() context: BatchContext,
  ): Promise<Outcome[]> {
    return this.admitLateClicks.execute(context.tx, deliveries);
  }
}
