import { Module } from '@nestjs/common';
import { NormaliseWebhooks } from './normalise-webhooks.js';
import { WebhookConsumer } from './webhook.consumer.js';

/** Turns stored webhooks into facts. */
@Module({ controllers: [WebhookConsumer], providers: [NormaliseWebhooks] })
export class NormaliseModule {}
