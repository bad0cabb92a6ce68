import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import { AppConfig } from '#config';
import { Authenticator, InternalTokenAuthenticator, openApiDocument } from '#http';
import { SystemClock } from '#kernel';
import { createLogger } from '#observability';
import { rootModule } from './root-module.js';
import type { ServiceDefinition } from './service-definition.js';

/** The OpenAPI document of these services' routes, made without starting anything or any database. */
export async function apiDocumentOf(services: readonly ServiceDefinition[]): Promise<OpenAPIObject> {
  const config = Object.assign(new AppConfig(), {
    databaseUrl: 'postgres://nowhere',
    secretKey: 'x'.repeat(32),
  });
  const root = rootModule({
    services,
    config,
    clock: new SystemClock(),
    authenticator: { provide: Authenticator, useClass: InternalTokenAuthenticator },
    logger: createLogger('document', 'silent'),
    extraModules: [],
  });
  const app = await NestFactory.create(root, new FastifyAdapter(), {
    preview: true,
    logger: false,
    abortOnError: false,
  });
  return openApiDocument(app);
}
