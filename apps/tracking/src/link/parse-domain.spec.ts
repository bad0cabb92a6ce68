import { parseDomain } from './parse-domain.js';

describe('a destination domain', () => {
  it.each([
    ['shop.example', 'shop.example'],
    ['WWW.Shop.Example', 'www.shop.example'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['127.0.0.1', '127.0.0.1'],
    ['localhost', 'localhost'],
  ])('reads %j as %j', (text, domain) => {
    expect(parseDomain(text, 'domains.0')).toBe(domain);
  });

  it.each([
    '',
    'example',
    '.example',
    'shop.example.',
    '*.example',
    'https://shop.example',
    'shop.example/',
    'shop.example:443',
    'user@shop.example',
    'shop.example?',
    'shop example',
    'a\tb.example',
    `${'x'.repeat(63)}.`.repeat(4) + 'example',
  ])('refuses %j and says what would be right', (text) => {
    expect(() => parseDomain(text, 'domains.0')).toThrow(
      expect.objectContaining({
        code: 'domain.invalid',
        errors: [{ field: 'domains.0', message: expect.stringContaining('such as shop.example') }],
      }),
    );
  });
});
