import { InvalidField } from '#kernel';

const MAX_LENGTH = 2048;

/**
 * Reads the page that a requested link should lead to, as a browser would: one spelling for one page, and of ASCII
 * alone, however it was written.
 * @throws InvalidInput `link_request.destination_invalid`
 */
export function parsePage(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw refusal('must be an address that starts with "https://" or "http://"');
  }
  if (url.username !== '' || url.password !== '') throw refusal('must not carry a user name or password');
  if (url.href.length > MAX_LENGTH) throw refusal(`must be at most ${MAX_LENGTH} characters`);
  return url.href;
}

const refusal = (message: string) =>
  new InvalidField('link_request.destination_invalid', 'destinationUrl', message);
