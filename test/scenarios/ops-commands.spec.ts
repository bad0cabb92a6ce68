import { type ChildProcess, execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { newId, publicId } from '#kernel';
import { type Standalone, startStandalone } from './standalone.js';

describe('npm run ops', () => {
  let product: Standalone;
  let folder: string;

  beforeAll(async () => {
    product = await startStandalone();
    folder = await mkdtemp(join(tmpdir(), 'fairlead-ops-'));
  });

  afterAll(async () => {
    await product.close();
    await rm(folder, { recursive: true, force: true });
  });

  const refund = {
    integrationId: newId('Integration'),
    requestId: newId('WebhookRequest'),
    orderKey: 'order-1',
    currency: 'EUR',
    refund: { kind: 'single', refundKey: 'refund-1', amount: 'ten' },
  };

  /** A refund that commissions could not read; the arguments that name its delivery. */
  async function deadRefund(): Promise<string[]> {
    const [company, event] = [newId('Company'), newId('Event')];
    const admin = new Client({ connectionString: product.database.adminUrl });
    await admin.connect();
    await admin.query(
      `insert into bus.event (company_id, event_id, type, occurred_at, correlation_id, data)
       values ($1, $2, 'order.refunded', now(), $2, $3)`,
      [company, event, JSON.stringify(refund)],
    );
    await admin.query(
      `insert into bus.delivery (company_id, event_id, consumer, event_type, state, attempts, error, finished_at)
       values ($1, $2, 'commissions', 'order.refunded', 'dead', 5,
         '{"code":"UNEXPECTED","class":"TypeError","message":"amount is no number"}', now())`,
      [company, event],
    );
    await admin.end();
    return [publicId('Company', company), publicId('Event', event), 'commissions'];
  }

  const ops = (
    flags: readonly string[],
    token = product.operatorToken,
    watch: (child: ChildProcess) => void = () => undefined,
  ) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const env = { FAIRLEAD_URL: product.url, FAIRLEAD_OPERATOR_TOKEN: token };
      const command = ['dist/apps/reconciliation/src/cli/ops.js', ...flags];
      const child = execFile(process.execPath, command, { env }, (_, stdout, stderr) =>
        resolve({ code: child.exitCode ?? -1, stdout, stderr }),
      );
      watch(child);
    });

  it('lists, shows, revises and replays a dead letter', async () => {
    expect((await ops(['dead-letters', 'list'])).stdout).toBe('No dead letters.\n');
    const delivery = await deadRefund();
    const listed = await ops(['dead-letters', 'list', '--code', 'UNEXPECTED']);
    expect(listed.stdout).toMatch(
      new RegExp(`${delivery.join(' +')} +order.refunded +UNEXPECTED +amount is no number`),
    );

    const file = join(folder, 'mended.json');
    await writeFile(file, JSON.stringify({ ...refund, refund: { ...refund.refund, amount: 1000 } }));
    const reason = ['--reason', 'The shop wrote words.'];
    const revised = await ops(['dead-letters', 'revise', ...delivery, '--data-file', file, ...reason]);
    expect(revised.stdout).toMatch(/^revision 1;/);
    const shown = JSON.parse((await ops(['dead-letters', 'show', ...delivery])).stdout);
    expect(shown).toMatchObject({
      state: 'dead',
      revision: 1,
      revisions: [
        { revision: 0 },
        {
          changes: [{ path: '/refund/amount', before: 'ten', after: 1000 }],
          reason: 'The shop wrote words.',
        },
      ],
    });
    expect((await ops(['dead-letters', 'replay', ...delivery, ...reason])).stdout).toMatch(/^applied \(itv_/);
  });

  it('discards a dead letter, and shows the health of every consumer', async () => {
    const delivery = await deadRefund();
    const health = await ops(['health']);
    expect(health.stdout).toMatch(/commissions( +\d+){5} +1\n/);
    const discarded = await ops(['dead-letters', 'discard', ...delivery, '--reason', 'A test order.']);
    expect(discarded.stdout).toMatch(/^applied/);
    expect((await ops(['dead-letters', 'list'])).stdout).toBe('No dead letters.\n');
  });

  it('ends in peace when nobody reads on', async () => {
    const { code, stderr } = await ops(['health'], product.operatorToken, ({ stdout }) => stdout?.destroy());
    expect([code, stderr]).toEqual([0, '']);
  });

  it('says what is wrong and ends with 1', async () => {
    const unknown = ['dead-letters', 'show', ...(await deadRefund()).with(2, 'messaging')];
    expect(await ops(unknown)).toMatchObject({ code: 1, stderr: expect.stringMatching(/^404 not_found: /) });
    expect(await ops(['health'], 'flo_wrong')).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^401 /),
    });
    expect(await ops(['health'], '')).toMatchObject({
      code: 1,
      stderr: 'Set FAIRLEAD_OPERATOR_TOKEN to an operator token.\n',
    });
  });
});
