import { MikroORM } from '@mikro-orm/postgresql';
import { type DynamicModule, Module } from '@nestjs/common';
import { Database } from '#database';
import { Clock, SystemClock } from '#kernel';
import { Bus } from './bus.js';
import { type BusOptions, DEFAULT_TIMING } from './options.js';
import { PostgresPublisher } from './publish/postgres-publisher.js';
import { Publisher } from './publisher.js';
import { PostgresBackend } from './queues/postgres-backend.js';
import { RedisBackend } from './queues/redis-backend.js';

/** One per process, beside `DatabaseModule.forRoot`. Gives every module the `Publisher`. */
@Module({})
export class BusModule {
  static forRoot(options: BusOptions): DynamicModule {
    return {
      module: BusModule,
      global: true,
      providers: [
        {
          provide: Bus,
          inject: [MikroORM, { token: Clock, optional: true }],
          useFactory: (orm: MikroORM, clock: Clock = new SystemClock()) =>
            new Bus(
              options.services,
              new Database(orm, 'bus'),
              clock,
              options.redisUrl === null
                ? new PostgresBackend(options.databaseUrl, options.poolSize)
                : new RedisBackend(options.redisUrl),
              { ...DEFAULT_TIMING, ...options.timing },
              options.databaseUrl,
            ),
        },
        { provide: Publisher, inject: [Bus], useFactory: (bus: Bus) => new PostgresPublisher(bus) },
      ],
      exports: [Publisher, Bus],
    };
  }
}
