import { readConfig } from './app-config.js';
import { SecretBox } from './secret-box.js';

const complete = {
  DATABASE_URL: 'postgres://fairlead@127.0.0.1/fairlead',
  FAIRLEAD_SECRET_KEY: 'k'.repeat(32),
};

describe('readConfig', () => {
  it('fills in defaults and converts numbers', () => {
    expect(readConfig({ ...complete, PORT: '8080' })).toMatchObject({
      port: 8080,
      redisUrl: null,
      logLevel: 'info',
    });
  });

  it.each([
    [{ OIDC_ISSUER: 'https://id.example' }, /OIDC_CLIENT_ID must be set/],
    [{ OIDC_ISSUER: 'http://id.example', OIDC_CLIENT_ID: 'x' }, /OIDC_ISSUER must start with https/],
    [{ SIGN_IN_LINKS: 'off' }, /OIDC_ISSUER .* be set when SIGN_IN_LINKS is off/],
    [{ METRICS_TOKEN: 'short' }, /METRICS_TOKEN must be longer/],
  ])('refuses %j, which would let nobody in or everybody look', (settings, message) => {
    expect(() => readConfig({ ...complete, ...settings })).toThrow(message);
  });

  it('takes an issuer on loopback without TLS', () => {
    const issuer = { OIDC_ISSUER: 'http://127.0.0.1:9000', OIDC_CLIENT_ID: 'x', SIGN_IN_LINKS: 'off' };
    expect(readConfig({ ...complete, ...issuer })).toMatchObject({ oidcClientId: 'x', signInLinks: 'off' });
  });

  it('names every wrong variable and never shows a value', () => {
    const read = () => readConfig({ ...complete, FAIRLEAD_SECRET_KEY: 'hunter2', PORT: '99999' });
    expect(read).toThrow(/FAIRLEAD_SECRET_KEY must be longer than or equal to 32/);
    expect(read).toThrow(/PORT must not be greater than 65535/);
    expect(read).not.toThrow(/hunter2/);
  });
});

describe('SecretBox', () => {
  const box = new SecretBox('x'.repeat(32));

  it('opens what it sealed, for the same purpose only', () => {
    const sealed = box.seal('webhook', 'whsec_1');
    expect(sealed).not.toContain('whsec_1');
    expect(box.open('webhook', sealed)).toBe('whsec_1');
    expect(() => box.open('other', sealed)).toThrow(/authenticate/);
  });

  it('recognises its own tokens only', () => {
    const token = box.mac('sign-in', 'id-1');
    expect(box.isMac('sign-in', 'id-1', token)).toBe(true);
    expect(box.isMac('sign-in', 'id-2', token)).toBe(false);
    expect(box.isMac('sign-in', 'id-1', `${token}x`)).toBe(false);
  });
});
