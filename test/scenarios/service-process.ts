import { type ChildProcess, spawn } from 'node:child_process';
import { eventually } from '#testing';

/** A process of the product, started from the compiled code as production does. */
export interface ServiceProcess {
  readonly url: string;
  /** Everything it wrote to stdout and stderr so far. */
  output(): string;
  /** SIGKILL: no shutdown, no last words. */
  kill(): Promise<void>;
  /** SIGTERM; resolves with the exit code or signal. */
  stop(): Promise<number | string>;
}

/** @param app folder under `apps/` */
export async function startProcess(
  app: string,
  port: number,
  env: Readonly<Record<string, string>>,
): Promise<ServiceProcess> {
  const { REDIS_URL: _redis, DATABASE_URL: _database, SMTP_URL: _smtp, ...inherited } = process.env;
  const sourceMaps = ['--import', './dist/libs/bootstrap/src/source-maps.js'];
  const child = spawn(process.execPath, [...sourceMaps, `dist/apps/${app}/src/main.js`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inherited, LOG_LEVEL: 'warn', ...env, PORT: String(port) },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const url = `http://127.0.0.1:${port}`;
  try {
    await eventually(async () => {
      if (child.exitCode !== null) throw new Error(`${app} ended: ${output}`);
      return (await fetch(`${url}/health/ready`)).ok;
    }, 60_000);
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  }
  return {
    url,
    output: () => output,
    kill: async () => {
      await end(child, 'SIGKILL');
    },
    stop: () => end(child, 'SIGTERM'),
  };
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | string> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  if (child.signalCode !== null) return Promise.resolve(child.signalCode);
  return new Promise((resolve) => {
    child.once('exit', (code, by) => resolve(code ?? by ?? 'unknown'));
    child.kill(signal);
  });
}
