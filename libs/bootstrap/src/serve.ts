import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { AppConfig } from '#config';

/** A stop that takes longer than this is ended by force; keep the orchestrator's grace above it. */
const SHUTDOWN_DEADLINE_MS = 25_000;

/**
 * Listens until SIGTERM or SIGINT, then shuts down in order: no new requests, consumers finish their
 * batch, loops end, connections close, and last `afterClose`.
 */
export async function serve(
  app: NestFastifyApplication,
  config: AppConfig,
  afterClose: () => Promise<void> = async () => undefined,
): Promise<void> {
  const stop = async (signal: NodeJS.Signals) => {
    const deadline = setTimeout(() => process.exit(1), SHUTDOWN_DEADLINE_MS);
    deadline.unref();
    await app.close();
    await afterClose();
    process.exitCode = 0;
    process.kill(process.pid, signal);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void stop(signal));
  }
  await app.listen(config.port, config.host);
}
