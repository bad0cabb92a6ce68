import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AppConfig } from '#config';
import { companyScope, Database } from '#database';
import { parseDestination } from '../link/destination.js';
import { LinkDirectory } from './link-directory.js';

/**
 * Where a visitor goes whose link cannot be looked up. A slug names no company, so this is known only where
 * all links are one company's; nobody is sent to the page of a company they did not ask for.
 */
@Injectable()
export class FallbackUrl implements OnModuleInit {
  readonly #path: string;
  #url: string | null = null;

  constructor(
    config: AppConfig,
    private readonly database: Database,
    private readonly directory: LinkDirectory,
  ) {
    this.#path = join(config.dataDir, 'tracking', 'fallback-url');
  }

  get url(): string | null {
    return this.#url;
  }

  /** What was last known, for a start without PostgreSQL. */
  async onModuleInit(): Promise<void> {
    const text = await readFile(this.#path, 'utf8').catch(() => '');
    this.#url = urlOf(text);
  }

  async refresh(): Promise<void> {
    const url = await this.#read();
    if (url === this.#url) return;
    this.#url = url;
    await mkdir(dirname(this.#path), { recursive: true });
    await writeFile(this.#path, url ?? '', { mode: 0o600 });
  }

  async #read(): Promise<string | null> {
    const [companyId, ...others] = this.directory.companies;
    if (companyId === undefined || others.length > 0) return null;
    const rows = await this.database.transaction(companyScope(companyId), (tx) =>
      tx.query<{ fallback_url: string | null }>('select fallback_url from access.published_company'),
    );
    return urlOf(rows[0]?.fallback_url ?? '');
  }
}

/** A fallback that is no address to redirect to is none. */
function urlOf(text: string): string | null {
  try {
    return parseDestination(text);
  } catch {
    return null;
  }
}
