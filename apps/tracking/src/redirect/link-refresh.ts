import { join } from 'node:path';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { AppConfig } from '#config';
import { FallbackUrl } from './fallback-url.js';
import { LinkDirectory, MAX_LINKS } from './link-directory.js';
import { readSnapshot, writeSnapshot } from './link-snapshot.js';
import { LinkSource, type Mark } from './link-source.js';

const EVERY_MS = 2_000;
const SNAPSHOT_EVERY_MS = 10_000;

/**
 * Keeps the directory no more than 5 s behind PostgreSQL, and a snapshot of it on disk, read at boot so
 * that redirects work when PostgreSQL is away just then.
 */
@Injectable()
export class LinkRefresh implements OnModuleInit, OnApplicationShutdown {
  readonly #logger = new Logger(LinkRefresh.name);
  readonly #path: string;
  #mark: Mark | null = null;
  #snapshotOf: string | null = null;
  #snapshotAt = -Infinity;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #isFailing = false;

  constructor(
    config: AppConfig,
    private readonly directory: LinkDirectory,
    private readonly source: LinkSource,
    private readonly fallback: FallbackUrl,
  ) {
    this.#path = join(config.dataDir, 'tracking', 'links.ndjson');
  }

  async onModuleInit(): Promise<void> {
    for (const link of await readSnapshot(this.#path)) this.directory.put(link);
    this.#schedule(0);
  }

  async onApplicationShutdown(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#running;
    clearTimeout(this.#timer);
    await this.#writeSnapshot();
  }

  #schedule(afterMs: number): void {
    this.#timer = setTimeout(() => {
      this.#running = this.#refresh().finally(() => this.#schedule(EVERY_MS));
    }, afterMs);
  }

  async #refresh(): Promise<void> {
    try {
      const { links, mark } = await this.source.changedSince(this.#mark, MAX_LINKS, performance.now());
      for (const link of links.toReversed()) this.directory.put(link);
      this.#mark = mark;
      await this.fallback.refresh();
      if (performance.now() - this.#snapshotAt >= SNAPSHOT_EVERY_MS) await this.#writeSnapshot();
      this.#isFailing = false;
    } catch (error) {
      if (!this.#isFailing) this.#logger.warn({ err: error }, 'links.refresh_failed');
      this.#isFailing = true;
    }
  }

  async #writeSnapshot(): Promise<void> {
    const newest = this.#mark?.newest ?? null;
    if (newest === this.#snapshotOf) return;
    await writeSnapshot(this.#path, this.directory.links());
    this.#snapshotOf = newest;
    this.#snapshotAt = performance.now();
  }
}
