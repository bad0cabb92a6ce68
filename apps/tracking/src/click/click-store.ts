import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Pool } from 'pg';
import { Publisher } from '#bus';
import { AppConfig } from '#config';
import { Database } from '#database';
import { Clock, type Id } from '#kernel';
import type { Click } from './click.js';

/** A click stored later than this after it happened is announced: a conversion may have been decided without it. */
const LATE_AFTER_MS = 5_000;

/**
 * Writes clicks in sets; storing one again changes nothing. Fresh clicks go by a connection of their own, so
 * that a pool busy with other work never makes a visitor wait, and by one autocommitted statement.
 */
@Injectable()
export class ClickStore implements OnModuleInit {
  readonly #pool: Pool;

  constructor(
    config: AppConfig,
    private readonly database: Database,
    private readonly publisher: Publisher,
    private readonly clock: Clock,
  ) {
    this.#pool = new Pool({
      connectionString: config.databaseUrl,
      options: `-c role=fairlead_${database.role}`,
      max: 1,
      connectionTimeoutMillis: 2_000,
      query_timeout: 10_000,
      keepAlive: true,
    });
    // A connection that breaks while idle is replaced at the next query.
    this.#pool.on('error', () => {});
  }

  /** Connects ahead, so that the first visitor does not wait for it; PostgreSQL may be away just now. */
  onModuleInit(): void {
    this.#pool.query('select 1').catch(() => undefined);
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  /** Stores clicks that have just happened. */
  async store(clicks: readonly Click[]): Promise<void> {
    await this.#pool.query({ name: 'store_clicks', text: STORE_CLICKS, values: parametersOf(clicks) });
  }

  /**
   * Stores clicks that waited in the spool and announces the late ones in the same transaction. One that is
   * already stored is announced too: it may have been stored late by a commit that nobody waited for.
   */
  async storeSpooled(clicks: readonly Click[]): Promise<void> {
    const deadline = this.clock.now().getTime() - LATE_AFTER_MS;
    const late = clicks.filter((click) => click.clickedAt < deadline);
    await this.database.transaction({ companies: companiesOf(clicks) }, async (tx) => {
      await tx.query(STORE_CLICKS, parametersOf(clicks));
      await this.publisher.publish(tx, late.map(arrivedLate));
    });
  }
}

const STORE_CLICKS = 'select tracking.store_clicks($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)';

function parametersOf(clicks: readonly Click[]): (string | (string | null)[])[] {
  return [
    `{${companiesOf(clicks).join(',')}}`,
    arrayLiteral(clicks, (click) => click.companyId),
    arrayLiteral(clicks, (click) => click.clickId),
    arrayLiteral(clicks, (click) => click.visitorId),
    arrayLiteral(clicks, (click) => click.linkId),
    arrayLiteral(clicks, (click) => click.programId),
    arrayLiteral(clicks, (click) => click.partnershipId),
    arrayLiteral(clicks, (click) => click.clickedAt),
    clicks.map((click) => click.userAgent),
    clicks.map((click) => click.referrerHost),
  ];
}

/** UUIDs and numbers need no quoting, so this saves the driver's escaping of each one. */
function arrayLiteral(clicks: readonly Click[], of: (click: Click) => string | number): string {
  let text = '{';
  for (const click of clicks) text += text.length === 1 ? of(click) : `,${of(click)}`;
  return `${text}}`;
}

function companiesOf(clicks: readonly Click[]): Id<'Company'>[] {
  const companies = new Set<Id<'Company'>>();
  for (const click of clicks) companies.add(click.companyId);
  return [...companies];
}

function arrivedLate(click: Click) {
  const clickedAt = new Date(click.clickedAt);
  return {
    type: 'click.arrived_late',
    companyId: click.companyId,
    occurredAt: clickedAt,
    data: {
      clickId: click.clickId,
      visitorId: click.visitorId,
      partnershipId: click.partnershipId,
      clickedAt: clickedAt.toISOString(),
    },
  } as const;
}
