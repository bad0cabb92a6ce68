import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A process under measurement, started from this repository's compiled code. */
export interface Child {
  /** Everything it printed until it was ready. */
  readonly output: string;
  /** The URL in it. */
  readonly url: string;
  /** Peak resident memory so far in MB (Linux VmHWM); NaN where the system does not tell. */
  peakMemoryMb(): number;
  stop(): Promise<void>;
}

/** Starts `dist/<module>` and waits until it has printed a line with its URL. */
export async function startChild(module: string, env: Readonly<Record<string, string>> = {}): Promise<Child> {
  const child = spawn(process.execPath, [...startFlags(), fromDist(module)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const output = await outputUntilReady(child, module);
  return {
    output,
    url: URL_LINE.exec(output)?.[1] ?? '',
    peakMemoryMb: () => peakMemoryMb(child.pid),
    stop: () => stopChild(child),
  };
}

/** Runs `dist/<module>` to its end and returns what it printed. */
export function runChild(module: string, parameters: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [fromDist(module), ...parameters], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${module} ended with ${String(code)}`)),
    );
  });
}

/** Node's flags of `npm start`: what they do to memory and speed is measured too. */
function startFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
  return scripts.start.split(' ').slice('exec node'.split(' ').length, -1);
}

const fromDist = (module: string) => fileURLToPath(new URL(`../${module}`, import.meta.url));

const URL_LINE = /(http:\/\/[\d.:]+)[^\n]*\n/;

function outputUntilReady(child: ChildProcess, module: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.once('exit', (code) =>
      reject(new Error(`${module} ended with ${String(code)} before it was ready`)),
    );
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (URL_LINE.test(output)) setTimeout(() => resolve(output), 50);
    });
  });
}

function peakMemoryMb(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1_000;
  } catch {
    return Number.NaN;
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  await ended;
}
