import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import type { Id } from '#kernel';
import type { StackingSetting } from '#rules';
import { requireProgram } from '../offer/offer.js';
import { loadStacking } from './stacking.js';

@Injectable()
export class ReadStacking {
  constructor(private readonly database: Database) {}

  /** A program's settings, oldest first. @throws NotFound */
  execute(companyId: Id<'Company'>, programId: Id<'Program'>): Promise<StackingSetting[]> {
    return this.database.transaction(companyScope(companyId), async (tx) => {
      await requireProgram(tx, companyId, programId);
      return loadStacking(tx, companyId, programId);
    });
  }
}
