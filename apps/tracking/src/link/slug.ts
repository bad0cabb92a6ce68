import { randomInt } from 'node:crypto';
import { InvalidField } from '#kernel';

/** Lower case only, so that a link typed by hand in capitals is still found. */
export const SLUG = /^[a-z0-9-]{3,64}$/;

/** No vowels, so no words; none that look alike. 26^8 is 2 × 10^11. */
const ALPHABET = 'bcdfghjkmnpqrstvwxz2345679';
const LENGTH = 8;

/** @throws InvalidInput `link.slug_invalid` */
export function parseSlug(text: string): string {
  const slug = text.toLowerCase();
  if (!SLUG.test(slug)) {
    throw new InvalidField(
      'link.slug_invalid',
      'slug',
      'must be 3 to 64 characters, each a letter a to z, a digit or a hyphen',
    );
  }
  return slug;
}

export function randomSlug(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}
