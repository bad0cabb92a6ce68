import { CannotStart } from '#kernel';

/** A process that has started and is to be ended in order. */
export interface RunningProcess {
  stop(): Promise<void>;
}

/** A stop that takes longer than this is ended by force; keep the orchestrator's grace above it. */
const SHUTDOWN_DEADLINE_MS = 25_000;

/**
 * Starts a process and stops it on SIGTERM or SIGINT; a signal during the start stops it right after, so
 * that nothing is left half made. A second signal ends it at once. A start that fails ends with exit code 1
 * and says why.
 */
export async function runProcess(start: () => Promise<RunningProcess>): Promise<void> {
  const starting = start();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void stopOn(signal, starting));
  }
  try {
    await starting;
  } catch (error) {
    process.stderr.write(`${whyNot(error)}\n`);
    process.exit(1);
  }
}

async function stopOn(signal: NodeJS.Signals, starting: Promise<RunningProcess>): Promise<void> {
  setTimeout(() => process.exit(1), SHUTDOWN_DEADLINE_MS).unref();
  const running = await starting;
  await running.stop();
  process.exitCode = 0;
  process.kill(process.pid, signal);
}

function whyNot(error: unknown): string {
  if (error instanceof CannotStart) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
