import { Controller } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { type BatchContext, ConsumeEvent, type Delivery, type Outcome } from '#bus';
import { NormaliseWebhooks } from './normalise-webhooks.js';

@Controller()
export class WebhookConsumer {
  constructor(private readonly normaliseWebhooks: NormaliseWebhooks) {}

  @ConsumeEvent('tracking', 'webhook.received')
  received(
    @Payload() deliveries: readonly Delivery<'webhook.received'>[],
    @Ctx() context: BatchContext,
  ): Promise<Outcome[]> {
    return this.normaliseWebhooks.execute(context.tx, deliveries);
  }
}
