import type { AddressInfo } from 'node:net';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { BusModule } from '#bus';
import { AppConfig, ConfigModule } from '#config';
import { DatabaseModule } from '#database';
import { Clock, SystemClock } from '#kernel';
import { MetricsModule } from '#observability';
import { METRICS_TOKEN } from '#testing';
import { RedirectModule } from '../src/redirect/redirect.module.js';

/** The redirect in a process of its own: all of tracking that must go on working without PostgreSQL. */
export interface RedirectApp {
  readonly url: string;
  readonly app: NestFastifyApplication;
  /** Follows a link as a browser would, but stops at the redirect. */
  follow(slug: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  close(): Promise<void>;
}

@Module({})
class Everywhere {}

@Module({})
class Root {}

export async function startRedirectApp(
  settings: Pick<AppConfig, 'databaseUrl' | 'dataDir'> & Partial<AppConfig>,
  clock: Clock = new SystemClock(),
): Promise<RedirectApp> {
  const config = Object.assign(new AppConfig(), {
    secretKey: 'k'.repeat(32),
    metricsToken: METRICS_TOKEN,
    ...settings,
  });
  const everywhere: DynamicModule = {
    module: Everywhere,
    global: true,
    providers: [{ provide: Clock, useValue: clock }],
    exports: [Clock],
  };
  const { databaseUrl } = config;
  const app = await NestFactory.create<NestFastifyApplication>(
    {
      module: Root,
      imports: [
        ConfigModule.forRoot(config),
        everywhere,
        DatabaseModule.forRoot({ url: databaseUrl, entities: [], poolSize: 5 }),
        BusModule.forRoot({ services: [], redisUrl: null, databaseUrl, poolSize: 2 }),
        MetricsModule,
        RedirectModule,
      ],
    },
    new FastifyAdapter(),
    { logger: false },
  );
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    app,
    follow: (slug, headers = {}) => fetch(`${url}/r/${slug}`, { redirect: 'manual', headers }),
    close: () => app.close(),
  };
}
