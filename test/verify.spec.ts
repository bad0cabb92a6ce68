import { execFile } from 'node:child_process';
import { Client } from 'pg';
import { newId } from '#kernel';
import { createTestDatabase, expectInvariants, type TestDatabase } from '#testing';
import { INVARIANTS } from '../apps/standalone/src/invariants.js';

describe('npm run verify', () => {
  let database: TestDatabase;
  let admin: Client;

  beforeEach(async () => {
    database = await createTestDatabase();
    admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
  });

  afterEach(async () => {
    await admin.end();
    await database.drop();
  });

  /** Stores a webhook's key, and its body under the request id given. */
  async function storeWebhook(keyOf: string, bodyOf = keyOf): Promise<void> {
    const [company, integration] = [newId('Company'), newId('Integration')];
    await admin.query(
      `insert into tracking.request_key (company_id, integration_id, external_id, content_hash, request_id, received_at)
       values ($1, $2, 'evt_1', '\\x00', $3, now())`,
      [company, integration, keyOf],
    );
    await admin.query(
      `insert into tracking.raw_body (company_id, request_id, integration_id, external_id, received_at, headers, body)
       values ($1, $2, $3, 'evt_1', now(), '{}', '')`,
      [company, bodyOf, integration],
    );
  }

  const verify = (env: NodeJS.ProcessEnv, ...flags: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const command = ['dist/apps/standalone/src/verify.js', ...flags];
      const child = execFile(process.execPath, command, { env }, (_, stdout, stderr) =>
        resolve({ code: child.exitCode ?? -1, stdout, stderr }),
      );
    });

  it('finds nothing wrong with an empty installation', async () => {
    await expectInvariants(database, INVARIANTS);
    const { code, stdout } = await verify({ DATABASE_ADMIN_URL: database.adminUrl });
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`${INVARIANTS.length} hold, 0 broken\n$`));
  });

  it('names what is broken, with sample rows, and says so by its exit code', async () => {
    const requestId = newId('WebhookRequest');
    await storeWebhook(requestId);
    const { code, stdout } = await verify({ DATABASE_ADMIN_URL: database.adminUrl }, '--json');
    const report = JSON.parse(stdout);
    expect([code, report.ok]).toEqual([1, false]);
    expect(report.invariants.filter((result: { broken: number }) => result.broken > 0)).toMatchObject([
      { id: 'I1.published', broken: 1, samples: [{ request_id: requestId }] },
    ]);
  });

  it('I1 sees a stored body whose key names another request', async () => {
    await storeWebhook(newId('WebhookRequest'), newId('WebhookRequest'));
    const { stdout } = await verify({ DATABASE_ADMIN_URL: database.adminUrl });
    expect(stdout).toMatch(/BROKEN I1.known/);
  });

  it('does not take the services login, which would see less', async () => {
    const { code, stderr } = await verify({ DATABASE_URL: database.url });
    expect(code).toBe(2);
    expect(stderr).toMatch(/Set DATABASE_ADMIN_URL/);
  });
});
