import { randomUUID } from 'node:crypto';
import helmet from '@fastify/helmet';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger as NestLogger } from 'nestjs-pino';
import type { RawRequestDefaultExpression } from 'fastify';
import { answerProblem, parseBodies, ProblemFilter, validationPipe } from '#http';
import { SystemClock } from '#kernel';
import { createLogger, FrameworkLogger, logRequests } from '#observability';
import { joinDatabase } from './join-database.js';
import { type ProcessParts, rootModule } from './root-module.js';

/** 1 MB = 1,000,000 bytes: the cap on every JSON body. */
const BODY_LIMIT = 1_000_000;

export type AppOptions = Pick<ProcessParts, 'services' | 'config' | 'authenticator'> &
  Partial<Pick<ProcessParts, 'clock' | 'logger' | 'extraModules'>> & {
    /** Name in the logs. */
    readonly name: string;
    /** Last touches before initialisation, such as the API documentation. */
    readonly prepare?: (app: NestFastifyApplication) => Promise<void> | void;
  };

/**
 * Builds a process: HTTP, bus and loops of the services given. It is initialised and its consumers run,
 * but it does not listen yet. When PostgreSQL is away, consumers start once it is back.
 * @throws Error when events and handlers disagree, or when the database login may do too much or too little
 */
export async function createApp(options: AppOptions): Promise<NestFastifyApplication> {
  const logger = options.logger ?? createLogger(options.name, options.config.logLevel);
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    genReqId: requestIdOf,
    trustProxy: options.config.trustedProxies ?? false,
    frameworkErrors: answerProblem,
    routerOptions: { maxParamLength: 200 },
    forceCloseConnections: 'idle',
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    rootModule({
      services: options.services,
      config: options.config,
      authenticator: options.authenticator,
      clock: options.clock ?? new SystemClock(),
      extraModules: options.extraModules ?? [],
      logger,
    }),
    adapter,
    { bufferLogs: true, abortOnError: false },
  );
  try {
    app.useLogger(new FrameworkLogger(app.get(NestLogger)));
    logRequests(adapter.getInstance(), logger);
    await app.register(helmet, { contentSecurityPolicy: false });
    parseBodies(app, BODY_LIMIT);
    app.useGlobalPipes(validationPipe());
    app.useGlobalFilters(new ProblemFilter());
    await options.prepare?.(app);
    await app.init();
    await joinDatabase(
      app,
      options.services.map(({ service }) => service),
      logger,
    );
    return app;
  } catch (error) {
    await app.close();
    throw error;
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A request keeps its id on the way from the gateway to a service. */
function requestIdOf(request: RawRequestDefaultExpression): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && UUID.test(given) ? given : randomUUID();
}
