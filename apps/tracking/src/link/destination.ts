import { InvalidField } from '#kernel';

/** The parameter of the destination that carries the click id to the company's platform. */
export const CLICK_PARAMETER = 'fl_click';

const MAX_LENGTH = 2048;

/**
 * Reads where a link leads: an absolute http(s) URL of printable ASCII once normalised, so that it can be a
 * `Location` header as it is. A click id copied along with it is dropped.
 * @throws InvalidInput `link.destination_invalid`
 */
export function parseDestination(text: string): string {
  // URL silently drops tabs and line breaks: whoever sends them means no good.
  const hasControls = /\p{Cc}/u.test(text);
  const url = !hasControls && URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw refusal('must be an absolute URL that starts with https:// or http://');
  }
  if (url.username !== '' || url.password !== '') throw refusal('must not carry a user name or password');
  const destination = withoutClickId(url).href;
  if (destination.length > MAX_LENGTH) throw refusal(`must be at most ${MAX_LENGTH} characters`);
  return destination;
}

/** Works on the raw text: `searchParams.delete` would re-encode what belongs to the company. */
function withoutClickId(url: URL): URL {
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((pair) => nameOf(pair) !== CLICK_PARAMETER);
  if (kept.join('&') !== url.search.slice(1)) url.search = kept.join('&');
  return url;
}

/** As the page it leads to reads it: `fl%5Fclick` is the same name, and the first of a name counts. */
const nameOf = (pair: string): string | undefined => new URLSearchParams(pair).keys().next().value;

function refusal(message: string): InvalidField {
  return new InvalidField('link.destination_invalid', 'destinationUrl', message);
}
