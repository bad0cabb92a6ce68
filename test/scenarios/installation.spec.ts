import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '#testing';
import { ApiClient } from '../../demo/api-client.js';
import { type ServiceProcess, startProcess } from './service-process.js';

/** A standalone process on an embedded PostgreSQL of its own, as `npm start` runs it. */
let directory: string;
let first: ServiceProcess;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'fairlead-installation-'));
  await chmod(directory, 0o755);
  first = await startProcess('standalone', await freePort(), { FAIRLEAD_DATA_DIR: directory });
});
afterAll(async () => {
  await first.stop();
  await rm(directory, { recursive: true, force: true });
});

function operatorOf(output: string): string {
  return /flo_\S+/.exec(output)?.[0] ?? '';
}

it('refuses a second process on one data directory, and the first goes on', async () => {
  expect(await failedStart({ FAIRLEAD_DATA_DIR: directory, PORT: String(await freePort()) })).toMatch(
    /^Another Fairlead process runs on .* Stop it first, or set FAIRLEAD_DATA_DIR and PORT/,
  );
  expect((await fetch(`${first.url}/health/ready`)).status).toBe(200);
});

it('goes on with its data and its operator token after it was killed', async () => {
  const token = operatorOf(first.output());
  await new ApiClient(first.url).as(token).post('/v1/ops/companies', { name: 'Kept' });
  await first.kill();
  first = await startProcess('standalone', await freePort(), { FAIRLEAD_DATA_DIR: directory });
  const answer = await new ApiClient(first.url).as(token).get('/v1/ops/companies');
  expect(answer).toMatchObject({ data: [{ name: 'Kept' }] });
  expect(first.output()).not.toContain('flo_');
});

/** @returns what the process wrote to stderr before it ended by itself */
function failedStart(env: Readonly<Record<string, string>>): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ['dist/apps/standalone/src/main.js'],
      { env: { ...process.env, LOG_LEVEL: 'silent', ...env } },
      (error, _out, stderr) => (error?.code === 1 ? resolve(stderr) : reject(new Error('it started'))),
    );
  });
}
