import { asId, type Id } from '#kernel';

const NAME = 'fairlead_visitor=';
const MAX_AGE_SECONDS = 90 * 24 * 60 * 60;
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ID_LENGTH = 36;

/**
 * The cookie that joins one browser's clicks. Host-only (no `Domain`), unreadable for scripts, and 90 days
 * from the last click: the window itself is enforced on the server by click time.
 */
export class VisitorCookie {
  readonly #attributes: string;

  /** @param publicUrl where visitors reach this server; only on loopback may the cookie go unencrypted */
  constructor(publicUrl: string) {
    const secure = isLoopback(new URL(publicUrl).hostname) ? '' : '; Secure';
    this.#attributes = `; Max-Age=${MAX_AGE_SECONDS}; Path=/; HttpOnly${secure}; SameSite=Lax`;
  }

  /** The value of `Set-Cookie`. */
  header(visitorId: Id<'Visitor'>): string {
    return `${NAME}${visitorId}${this.#attributes}`;
  }

  /** The visitor a `Cookie` header names, or null. By hand: a parser of the whole header costs more than all else. */
  read(header: string | undefined): Id<'Visitor'> | null {
    if (header === undefined) return null;
    const at = header.startsWith(NAME) ? 0 : header.indexOf(`; ${NAME}`) + 2;
    if (at === 1) return null;
    const value = header.slice(at + NAME.length, at + NAME.length + ID_LENGTH);
    return ID.test(value) ? asId('Visitor', value) : null;
  }
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
