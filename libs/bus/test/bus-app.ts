import { MikroORM } from '@mikro-orm/postgresql';
import { Controller, type INestApplication, type Type } from '@nestjs/common';
import { Ctx, Payload } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Client } from 'pg';
import { eventsConsumedBy, type EventType, type Service } from '#contracts';
import { companyScope, Database, DatabaseModule } from '#database';
import { Clock, type Id, newId } from '#kernel';
import { FixedClock, type TestDatabase } from '#testing';
import {
  BatchContext,
  BusModule,
  type BusTiming,
  connectBus,
  ConsumeEvent,
  type Delivery,
  done,
  type NewEvent,
  type Outcome,
  Publisher,
} from '../src/index.js';

/** Production's own settings, only faster. */
export const FAST: Partial<BusTiming> = {
  leaseMs: 4000,
  sweepMs: 200,
  jobLockMs: 1500,
  backoffMs: 20,
  handlerMs: 3000,
  shutdownMs: 3000,
};

export const CLOCK = new FixedClock('2026-05-01T12:00:00Z');

export type Handle = (
  deliveries: readonly Delivery<'commission.released'>[],
  context: BatchContext,
) => Promise<Outcome[]>;

/** The consumer "messaging", whose handler of `commission.released` is the test's; all else is done at once. */
export function messaging(handle: Handle): Type {
  @Controller()
  class MessagingConsumer {
    @ConsumeEvent('messaging', 'commission.released')
    released(
      @Payload() deliveries: readonly Delivery<'commission.released'>[],
      @Ctx() context: BatchContext,
    ): Promise<Outcome[]> {
      return handle(deliveries, context);
    }
  }
  for (const type of eventsConsumedBy('messaging')) {
    if (type !== 'commission.released') ignore(MessagingConsumer.prototype, type);
  }
  return MessagingConsumer;
}

/** Gives a consumer a handler that does nothing with an event. */
function ignore(consumer: object, type: EventType): void {
  const descriptor = {
    value: (deliveries: readonly unknown[]): Promise<Outcome[]> => Promise.resolve(deliveries.map(done)),
  };
  Object.defineProperty(consumer, type, descriptor);
  ConsumeEvent('messaging', type)(consumer, type, descriptor);
  Payload()(consumer, type, 0);
}

export interface ProcessOptions {
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
  readonly services?: readonly Service[];
  readonly controllers: readonly Type[];
  readonly timing?: Partial<BusTiming>;
}

/** One process of the product, as far as the bus sees it. */
export interface BusProcess {
  readonly app: INestApplication;
  publish(events: readonly NewEvent[]): Promise<void>;
  wake(companyId: Id<'Company'>, ...keys: string[]): Promise<void>;
  close(): Promise<void>;
}

export async function startProcess(options: ProcessOptions): Promise<BusProcess> {
  const module = await Test.createTestingModule({
    imports: [
      DatabaseModule.forRoot({ url: options.databaseUrl, entities: [], poolSize: 8 }),
      BusModule.forRoot({
        services: options.services ?? ['messaging'],
        redisUrl: options.redisUrl,
        databaseUrl: options.databaseUrl,
        poolSize: 8,
        timing: { ...FAST, ...options.timing },
      }),
      {
        module: class ClockModule {},
        global: true,
        providers: [{ provide: Clock, useValue: CLOCK }],
        exports: [Clock],
      },
    ],
    controllers: [...options.controllers],
  }).compile();
  const app = module.createNestApplication(new FastifyAdapter());
  try {
    await app.init();
    await connectBus(app);
  } catch (error) {
    await app.close();
    throw error;
  }
  const database = new Database(app.get(MikroORM), 'commissions');
  const publisher = app.get(Publisher);
  return {
    app,
    publish: (events) =>
      database.transaction({ companies: events.map((event) => event.companyId) }, (tx) =>
        publisher.publish(tx, events),
      ),
    wake: (companyId, ...keys) =>
      database.transaction(companyScope(companyId), (tx) => publisher.wake(tx, 'messaging', companyId, keys)),
    close: () => app.close(),
  };
}

/** Events as commissions publishes them; `commissionId` tells them apart. */
export function released(
  companyId: Id<'Company'>,
  count: number,
  label = 'x',
): NewEvent<'commission.released'>[] {
  return Array.from({ length: count }, (_, index) => ({
    type: 'commission.released',
    companyId,
    occurredAt: new Date(Date.UTC(2026, 4, 1) + index),
    eventId: newId('Event'),
    data: {
      commissionId: `${label}-${index}`,
      partnershipId: newId('Partnership'),
      partnerId: newId('Partner'),
      programId: newId('Program'),
      offerId: newId('Offer'),
      subject: { kind: 'order', key: `${label}-${index}` },
      currency: 'EUR',
      amount: 100,
    },
  }));
}

/** Writes one row per delivery in the batch's transaction: what a handler's effect would be. */
export async function leaveEffects(
  deliveries: readonly Delivery<EventType>[],
  context: BatchContext,
): Promise<void> {
  await context.tx.query(`insert into public.effect (event_id) select unnest($1::uuid[])`, [
    deliveries.map((delivery) => delivery.eventId),
  ]);
}

export interface DeliveryRow {
  readonly event_id: string;
  readonly state: string;
  readonly attempts: number;
  readonly generation: number;
  readonly reason: string | null;
  readonly error: { code: string; class: string; message: string; stack: string | null } | null;
  readonly batch_id: string | null;
}

/** An administrator's eye on the bus of one test database. */
export class BusEye {
  private constructor(private readonly client: Client) {}

  static async open(database: TestDatabase): Promise<BusEye> {
    const client = new Client({ connectionString: database.adminUrl });
    await client.connect();
    await client.query('create table if not exists public.effect (event_id uuid not null)');
    await client.query('grant select, insert on public.effect to fairlead_messaging');
    return new BusEye(client);
  }

  async query<Row extends object>(text: string, parameters: unknown[] = []): Promise<Row[]> {
    return (await this.client.query<Row>(text, parameters)).rows;
  }

  deliveries(): Promise<DeliveryRow[]> {
    return this.query<DeliveryRow>('select * from bus.delivery order by created_at, event_id');
  }

  async delivery(event: NewEvent): Promise<DeliveryRow> {
    const [row] = await this.query<DeliveryRow>('select * from bus.delivery where event_id = $1', [
      event.eventId,
    ]);
    if (!row) throw new Error('there is no such delivery');
    return row;
  }

  async effects(): Promise<string[]> {
    const rows = await this.query<{ event_id: string }>(
      'select event_id from public.effect order by event_id',
    );
    return rows.map((row) => row.event_id);
  }

  async forget(): Promise<void> {
    await this.client.query('truncate public.effect, bus.delivery, bus.event_revision, bus.event');
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}

export const idsOf = (events: readonly NewEvent[]): string[] =>
  events.map((event) => event.eventId ?? '').toSorted();
