import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { companyScope, Database, insertRows } from '#database';
import { Clock } from '#kernel';
import type { Integration } from '../integration/integration.js';
import type { SignatureFault } from './signature/verdict.js';

interface Tally {
  readonly integration: Integration;
  readonly reason: SignatureFault;
  readonly lastAt: Date;
  readonly failures: number;
  readonly sample: Readonly<Record<string, string>>;
}

const FLUSH_EVERY_MS = 1_000;

/**
 * Counts requests whose signature was wrong: one row per integration, reason and day, with the newest
 * request's headers as a sample. Nothing of them is trusted, and a flood costs one row per second.
 */
@Injectable()
export class SignatureFailures implements OnModuleInit, OnModuleDestroy {
  readonly #database: Database;
  readonly #logger = new Logger(SignatureFailures.name);
  readonly #tallies = new Map<string, Tally>();
  #timer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> | undefined;

  constructor(
    database: Database,
    private readonly clock: Clock,
  ) {
    this.#database = database.as('bus');
  }

  onModuleInit(): void {
    this.#timer = setInterval(() => {
      this.#flushing ??= this.#flush().finally(() => (this.#flushing = undefined));
    }, FLUSH_EVERY_MS);
    this.#timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.#timer);
    await this.#flushing;
    await this.#flush();
  }

  /** @param sample headers that help to find the sender; no signature, no secret */
  count(integration: Integration, reason: SignatureFault, sample: Readonly<Record<string, string>>): void {
    const key = `${integration.integrationId} ${reason}`;
    const failures = (this.#tallies.get(key)?.failures ?? 0) + 1;
    this.#tallies.set(key, { integration, reason, lastAt: this.clock.now(), failures, sample });
  }

  async #flush(): Promise<void> {
    const tallies = [...this.#tallies].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, tally]) => tally);
    if (tallies.length === 0) return;
    this.#tallies.clear();
    try {
      const companies = new Set(tallies.map(({ integration }) => integration.companyId));
      await this.#database.transaction(companyScope(...companies), (tx) =>
        insertRows(tx, 'tracking.signature_failure', COLUMNS, tallies.map(rowOf), ADD_UP),
      );
    } catch (error) {
      this.#logger.warn({ err: error, counts: tallies.length }, 'signature_failures.not_counted');
    }
  }
}

const COLUMNS = {
  company_id: 'uuid',
  integration_id: 'uuid',
  reason: 'text',
  day: 'date',
  failures: 'bigint',
  last_at: 'timestamptz',
  sample: 'jsonb',
};

const ADD_UP = `on conflict (company_id, integration_id, reason, day) do update
  set failures = signature_failure.failures + excluded.failures, last_at = excluded.last_at,
    sample = excluded.sample`;

const rowOf = ({ integration, reason, lastAt, failures, sample }: Tally) => ({
  company_id: integration.companyId,
  integration_id: integration.integrationId,
  reason,
  day: lastAt.toISOString().slice(0, 10),
  failures,
  last_at: lastAt,
  sample,
});
