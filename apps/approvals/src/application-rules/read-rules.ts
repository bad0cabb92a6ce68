import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import type { Id } from '#kernel';
import { loadProgram } from '../program/program.js';
import { type ApplicationRules, readApplicationRules } from './application-rules.js';

/** The rules that decide a program's applications now. */
@Injectable()
export class ReadRules {
  constructor(private readonly database: Database) {}

  /** @throws NotFound */
  execute(companyId: Id<'Company'>, programId: Id<'Program'>): Promise<ApplicationRules> {
    return this.database.transaction(companyScope(companyId), async (tx) => {
      await loadProgram(tx, companyId, programId);
      return readApplicationRules(tx, companyId, programId);
    });
  }
}
