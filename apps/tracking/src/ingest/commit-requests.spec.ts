import { newId, parseId } from '#kernel';
import { eventually } from '#testing';
import { IngestApp } from '../../test/ingest-app.js';
import { CommitRequests } from './commit-requests.js';
import type { ReceivedRequest } from './received-request.js';

const CAPACITY = 10_000;

describe('CommitRequests', () => {
  let ingest: IngestApp;
  let commitRequests: CommitRequests;
  let integrationId: ReceivedRequest['integration']['integrationId'];

  beforeAll(async () => {
    ingest = await IngestApp.start();
    commitRequests = ingest.app.app.get(CommitRequests, { strict: false });
    integrationId = parseId('Integration', (await ingest.connect()).id);
  });

  afterAll(() => ingest.close());

  const request = (): ReceivedRequest => {
    const requestId = newId('WebhookRequest');
    return {
      integration: { companyId: ingest.company, integrationId, kind: 'native' },
      requestId,
      externalId: requestId,
      contentHash: '00',
      eventType: null,
      receivedAt: new Date(),
      headers: {},
      body: Buffer.from('{}'),
    };
  };

  it('answers each of a batch for itself', async () => {
    const [one, other] = [request(), request()];
    const again = { ...one, requestId: newId('WebhookRequest') };
    expect(await Promise.all([one, other, again].map((each) => commitRequests.execute(each)))).toEqual([
      { status: 'accepted', requestId: one.requestId },
      { status: 'accepted', requestId: other.requestId },
      { status: 'duplicate', requestId: one.requestId },
    ]);
  });

  it('refuses one that cannot be stored alone, not the others of its batch', async () => {
    const broken = { ...request(), externalId: 'NUL \0' };
    const [refused, accepted] = await Promise.allSettled(
      [broken, request()].map((each) => commitRequests.execute(each)),
    );
    expect(refused).toMatchObject({
      status: 'rejected',
      reason: { message: 'a request could not be stored' },
    });
    expect(accepted).toMatchObject({ status: 'fulfilled', value: { status: 'accepted' } });
  });

  it('holds 10,000 while PostgreSQL stalls, gives them up at its deadline, and goes on after', async () => {
    await ingest.admin.query('begin');
    await ingest.admin.query('lock table tracking.request_key in access exclusive mode');
    const held = Array.from({ length: CAPACITY }, () => commitRequests.execute(request()));
    await expect(commitRequests.execute(request())).rejects.toMatchObject({
      kind: 'transient',
      code: 'ingest.busy',
    });
    const answers = await Promise.allSettled(held);
    expect(new Set(answers.map((answer) => answer.status === 'rejected' && answer.reason.code))).toEqual(
      new Set(['database_slow']),
    );
    await ingest.admin.query('rollback');
    const next = await eventually(() => commitRequests.execute(request()).catch(() => null));
    expect(next).toMatchObject({ status: 'accepted' });
  });
});
