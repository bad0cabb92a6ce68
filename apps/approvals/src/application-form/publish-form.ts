import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, type Id, InvalidFields } from '#kernel';
import type { FormField } from '../form/form-field.js';
import { impossibleIn } from '../form/impossible-fields.js';
import { lockProgram } from '../program/program.js';
import type { ApplicationForm } from './application-form.js';

/** The company publishes what it asks of who applies from now on; answers that were given stay as they are. */
@Injectable()
export class PublishForm {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, InvalidInput `form.invalid` */
  execute(
    company: CompanyPrincipal,
    programId: Id<'Program'>,
    fields: readonly FormField[],
    request: IdempotentRequest,
  ): Promise<ApplicationForm> {
    const { companyId } = company;
    const errors = impossibleIn(fields);
    if (errors.length > 0) {
      throw new InvalidFields('form.invalid', errors);
    }
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      // The program's lock gives two publishers two versions.
      await lockProgram(tx, companyId, programId);
      const publishedAt = this.clock.now();
      const [row] = await tx.query<{ version: number }>(
        `insert into approvals.application_form (company_id, program_id, version, fields, actor, published_at)
         select $1, $2, coalesce(max(version), 0) + 1, $3::jsonb, $4, $5 from approvals.application_form
          where company_id = $1 and program_id = $2
         returning version`,
        [companyId, programId, JSON.stringify(fields), actorOf(company), publishedAt],
      );
      if (!row) throw new Error('an insert returned no row');
      return { programId, version: row.version, fields, publishedAt };
    });
  }
}
