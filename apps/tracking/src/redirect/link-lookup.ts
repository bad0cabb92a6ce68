import { Injectable } from '@nestjs/common';
import { within } from '#kernel';
import { SLUG } from '../link/slug.js';
import { LinkDirectory } from './link-directory.js';
import { LinkSource } from './link-source.js';
import type { LinkTarget } from './link-target.js';

/** A visitor does not wait longer for an answer about a link that memory does not know. */
const DEADLINE_MS = 1_000;

/**
 * Asks PostgreSQL about slugs that memory does not know. One query at a time answers all who asked
 * meanwhile, so that somebody who guesses slugs costs little.
 */
@Injectable()
export class LinkLookup {
  #wanted = new Set<string>();
  #next: Promise<void> | undefined;
  #running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly directory: LinkDirectory,
    private readonly source: LinkSource,
  ) {}

  /** @returns null when there is no such link. @throws whatever keeps PostgreSQL from answering */
  async find(slug: string): Promise<LinkTarget | null> {
    if (!SLUG.test(slug) || this.directory.isUnknown(slug)) return null;
    this.#wanted.add(slug);
    this.#next ??= this.#running.then(() => this.#ask());
    await within(DEADLINE_MS, this.#next);
    return this.directory.find(slug) ?? null;
  }

  #ask(): Promise<void> {
    const slugs = this.#wanted;
    this.#wanted = new Set();
    this.#next = undefined;
    const answer = within(DEADLINE_MS, this.#load(slugs));
    this.#running = answer.catch(() => undefined);
    return answer;
  }

  async #load(slugs: ReadonlySet<string>): Promise<void> {
    const links = await this.source.bySlugs([...slugs]);
    for (const slug of slugs) this.directory.markUnknown(slug);
    for (const link of links) this.directory.put(link);
  }
}
