import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import type { Logger } from 'pino';
import { BusModule } from '#bus';
import { type AppConfig, ConfigModule } from '#config';
import { DatabaseModule } from '#database';
import { Authenticator, RateLimitModule } from '#http';
import { Clock } from '#kernel';
import { HealthModule, loggerModule, MetricsModule } from '#observability';
import type { ServiceDefinition } from './service-definition.js';

export interface ProcessParts {
  readonly services: readonly ServiceDefinition[];
  readonly config: AppConfig;
  readonly clock: Clock;
  readonly authenticator: Provider<Authenticator>;
  readonly logger: Logger;
  /** Modules that belong to this kind of process only (the gateway's proxy, when distributed). */
  readonly extraModules: readonly (DynamicModule | (new () => object))[];
}

/** Connections of the queues' pool, when they live in PostgreSQL. */
const QUEUE_POOL_SIZE = 16;

@Module({})
class Everywhere {}

@Module({})
class Root {}

/** The process's one Nest module: what every service shares, then the services. */
export function rootModule(parts: ProcessParts): DynamicModule {
  const { services, config } = parts;
  const everywhere: DynamicModule = {
    module: Everywhere,
    global: true,
    providers: [{ provide: Clock, useValue: parts.clock }, parts.authenticator],
    exports: [Clock, Authenticator],
  };
  return {
    module: Root,
    imports: [
      ConfigModule.forRoot(config),
      loggerModule(parts.logger),
      everywhere,
      DatabaseModule.forRoot({
        url: config.databaseUrl,
        entities: services.flatMap((service) => service.entities),
        poolSize: config.databasePoolSize,
      }),
      BusModule.forRoot({
        services: services.map((service) => service.service),
        databaseUrl: config.databaseUrl,
        redisUrl: config.redisUrl,
        poolSize: QUEUE_POOL_SIZE,
      }),
      RateLimitModule.forRoot(),
      MetricsModule,
      HealthModule,
      ...parts.extraModules,
      ...services.map((service) => service.module),
    ],
  };
}
