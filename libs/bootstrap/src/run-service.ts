import type { Provider } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readConfig } from '#config';
import { Authenticator, InternalTokenAuthenticator } from '#http';
import { type AppOptions, createApp } from './create-app.js';
import { serve } from './serve.js';
import type { ServiceDefinition } from './service-definition.js';

const trustsTheGateway: Provider<Authenticator> = {
  provide: Authenticator,
  useClass: InternalTokenAuthenticator,
};

export interface RunOptions extends Partial<Pick<AppOptions, 'authenticator' | 'extraModules' | 'prepare'>> {
  /** Called once the process serves. */
  readonly started?: (app: NestFastifyApplication) => Promise<void>;
}

/** Runs one service as a process of its own (the distributed shape), until it is told to stop. */
export async function runService(
  definition: ServiceDefinition,
  { started, ...options }: RunOptions = {},
): Promise<void> {
  const config = readConfig(process.env);
  const app = await createApp({
    name: definition.service,
    services: [definition],
    config,
    authenticator: trustsTheGateway,
    ...options,
  });
  await serve(app, config);
  await started?.(app);
}
