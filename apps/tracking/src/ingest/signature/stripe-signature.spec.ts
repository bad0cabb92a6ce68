import { createHmac } from 'node:crypto';
import { Stripe } from 'stripe';
import { verifyStripeSignature } from './stripe-signature.js';

const SECRET = 'whsec_test_first_secret';
const NOW = new Date('2026-05-12T12:00:00.500Z');
const SECONDS = Math.floor(NOW.getTime() / 1000);
const PAYLOAD = '{"id":"evt_1","object":"event"}';

const headerOf = (secret: string, timestamp = SECONDS, payload = PAYLOAD) =>
  Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });

const verify = (header: string | undefined, payload = PAYLOAD, secrets = [SECRET]) =>
  verifyStripeSignature(
    header === undefined ? {} : { 'stripe-signature': header },
    Buffer.from(payload),
    secrets,
    NOW,
  );

describe('Stripe signatures', () => {
  it("accepts what Stripe's library signs, with any secret in force", () => {
    expect(verify(headerOf(SECRET))).toBeNull();
    expect(verify(headerOf('whsec_second'), PAYLOAD, [SECRET, 'whsec_second'])).toBeNull();
  });

  it('agrees with the library on what it accepts and refuses', () => {
    const right = headerOf(SECRET);
    const [time = '', signature = ''] = right.split(',');
    const cases = [
      right,
      `${time},v0=abc,${signature}`,
      `${time},v1=abc,${signature}`,
      `${signature},${time}`,
      `${right},v1=abc`,
      `t=1,${right}`,
      `${right},t=1`,
      `${time},${signature.toUpperCase()}`,
      `${time},${signature}0`,
      `${time},v0${signature.slice(2)}`,
      ` ${right}`,
      `${time}, ${signature}`,
      `t=,${signature}`,
      time,
      signature,
      '',
      headerOf('whsec_of_another_company'),
      headerOf(SECRET, SECONDS, `${PAYLOAD} `),
    ];
    for (const header of cases) {
      let isAcceptedByLibrary = true;
      try {
        Stripe.webhooks.constructEvent(PAYLOAD, header, SECRET, 0);
      } catch {
        isAcceptedByLibrary = false;
      }
      const fault = verify(header);
      const isAccepted = fault === null || fault === 'TOO_OLD';
      expect([header, isAccepted]).toEqual([header, isAcceptedByLibrary]);
    }
  });

  it('refuses a body changed in bytes that decode alike', () => {
    const [one, other] = [Buffer.from([0x22, 0xff, 0x22]), Buffer.from([0x22, 0xfe, 0x22])];
    const signature = createHmac('sha256', SECRET).update(`${SECONDS}.`).update(one).digest('hex');
    const headers = { 'stripe-signature': `t=${SECONDS},v1=${signature}` };
    expect(verifyStripeSignature(headers, one, [SECRET], NOW)).toBeNull();
    expect(verifyStripeSignature(headers, other, [SECRET], NOW)).toBe('NO_MATCH');
  });

  it('refuses another secret, another body, no header and a garbled one', () => {
    expect(verify(headerOf('whsec_of_another_company'))).toBe('NO_MATCH');
    expect(verify(headerOf(SECRET), `${PAYLOAD} `)).toBe('NO_MATCH');
    expect(verify(headerOf(SECRET).slice(0, -1))).toBe('NO_MATCH');
    expect(verify(undefined)).toBe('MISSING');
    expect(verify('v1=abc')).toBe('MALFORMED');
    expect(verify('nonsense')).toBe('MALFORMED');
    expect(verify(headerOf(SECRET), PAYLOAD, [])).toBe('NO_MATCH');
  });

  it('accepts five minutes either way and not a second more', () => {
    expect(verify(headerOf(SECRET, SECONDS - 300))).toBeNull();
    expect(verify(headerOf(SECRET, SECONDS - 301))).toBe('TOO_OLD');
    expect(verify(headerOf(SECRET, SECONDS + 300))).toBeNull();
    expect(verify(headerOf(SECRET, SECONDS + 301))).toBe('IN_FUTURE');
  });

  it('judges the age by the time that was signed, not by one put before it', () => {
    const [signedLongAgo] = [headerOf(SECRET, SECONDS - 3_600)];
    expect(verify(`t=${SECONDS},${signedLongAgo}`)).toBe('TOO_OLD');
    expect(verify(`${signedLongAgo},t=${SECONDS}`)).toBe('NO_MATCH');
  });
});
