import { InvalidField } from '#kernel';

const MAX_LENGTH = 253;
const MESSAGE = 'must be a domain such as shop.example, without scheme, port, path or wildcard';

/**
 * Reads a domain as URLs name it: lower case, international names in their ASCII form.
 * @throws InvalidInput `domain.invalid`
 */
export function parseDomain(text: string, field: string): string {
  const url = `https://${text}/`;
  const { host, href } = URL.canParse(url) ? new URL(url) : { host: '', href: '' };
  const isHostAlone = host !== '' && href === `https://${host}/` && !/[/\\?#@:\s]/.test(text);
  // A name without a dot would let a whole top-level domain through.
  const isDomain = /^[^.*]+(\.[^.*]+)+$/.test(host) || host === 'localhost';
  if (isHostAlone && isDomain && host.length <= MAX_LENGTH) return host;
  throw new InvalidField('domain.invalid', field, MESSAGE);
}
