import { MikroORM } from '@mikro-orm/postgresql';
import { Client } from 'pg';
import { Publisher } from '#bus';
import { companyScope, Database } from '#database';
import { asId, type Id, newId, publicId } from '#kernel';
import { asOperator, FixedClock, startTestApp, type TestApp, type TestResponse, eventually } from '#testing';
import { RECONCILIATION } from '../src/service.js';
import { createEffects, type Effect, effectsOf, WEBHOOK_DOUBLE } from './webhook-double.js';

/** A webhook that was stored, and where an operator finds its delivery. */
export interface StoredWebhook {
  readonly companyId: Id<'Company'>;
  readonly eventId: Id<'Event'>;
  readonly path: string;
}

/** When the webhooks of these tests happened: long before the test's "now". */
export const OCCURRED_AT = new Date('2026-03-01T10:00:00.000Z');

/** The reconciliation service beside a consumer that cannot read its webhooks until they are revised. */
export class ReconciliationApp {
  private constructor(
    readonly test: TestApp,
    readonly admin: Client,
    readonly clock: FixedClock,
  ) {}

  static async start(): Promise<ReconciliationApp> {
    const clock = new FixedClock('2026-05-01T12:00:00Z');
    const test = await startTestApp([RECONCILIATION, WEBHOOK_DOUBLE], { clock });
    const admin = new Client({ connectionString: test.database.adminUrl });
    await admin.connect();
    await createEffects(admin);
    return new ReconciliationApp(test, admin, clock);
  }

  async close(): Promise<void> {
    await this.admin.end();
    await this.test.close();
  }

  get(path: string, headers = asOperator('viewer')): Promise<TestResponse> {
    return this.test.call('GET', path, headers);
  }

  post(path: string, body: unknown, headers = asOperator('operator')): Promise<TestResponse> {
    return this.test.call('POST', path, headers, body);
  }

  /** Publishes a webhook and waits until its delivery is dead. */
  async deadWebhook(companyId: Id<'Company'> = newId('Company')): Promise<StoredWebhook> {
    const eventId = newId('Event');
    const requestId = newId('WebhookRequest');
    const integrationId = newId('Integration');
    await this.admin.query(
      `insert into tracking.raw_body (company_id, request_id, integration_id, external_id, event_type, received_at, headers, body)
       values ($1, $2, $3, 'evt_1', 'order.placed', $4, '{}', '{"amount":"19,99"}')`,
      [companyId, requestId, integrationId, OCCURRED_AT],
    );
    const database = new Database(this.test.app.get(MikroORM), 'tracking');
    await database.transaction(companyScope(companyId), (tx) =>
      this.test.app.get(Publisher).publish(tx, [
        {
          type: 'webhook.received',
          companyId,
          eventId,
          occurredAt: OCCURRED_AT,
          data: { integrationId, requestId, externalId: 'evt_1', receivedAt: OCCURRED_AT.toISOString() },
        },
      ]),
    );
    const path = `/v1/ops/dead-letters/${publicId('Company', companyId)}/${publicId('Event', eventId)}/tracking`;
    const webhook = { companyId, eventId, path };
    await this.reaches(webhook, 'dead');
    return webhook;
  }

  async reaches(webhook: StoredWebhook, state: string): Promise<TestResponse['body']> {
    return eventually(async () => {
      const { body } = await this.get(webhook.path);
      return body.state === state && body;
    });
  }

  effects(webhook: StoredWebhook): Promise<Effect[]> {
    return effectsOf(this.admin, asId('Event', webhook.eventId));
  }
}
