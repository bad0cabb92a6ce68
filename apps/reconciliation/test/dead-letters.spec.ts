import { newId, publicId } from '#kernel';
import { asCompany, asOperator } from '#testing';
import { OCCURRED_AT, ReconciliationApp } from './reconciliation-app.js';

describe('dead letters', () => {
  let ops: ReconciliationApp;

  beforeAll(async () => {
    ops = await ReconciliationApp.start();
  });

  afterAll(async () => {
    await ops.close();
  });

  const readable = { body: '{"amount":1999}', reason: 'The shop sent a decimal comma.' };
  const reason = { reason: 'The shop is mended.' };

  it('are none at first', async () => {
    const { status, body } = await ops.get('/v1/ops/dead-letters');
    expect([status, body]).toEqual([200, { data: [], nextCursor: null }]);
  });

  it('A-24 show a webhook that could not be read: code, attempts, data and its raw body', async () => {
    const webhook = await ops.deadWebhook();
    const { body } = await ops.get(webhook.path);
    expect(body).toMatchObject({
      companyId: publicId('Company', webhook.companyId),
      eventId: publicId('Event', webhook.eventId),
      consumer: 'tracking',
      state: 'dead',
      eventType: 'webhook.received',
      occurredAt: OCCURRED_AT.toISOString(),
      attempts: 1,
      failure: { code: 'WEBHOOK_UNREADABLE', message: 'amount is "19,99"' },
      revision: 0,
      webhook: { externalId: 'evt_1', body: '{"amount":"19,99"}' },
      interventions: [],
    });
  });

  it('A-25 take effect once, at the original time, when mended and replayed', async () => {
    const webhook = await ops.deadWebhook();
    const revised = await ops.post(`${webhook.path}/revisions`, readable);
    expect([revised.status, revised.body]).toEqual([201, { revision: 1 }]);
    const replayed = await ops.post(`${webhook.path}/replay`, reason);
    expect([replayed.status, replayed.body.outcome]).toEqual([200, 'applied']);
    await ops.reaches(webhook, 'done');
    expect(await ops.effects(webhook)).toEqual([
      { event_id: webhook.eventId, amount: 1999, occurred_at: OCCURRED_AT },
    ]);

    const again = await ops.post(`${webhook.path}/replay`, { reason: 'To be sure.' });
    expect([again.status, again.body.outcome]).toEqual([200, 'already_done']);
    const { body } = await ops.get(webhook.path);
    expect(body).toMatchObject({
      state: 'done',
      revision: 1,
      interventions: [
        {
          action: 'replay',
          outcome: 'applied',
          revision: 1,
          reason: reason.reason,
          createdAt: '2026-05-01T12:00:00.000Z',
          failureBefore: { code: 'WEBHOOK_UNREADABLE' },
          result: { state: 'done' },
        },
        { action: 'replay', outcome: 'already_done', reason: 'To be sure.', result: { state: 'done' } },
      ],
    });
    expect(body.interventions[0].actor).toMatch(/^operator:opr_/);
    expect(await ops.effects(webhook)).toHaveLength(1);
  });

  it('keep every revision with its author, reason and changes, and the original', async () => {
    const webhook = await ops.deadWebhook();
    await ops.post(`${webhook.path}/revisions`, { body: '{"amount":"19.99"}', reason: 'A point instead.' });
    await ops.post(`${webhook.path}/revisions`, readable);
    const { body } = await ops.get(`${webhook.path}/revisions`);
    expect(body.data).toMatchObject([
      { revision: 0, actor: null, reason: null, changes: [] },
      { revision: 1, changes: [{ path: '/body/amount', before: '19,99', after: '19.99' }] },
      {
        revision: 2,
        reason: readable.reason,
        changes: [{ path: '/body/amount', before: '19.99', after: 1999 }],
      },
    ]);
  });

  it('die again when a replay does not help, and say what each replay led to', async () => {
    const webhook = await ops.deadWebhook();
    await ops.post(`${webhook.path}/replay`, { reason: 'Perhaps it was a glitch.' });
    await ops.reaches(webhook, 'dead');
    await ops.post(`${webhook.path}/revisions`, readable);
    await ops.post(`${webhook.path}/replay`, reason);
    const { interventions } = await ops.reaches(webhook, 'done');
    expect(interventions).toMatchObject([
      { result: { state: 'dead', failure: { code: 'WEBHOOK_UNREADABLE' } } },
      { result: { state: 'done', failure: null } },
    ]);
    expect(await ops.effects(webhook)).toHaveLength(1);
  });

  it('are replayed once when two operators replay at the same moment', async () => {
    const webhook = await ops.deadWebhook();
    await ops.post(`${webhook.path}/revisions`, readable);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => ops.post(`${webhook.path}/replay`, reason)),
    );
    expect(answers.filter((answer) => answer.body.outcome === 'applied')).toHaveLength(1);
    await ops.reaches(webhook, 'done');
    expect(await ops.effects(webhook)).toHaveLength(1);
  });

  it('give the first answer again to a request that is repeated under its key', async () => {
    const webhook = await ops.deadWebhook();
    await ops.post(`${webhook.path}/revisions`, readable);
    const headers = { ...asOperator('operator'), 'idempotency-key': 'replay-1' };
    const [first, second] = [
      await ops.post(`${webhook.path}/replay`, reason, headers),
      await ops.post(`${webhook.path}/replay`, reason, headers),
    ];
    expect(second.body).toEqual(first.body);
    const { interventions } = await ops.reaches(webhook, 'done');
    expect(interventions).toHaveLength(1);
  });

  it('stay visible when discarded, and can be replayed after all', async () => {
    const webhook = await ops.deadWebhook();
    const discarded = await ops.post(`${webhook.path}/discard`, { reason: 'A test order of the shop.' });
    expect(discarded.body.outcome).toBe('applied');
    const { body } = await ops.get(webhook.path);
    expect(body).toMatchObject({
      state: 'ignored',
      reason: 'DISCARDED',
      failure: { code: 'WEBHOOK_UNREADABLE' },
      interventions: [{ action: 'discard', reason: 'A test order of the shop.' }],
    });
    const again = await ops.post(`${webhook.path}/discard`, reason);
    expect(again.body.outcome).toBe('already_discarded');
    await ops.post(`${webhook.path}/revisions`, readable);
    await ops.post(`${webhook.path}/replay`, reason);
    await ops.reaches(webhook, 'done');
    expect(await ops.effects(webhook)).toHaveLength(1);
  });

  it('refuse a revision that would not reach the consumer any more', async () => {
    const webhook = await ops.deadWebhook();
    await ops.post(`${webhook.path}/revisions`, readable);
    await ops.post(`${webhook.path}/replay`, reason);
    await ops.reaches(webhook, 'done');
    const { status, body } = await ops.post(`${webhook.path}/revisions`, readable);
    expect([status, body.code]).toEqual([409, 'delivery.not_stopped']);
  });

  it.each([
    ['no reason', 'replay', {}],
    ['a blank reason', 'discard', { reason: '   ' }],
    ['neither data nor body', 'revisions', reason],
    ['both data and body', 'revisions', { ...readable, data: {} }],
    ['data for a webhook', 'revisions', { ...reason, data: {} }],
    ['text that cannot be stored', 'revisions', { ...reason, body: '\0' }],
    ['an unknown field', 'replay', { ...reason, force: 'yes' }],
  ])('refuse %s', async (_, action, request) => {
    const webhook = await ops.deadWebhook();
    const { status } = await ops.post(`${webhook.path}/${action}`, request);
    expect(status).toBe(422);
  });

  it('are for operators: viewers look, operators act, nobody else', async () => {
    const webhook = await ops.deadWebhook();
    const attempt = async (headers: Record<string, string>) => [
      (await ops.get(webhook.path, headers)).status,
      (await ops.post(`${webhook.path}/replay`, reason, headers)).status,
    ];
    expect(await attempt({})).toEqual([401, 401]);
    expect(await attempt(asCompany(webhook.companyId))).toEqual([403, 403]);
    expect(await attempt(asOperator('viewer'))).toEqual([200, 403]);
    expect(await attempt(asOperator('operator'))).toEqual([200, 200]);
  });

  it('B-01 are not to be found under another company', async () => {
    const webhook = await ops.deadWebhook();
    const elsewhere = webhook.path.replace(/cmp_[^/]+/, publicId('Company', newId('Company')));
    expect((await ops.get(elsewhere)).status).toBe(404);
    expect((await ops.get(`${elsewhere}/revisions`)).status).toBe(404);
    for (const action of ['replay', 'discard']) {
      expect((await ops.post(`${elsewhere}/${action}`, reason)).status).toBe(404);
    }
    expect((await ops.post(`${elsewhere}/revisions`, readable)).status).toBe(404);
    expect((await ops.get(webhook.path.replace('tracking', 'nobody'))).status).toBe(404);
  });
});
