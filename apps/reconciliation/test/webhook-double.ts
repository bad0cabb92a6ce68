import { Controller, Module } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { Client } from 'pg';
import type { ServiceDefinition } from '#bootstrap';
import { BatchContext, ConsumeEvent, type Delivery, done, type Outcome, permanent } from '#bus';

/** What the consumer wrote, once per webhook it understood. */
export interface Effect {
  readonly event_id: string;
  readonly amount: number;
  readonly occurred_at: Date;
}

/** Stands in for tracking's normaliser: understands a body whose amount is a whole number. */
@Controller()
class WebhookConsumer {
  @ConsumeEvent('tracking', 'webhook.received')
  async webhooks(
    @Payload() deliveries: readonly Delivery<'webhook.received'>[],
    @Ctx() context: BatchContext,
  ): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    for (const { eventId, occurredAt, data } of deliveries) {
      const { amount } = JSON.parse(data.body ?? '{"amount":"19,99"}') as { amount: unknown };
      if (Number.isInteger(amount)) {
        await context.tx.query(
          'insert into public.effect (event_id, amount, occurred_at) values ($1, $2, $3)',
          [eventId, Number(amount), occurredAt],
        );
        outcomes.push(done());
      } else {
        outcomes.push(permanent('WEBHOOK_UNREADABLE', `amount is ${JSON.stringify(amount)}`));
      }
    }
    return outcomes;
  }
}

@Module({ controllers: [WebhookConsumer] })
class WebhookDouble {}

export const WEBHOOK_DOUBLE: ServiceDefinition = {
  service: 'tracking',
  module: WebhookDouble,
  entities: [],
  migrations: [],
};

export async function createEffects(admin: Client): Promise<void> {
  await admin.query('create table public.effect (event_id uuid, amount int, occurred_at timestamptz)');
  await admin.query('grant insert on public.effect to fairlead_tracking');
}

export async function effectsOf(admin: Client, eventId: string): Promise<Effect[]> {
  const { rows } = await admin.query<Effect>('select * from public.effect where event_id = $1', [eventId]);
  return rows;
}
