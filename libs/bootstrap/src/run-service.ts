import type { Provider } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readConfig } from '#config';
import { Authenticator, InternalTokenAuthenticator } from '#http';
import { type AppOptions, createApp } from './create-app.js';
import { listen } from './listen.js';
import { runProcess } from './run-process.js';
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
export function runService(
  definition: ServiceDefinition,
  { started, ...options }: RunOptions = {},
): Promise<void> {
  return runProcess(async () => {
    const config = readConfig(process.env);
    const app = await createApp({
      name: definition.service,
      services: [definition],
      config,
      authenticator: trustsTheGateway,
      ...options,
    });
    await listen(app, config);
    await started?.(app);
    return { stop: () => app.close() };
  });
}
