import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import type { Id } from '#kernel';
import { loadProgram } from '../program/program.js';
import { type ApplicationForm, readApplicationForm } from './application-form.js';

/** What a program asks of who applies now. */
@Injectable()
export class ReadForm {
  constructor(private readonly database: Database) {}

  /** @throws NotFound */
  execute(companyId: Id<'Company'>, programId: Id<'Program'>): Promise<ApplicationForm> {
    return this.database.transaction(companyScope(companyId), async (tx) => {
      await loadProgram(tx, companyId, programId);
      return readApplicationForm(tx, companyId, programId);
    });
  }
}
