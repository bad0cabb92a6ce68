import { Injectable } from '@nestjs/common';
import { Publisher } from '#bus';
import { companyScope, Database, type Transaction } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, type Id } from '#kernel';
import { lockProgram } from '../program/program.js';

/** One version of a program's terms. Never edited: a change is the next version. */
export interface TermsVersion {
  readonly programId: Id<'Program'>;
  readonly version: number;
  readonly text: string;
  readonly publishedAt: Date;
}

/** The company publishes new terms; every partner is asked again, and links stay shut until they agree. */
@Injectable()
export class PublishTerms {
  constructor(
    private readonly database: Database,
    private readonly publisher: Publisher,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound */
  execute(
    company: CompanyPrincipal,
    programId: Id<'Program'>,
    text: string,
    request: IdempotentRequest,
  ): Promise<TermsVersion> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      // The program's lock gives two publishers two versions.
      await lockProgram(tx, companyId, programId);
      const publishedAt = this.clock.now();
      const [row] = await tx.query<{ version: number }>(
        `insert into approvals.terms (company_id, program_id, version, text, actor, published_at)
         select $1, $2, coalesce(max(version), 0) + 1, $3, $4, $5 from approvals.terms
          where company_id = $1 and program_id = $2
         returning version`,
        [companyId, programId, text, actorOf(company), publishedAt],
      );
      if (!row) throw new Error('an insert returned no row');
      const terms = { programId, version: row.version, text, publishedAt };
      await this.#askPartners(tx, companyId, terms);
      return terms;
    });
  }

  /** Each approved partner hears that there is something new to accept. */
  async #askPartners(tx: Transaction, companyId: Id<'Company'>, terms: TermsVersion): Promise<void> {
    const { programId, version, publishedAt } = terms;
    const partners = await tx.query<{ partnership_id: string; partner_id: string }>(
      `select partnership_id, partner_id from approvals.partnership
        where company_id = $1 and program_id = $2 and state = 'approved'`,
      [companyId, programId],
    );
    await this.publisher.publish(
      tx,
      partners.map(({ partnership_id: partnershipId, partner_id: partnerId }) => ({
        type: 'terms.published' as const,
        companyId,
        occurredAt: publishedAt,
        data: { partnershipId, partnerId, programId, version },
      })),
    );
  }
}
