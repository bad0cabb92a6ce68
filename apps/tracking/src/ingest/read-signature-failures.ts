import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import type { Id } from '#kernel';
import { getIntegration } from '../integration/integrations.js';
import type { SignatureFault } from './signature/verdict.js';

export interface SignatureFailureCount {
  /** UTC, `2026-05-12`. */
  readonly day: string;
  readonly reason: SignatureFault;
  readonly failures: number;
  readonly lastAt: Date;
  /** Headers of the newest one, sent by anybody. */
  readonly sample: Readonly<Record<string, string>>;
}

/** Tells a company whose webhooks never arrive that they do, but are refused. */
@Injectable()
export class ReadSignatureFailures {
  constructor(private readonly database: Database) {}

  /** Newest first. @throws NotFound when there is no such integration of the company */
  execute(companyId: Id<'Company'>, integrationId: Id<'Integration'>): Promise<SignatureFailureCount[]> {
    return this.database.transaction(companyScope(companyId), async (tx) => {
      await getIntegration(tx, companyId, integrationId);
      const rows = await tx.query<
        Pick<SignatureFailureCount, 'day' | 'reason' | 'sample'> & { failures: string; last_at: string }
      >(
        `select day::text, reason, failures, last_at, sample from tracking.signature_failure
         where company_id = $1 and integration_id = $2 order by day desc, reason limit 100`,
        [companyId, integrationId],
      );
      return rows.map(({ failures, last_at, ...row }) => ({
        ...row,
        failures: Number(failures),
        lastAt: new Date(last_at),
      }));
    });
  }
}
