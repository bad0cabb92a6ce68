import { createHmac, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { standardWebhookKey, verifyStandardWebhook } from './standard-webhooks.js';

const secretOf = () => `whsec_${randomBytes(32).toString('base64')}`;
const keysOf = (...secrets: string[]) => secrets.map(standardWebhookKey).filter((key) => key !== null);

const SECRET = secretOf();
const NOW = new Date('2026-05-12T12:00:00.500Z');
const SECONDS = Math.floor(NOW.getTime() / 1000);
const BODY = Buffer.from('{"type":"order.placed"}');

function headersOf(secret: string, seconds = SECONDS, body = BODY, id = 'msg_1') {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': new Webhook(secret).sign(id, new Date(seconds * 1000), body.toString()),
  };
}

const verify = (headers: Record<string, string>, body = BODY, keys = keysOf(SECRET)) =>
  verifyStandardWebhook(headers, body, keys, NOW);

describe('Standard Webhooks signatures', () => {
  it('accepts what the standardwebhooks library signs, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[!-~]{1,50}$/), (text, id) => {
        const body = Buffer.from(text);
        expect(verify(headersOf(SECRET, SECONDS, body, id), body)).toBeNull();
      }),
    );
  });

  it('agrees with the library on what it accepts and refuses', () => {
    const seconds = Math.floor(Date.now() / 1000);
    const right = headersOf(SECRET, seconds);
    const signature = right['webhook-signature'];
    const cases = [
      right,
      { ...right, 'webhook-signature': `v1,AAAA ${signature}` },
      { ...right, 'webhook-signature': `v1a,xyz ${signature}` },
      { ...right, 'webhook-signature': signature.slice(0, -1) },
      { ...right, 'webhook-signature': `${signature}=` },
      { ...right, 'webhook-signature': signature.replace('v1,', 'v2,') },
      { ...right, 'webhook-signature': '' },
      { ...right, 'webhook-id': 'msg_2' },
      { ...right, 'webhook-timestamp': String(seconds + 1) },
      headersOf(secretOf(), seconds),
      headersOf(SECRET, seconds - 301),
      headersOf(SECRET, seconds + 302),
    ];
    for (const headers of cases) {
      let isAcceptedByLibrary = true;
      try {
        new Webhook(SECRET).verify(BODY, headers);
      } catch {
        isAcceptedByLibrary = false;
      }
      const fault = verifyStandardWebhook(headers, BODY, keysOf(SECRET), new Date());
      expect([headers, fault === null]).toEqual([headers, isAcceptedByLibrary]);
    }
  });

  it('accepts five minutes either way and not a second more', () => {
    expect(verify(headersOf(SECRET, SECONDS - 300))).toBeNull();
    expect(verify(headersOf(SECRET, SECONDS - 301))).toBe('TOO_OLD');
    expect(verify(headersOf(SECRET, SECONDS + 300))).toBeNull();
    expect(verify(headersOf(SECRET, SECONDS + 301))).toBe('IN_FUTURE');
  });

  it('refuses a changed body, also one changed in bytes that decode alike', () => {
    expect(verify(headersOf(SECRET), Buffer.from('{"type": "order.placed"}'))).toBe('NO_MATCH');
    const sign = (body: Buffer) =>
      `v1,${createHmac('sha256', Buffer.from(SECRET.slice(6), 'base64'))
        .update(`msg_1.${SECONDS}.`)
        .update(body)
        .digest('base64')}`;
    const [one, other] = [Buffer.from([0x22, 0xff, 0x22]), Buffer.from([0x22, 0xfe, 0x22])];
    const headers = { ...headersOf(SECRET), 'webhook-signature': sign(one) };
    expect(verify(headers, one)).toBeNull();
    expect(verify(headers, other)).toBe('NO_MATCH');
  });

  it('accepts any secret in force while they rotate, and none of another company', () => {
    const [next, others] = [secretOf(), secretOf()];
    expect(verify(headersOf(next), BODY, keysOf(SECRET, next))).toBeNull();
    expect(verify(headersOf(SECRET), BODY, keysOf(SECRET, next))).toBeNull();
    expect(verify(headersOf(SECRET), BODY, keysOf(next))).toBe('NO_MATCH');
    expect(verify(headersOf(others))).toBe('NO_MATCH');
    expect(verify(headersOf(SECRET), BODY, [])).toBe('NO_MATCH');
  });

  it('tells what is missing or malformed', () => {
    const right = headersOf(SECRET);
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const) {
      const { [name]: _, ...rest } = right;
      expect(verify(rest)).toBe('MISSING');
    }
    expect(verify({ ...right, 'webhook-id': 'a b' })).toBe('MALFORMED');
    expect(verify({ ...right, 'webhook-id': 'x'.repeat(256) })).toBe('MALFORMED');
    expect(verify({ ...right, 'webhook-timestamp': `${SECONDS}abc` })).toBe('MALFORMED');
    expect(verify({ ...right, 'webhook-signature': 'sha256=abc' })).toBe('MALFORMED');
  });
});
