import { type AddressInfo } from 'node:net';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppConfig, ConfigModule } from '#config';
import {
  answerProblem,
  Authenticator,
  parseBodies,
  ProblemFilter,
  RateLimitModule,
  validationPipe,
} from '#http';
import { Clock, SystemClock } from '#kernel';

@Module({})
class Root {}

@Module({})
class Everywhere {}

/** The HTTP half of a process, around the given controllers: no database, no queues. */
export async function startHttpApp(
  controllers: Type[],
  authenticator: Type<Authenticator>,
  settings: Partial<AppConfig> = {},
): Promise<{ readonly app: NestFastifyApplication; readonly url: string }> {
  const config = Object.assign(new AppConfig(), { secretKey: 'k'.repeat(32), ...settings });
  const everywhere: DynamicModule = {
    module: Everywhere,
    global: true,
    providers: [
      { provide: Clock, useClass: SystemClock },
      { provide: Authenticator, useClass: authenticator },
    ],
    exports: [Clock, Authenticator],
  };
  const app = await NestFactory.create<NestFastifyApplication>(
    {
      module: Root,
      imports: [ConfigModule.forRoot(config), everywhere, RateLimitModule.forRoot()],
      controllers,
    },
    new FastifyAdapter({ frameworkErrors: answerProblem }),
    { logger: false },
  );
  parseBodies(app, 1_000);
  app.useGlobalPipes(validationPipe());
  app.useGlobalFilters(new ProblemFilter());
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as AddressInfo;
  return { app, url: `http://127.0.0.1:${port}` };
}
