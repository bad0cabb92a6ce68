import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AppConfig } from '#config';
import { CannotStart } from '#kernel';

/**
 * Opens the port of an app; when that fails, the app is closed.
 * @throws CannotStart when the port is taken
 */
export async function listen(app: NestFastifyApplication, config: AppConfig): Promise<void> {
  try {
    await app.listen(config.port, config.host);
  } catch (error) {
    await app.close();
    if (!isTaken(error)) throw error;
    throw new CannotStart(
      `Port ${config.port} of ${config.host} is in use. Stop what listens there, or set PORT to another.`,
      { cause: error },
    );
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}
