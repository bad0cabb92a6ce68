import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Id } from '#kernel';
import type { Link } from '../link/link.js';
import { type LinkTarget, linkTarget } from './link-target.js';

/** About 1 kB each. */
export const MAX_LINKS = 100_000;

/** How long "there is no such link" is believed; also how stale a redirect may be. */
const UNKNOWN_FOR_MS = 5_000;

/** The links in memory: what a redirect is answered from, whatever happens to PostgreSQL. */
@Injectable()
export class LinkDirectory {
  readonly #targets = new LRUCache<string, LinkTarget>({ max: MAX_LINKS });
  readonly #unknown = new LRUCache<string, true>({ max: 10_000, ttl: UNKNOWN_FOR_MS });

  /** Whose links these are. */
  readonly companies = new Set<Id<'Company'>>();

  find(slug: string): LinkTarget | undefined {
    return this.#targets.get(slug);
  }

  /** Whether PostgreSQL said a moment ago that no link has this slug. */
  isUnknown(slug: string): boolean {
    return this.#unknown.has(slug);
  }

  put(link: Link): void {
    this.#targets.set(link.slug, linkTarget(link));
    this.#unknown.delete(link.slug);
    this.companies.add(link.companyId);
  }

  markUnknown(slug: string): void {
    this.#unknown.set(slug, true);
  }

  /** Least recently used first, so that putting them back in this order restores the directory. */
  *links(): Generator<Link> {
    for (const target of this.#targets.rvalues()) if (target) yield target.link;
  }
}
