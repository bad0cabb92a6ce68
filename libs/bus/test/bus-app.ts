import { Test } from '@nestjs/testing';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { INestApplication, Type } from '@nestjs/common';
import type { Service } from '#contracts';
import { Database, DatabaseModule } from '#database';
import { MikroORM } from '@mikro-orm/postgresql';
import { Publisher } from '../src/publisher.js';
import { BusModule, type BusTiming, connectBus } from '../src/index.js';

/** One process of the product, as far as the bus sees it. */
export interface BusApp {
  readonly app: INestApplication;
  readonly publisher: Publisher;
  readonly database: Database;
  close(): Promise<void>;
}

export async function startBusApp(options: {
  readonly databaseUrl: string;
  readonly redisUrl: string | null;
  readonly services: readonly Service[];
  readonly controllers: readonly Type[];
  readonly timing?: Partial<BusTiming>;
}): Promise<BusApp> {
  const module = await Test.createTestingModule({
    imports: [
      await DatabaseModule.forRoot({ url: options.databaseUrl, entities: [], poolSize: 8 }),
      BusModule.forRoot({
        services: options.services,
        redisUrl: options.redisUrl,
        databaseUrl: options.databaseUrl,
        poolSize: 8,
        timing: options.timing ?? {},
      }),
    ],
    controllers: [...options.controllers],
  }).compile();
  const app = module.createNestApplication(new FastifyAdapter());
  await app.init();
  await connectBus(app);
  return {
    app,
    publisher: app.get(Publisher),
    database: new Database(app.get(MikroORM), 'tracking'),
    close: () => app.close(),
  };
}
