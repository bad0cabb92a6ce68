import { randomBytes } from 'node:crypto';
import { newId } from '#kernel';
import { asCompany, eventually } from '#testing';
import { IngestApp, now, order, signed } from './ingest-app.js';

describe('bad input to ingest', () => {
  let ingest: IngestApp;

  beforeAll(async () => {
    ingest = await IngestApp.start();
  });

  afterAll(() => ingest.close());

  it('A-24 refuses wrong, missing, old, future and other companies’ signatures with 401, and counts them', async () => {
    const of = newId('Company');
    const shop = await ingest.connect(of);
    const stranger = await ingest.connect(newId('Company'));
    const body = order('forged');
    const right = signed(shop.secret, 'msg_f', body);
    const { 'webhook-signature': _, ...unsigned } = right;
    const attempts: [Record<string, string>, string][] = [
      [{ ...right, 'webhook-signature': `v1,${randomBytes(32).toString('base64')}` }, 'signature.no_match'],
      [unsigned, 'signature.missing'],
      [signed(shop.secret, 'msg_f', body, now() - 310), 'signature.too_old'],
      [signed(shop.secret, 'msg_f', body, now() + 310), 'signature.in_future'],
      [signed(stranger.secret, 'msg_f', body), 'signature.no_match'],
      [signed(shop.secret, 'msg_f', `${body} `), 'signature.no_match'],
    ];
    for (const [headers, code] of attempts) {
      const answer = await ingest.post(shop.path, headers, body);
      expect([answer.status, answer.body.code]).toEqual([401, code]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
    const path = `/v1/integrations/${shop.id}/signature-failures`;
    const counted = await eventually(async () => {
      const { body: list } = await ingest.app.call('GET', path, asCompany(of));
      const total = list.data.reduce((sum: number, row: { failures: number }) => sum + row.failures, 0);
      return total === attempts.length ? list.data : null;
    });
    expect(counted.map((row: { reason: string; failures: number }) => [row.reason, row.failures])).toEqual([
      ['IN_FUTURE', 1],
      ['MISSING', 1],
      ['NO_MATCH', 3],
      ['TOO_OLD', 1],
    ]);
    expect(JSON.stringify(counted)).not.toContain(right['webhook-signature']);
    expect((await ingest.app.call('GET', path, asCompany(newId('Company')))).status).toBe(404);
    const stored = await ingest.admin.query('select 1 from tracking.request_key where company_id = $1', [of]);
    expect(stored.rowCount).toBe(0);
  });

  it('takes signatures almost five minutes old or ahead', async () => {
    const shop = await ingest.connect();
    for (const [id, shift] of [
      ['msg_o', -290],
      ['msg_n', 290],
    ] as const) {
      const body = order(id);
      expect((await ingest.post(shop.path, signed(shop.secret, id, body, now() + shift), body)).status).toBe(
        202,
      );
    }
  });

  it('takes exactly 1,000,000 bytes and refuses one more with 413', async () => {
    const shop = await ingest.connect();
    const full = order('full').padEnd(1_000_000, ' ');
    expect((await ingest.send(shop, 'msg_full', full)).status).toBe(202);
    const over = await ingest.send(shop, 'msg_over', `${full} `);
    expect([over.status, over.body.code]).toEqual([413, 'body_too_large']);
  });

  it('A-24 keeps what is signed but cannot be read, byte for byte, as a dead letter with its reason', async () => {
    const shop = await ingest.connect();
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const cases: [string, Buffer, string][] = [
      ['msg_d1', Buffer.from('{"type":"order.placed"'), 'INVALID_JSON'],
      ['msg_d2', Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x00, 0x22, 0x7d]), 'INVALID_UTF8'],
      ['msg_d3', Buffer.from('{"type":"order.placed\0"}'), 'INVALID_JSON'],
      ['msg_d4', Buffer.from(deep), 'NESTED_TOO_DEEP'],
      ['msg_d5', Buffer.from(order('\u0000')), 'FIELD_INVALID'],
      ['msg_d6', Buffer.from(order('d6').replace('1000', '-1')), 'AMOUNT_INVALID'],
      ['msg_d7', Buffer.from(order('d7').replace('1000', '9007199254740993')), 'AMOUNT_INVALID'],
      ['msg_d8', Buffer.from(order('d8').replace('EUR', 'ZZZ')), 'CURRENCY_UNKNOWN'],
      ['msg_d9', Buffer.alloc(0), 'INVALID_JSON'],
    ];
    for (const [id, body, code] of cases) {
      const answer = await ingest.send(shop, id, body);
      expect([id, answer.status]).toEqual([id, 202]);
      const detail = await ingest.detailOf(answer.body.requestId);
      expect([id, detail.state, detail.reason]).toEqual([id, 'dead', code]);
      const { rows } = await ingest.admin.query('select body from tracking.raw_body where external_id = $1', [
        id,
      ]);
      expect(rows[0].body).toEqual(body);
    }
    await ingest.admin.query(`select set_config('fairlead.companies', '{${ingest.company}}', false)`);
    const view = await ingest.admin.query<{ body: string }>(
      `select body from tracking.published_webhook_request where external_id = 'msg_d2'`,
    );
    expect(view.rows[0]?.body).toBe('{"\\303(\\000"}');
  });

  it('takes any content type on the ingest route, and only JSON elsewhere', async () => {
    const shop = await ingest.connect();
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/cloudevents+json']) {
      const body = order(type);
      const headers = { ...signed(shop.secret, `msg_${type}`, body), 'content-type': type };
      expect([type, (await ingest.post(shop.path, headers, body)).status]).toEqual([type, 202]);
    }
    const elsewhere = await ingest.post(
      '/v1/integrations',
      { ...asCompany(ingest.company), 'content-type': 'text/plain' },
      '{}',
    );
    expect(elsewhere.status).toBe(415);
  });
});
