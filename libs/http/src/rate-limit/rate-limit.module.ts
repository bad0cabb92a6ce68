import { type DynamicModule, Module } from '@nestjs/common';
import { ThrottlerModule } from '@nestjs/throttler';
import { AppConfig } from '#config';
import { FailureLimit } from './failure-limit.js';
import { MemoryThrottlerStorage } from './memory-throttler-storage.js';
import { redisThrottlerStorage } from './redis-throttler-storage.js';

/** Limits for every process: counted in memory, or in Redis when several processes share them. */
@Module({})
export class RateLimitModule {
  static forRoot(): DynamicModule {
    return {
      module: RateLimitModule,
      global: true,
      providers: [FailureLimit],
      exports: [FailureLimit],
      imports: [
        ThrottlerModule.forRootAsync({
          inject: [AppConfig],
          useFactory: ({ requestsPerMinute, redisUrl }: AppConfig) => ({
            throttlers: [{ limit: requestsPerMinute, ttl: 60_000 }],
            storage: redisUrl === null ? new MemoryThrottlerStorage() : redisThrottlerStorage(redisUrl),
          }),
        }),
      ],
    };
  }
}
