import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type AppOptions, createApp } from '#bootstrap';
import type { AppConfig } from '#config';
import { Authenticator, openApiDocument, serveApiDocs } from '#http';
import { CredentialAuthenticator } from '../../gateway/src/authentication/credential-authenticator.js';
import { SERVICES } from './services.js';

/** Every service in one process: callers prove themselves here, so no proxy and no internal token. */
export function createStandalone(
  config: AppConfig,
  options: Partial<Pick<AppOptions, 'clock' | 'logger'>> = {},
): Promise<NestFastifyApplication> {
  return createApp({
    name: 'standalone',
    services: SERVICES,
    config,
    authenticator: { provide: Authenticator, useExisting: CredentialAuthenticator },
    prepare: (app) => serveApiDocs(app, () => openApiDocument(app)),
    ...options,
  });
}
