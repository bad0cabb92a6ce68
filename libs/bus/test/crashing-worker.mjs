import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Ctx, Payload } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { BusModule, connectBus, ConsumeEvent, done } from '../../../dist/libs/bus/src/index.js';
import { eventsConsumedBy } from '../../../dist/libs/contracts/src/index.js';
import { DatabaseModule } from '../../../dist/libs/database/src/index.js';

/**
 * A worker process of "messaging" that kills itself with SIGKILL in the middle of a batch: after its
 * effects are written, before they commit. LETHAL names the event that does it ("any": the first one).
 */
const { DATABASE_URL, REDIS_URL, LETHAL, TIMING } = process.env;

class Consumer {
  async handle(deliveries, context) {
    const ids = deliveries.map((delivery) => delivery.eventId);
    await context.tx.query('insert into public.effect (event_id) select unnest($1::uuid[])', [ids]);
    if (LETHAL === 'any' || ids.includes(LETHAL)) process.kill(process.pid, 'SIGKILL');
    return deliveries.map(done);
  }
}

for (const type of eventsConsumedBy('messaging')) {
  const descriptor = {
    value(deliveries, context) {
      return this.handle(deliveries, context);
    },
  };
  Object.defineProperty(Consumer.prototype, type, descriptor);
  ConsumeEvent('messaging', type)(Consumer.prototype, type, descriptor);
  Payload()(Consumer.prototype, type, 0);
  Ctx()(Consumer.prototype, type, 1);
}
Controller()(Consumer);

class WorkerModule {}
Module({
  imports: [
    DatabaseModule.forRoot({ url: DATABASE_URL, entities: [], poolSize: 4 }),
    BusModule.forRoot({
      services: ['messaging'],
      redisUrl: REDIS_URL || null,
      databaseUrl: DATABASE_URL,
      poolSize: 4,
      timing: JSON.parse(TIMING),
    }),
  ],
  controllers: [Consumer],
})(WorkerModule);

const app = await NestFactory.create(WorkerModule, new FastifyAdapter(), { logger: false });
app.enableShutdownHooks();
await app.init();
await connectBus(app);
