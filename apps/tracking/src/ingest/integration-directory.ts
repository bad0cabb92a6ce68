import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { SecretBox } from '#config';
import { Database } from '#database';
import { asId, type Id, NotFound, parseId, TookTooLong, Unavailable, within } from '#kernel';
import { type Integration, type IntegrationKind, SECRET_PURPOSE } from '../integration/integration.js';
import { type Signer, signerOf } from './signature/signer.js';

/** All that the border must know of an integration. */
export interface KnownIntegration extends Integration {
  readonly signer: Signer;
}

interface Entry {
  readonly known: KnownIntegration | null;
  readonly loadedAt: number;
  lastUsedAt: number;
}

const STALE_AFTER_MS = 5_000;
const REFRESH_EVERY_MS = 2_000;
const READ_DEADLINE_MS = 3_000;
const FORGET_AFTER_MS = 60_000;
const MAX_ENTRIES = 10_000;

/**
 * Integrations and their opened secrets, from memory: at most 5 s stale, so a revoked secret stops working
 * by then. Entries in use are refreshed together in the background; what is not here is read when asked for.
 */
@Injectable()
export class IntegrationDirectory implements OnModuleInit, OnModuleDestroy {
  readonly #database: Database;
  readonly #entries = new Map<string, Entry>();
  readonly #loading = new Map<string, Promise<KnownIntegration>>();
  #isRefreshing = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    database: Database,
    private readonly secretBox: SecretBox,
  ) {
    this.#database = database.as('bus');
  }

  onModuleInit(): void {
    this.#timer = setInterval(() => void this.#refresh(), REFRESH_EVERY_MS);
    this.#timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.#timer);
  }

  /**
   * @param publicId as the ingest URL names it
   * @throws NotFound when there is no such integration; Unavailable when the database does not say in time
   */
  find(publicId: string): KnownIntegration | Promise<KnownIntegration> {
    const entry = this.#entries.get(publicId);
    const now = performance.now();
    if (entry && now - entry.loadedAt < STALE_AFTER_MS) {
      entry.lastUsedAt = now;
      return orNotFound(entry.known);
    }
    const loading = this.#loading.get(publicId) ?? this.#load(publicId);
    this.#loading.set(publicId, loading);
    return loading.finally(() => this.#loading.delete(publicId));
  }

  async #load(publicId: string): Promise<KnownIntegration> {
    const integrationId = parseId('Integration', publicId, 'integration');
    const [found] = await this.#read([integrationId]);
    this.#remember(publicId, found ?? null);
    return orNotFound(found ?? null);
  }

  async #refresh(): Promise<void> {
    const now = performance.now();
    for (const [publicId, entry] of this.#entries) {
      if (now - entry.lastUsedAt > FORGET_AFTER_MS) this.#entries.delete(publicId);
    }
    const ids = new Map(
      [...this.#entries.keys()].map((publicId) => [parseId('Integration', publicId), publicId]),
    );
    if (ids.size === 0 || this.#isRefreshing) return;
    this.#isRefreshing = true;
    try {
      const found = new Map((await this.#read([...ids.keys()])).map((known) => [known.integrationId, known]));
      for (const [id, publicId] of ids) {
        const entry = this.#entries.get(publicId);
        if (entry) this.#entries.set(publicId, { ...entry, known: found.get(id) ?? null, loadedAt: now });
      }
    } catch {
      // The database is away: entries grow stale, and the next request that needs one meets the error itself.
    } finally {
      this.#isRefreshing = false;
    }
  }

  #remember(publicId: string, known: KnownIntegration | null): void {
    if (this.#entries.size >= MAX_ENTRIES) this.#entries.clear();
    const now = performance.now();
    this.#entries.set(publicId, { known, loadedAt: now, lastUsedAt: now });
  }

  async #read(ids: readonly Id<'Integration'>[]): Promise<KnownIntegration[]> {
    try {
      return await within(READ_DEADLINE_MS, this.#query(ids));
    } catch (error) {
      if (!(error instanceof TookTooLong)) throw error;
      throw new Unavailable('database_slow', 'The database did not answer in time. Send the request again.');
    }
  }

  async #query(ids: readonly Id<'Integration'>[]): Promise<KnownIntegration[]> {
    const rows = await this.#database.transaction({ companies: [] }, (tx) =>
      tx.query<{ company_id: string; integration_id: string; kind: IntegrationKind; sealed: string[] }>(
        `select i.company_id, i.integration_id, i.kind,
           coalesce(array_agg(s.sealed order by s.secret_id) filter (where s.sealed is not null), '{}') as sealed
         from tracking.integration i
           left join tracking.integration_secret s
             on (s.company_id, s.integration_id) = (i.company_id, i.integration_id) and s.revoked_at is null
         where i.integration_id = any($1::uuid[])
         group by i.company_id, i.integration_id`,
        [ids],
      ),
    );
    return rows.map((row) => ({
      companyId: asId('Company', row.company_id),
      integrationId: asId('Integration', row.integration_id),
      kind: row.kind,
      signer: signerOf(
        row.kind,
        row.sealed.map((sealed) => this.secretBox.open(SECRET_PURPOSE, sealed)),
      ),
    }));
  }
}

function orNotFound(known: KnownIntegration | null): KnownIntegration {
  if (!known) throw new NotFound('integration');
  return known;
}
