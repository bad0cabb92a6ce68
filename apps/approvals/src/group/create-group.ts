import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { idempotent, type IdempotentRequest } from '#http';
import { Clock, type Id } from '#kernel';
import { loadProgram } from '../program/program.js';
import { addGroup, type Group, type GroupFeatures } from './group.js';

/** A program gets another group; partners are moved into it by the company or by its application rules. */
@Injectable()
export class CreateGroup {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, Conflict `group.name_taken` */
  execute(
    companyId: Id<'Company'>,
    programId: Id<'Program'>,
    draft: { readonly name: string; readonly features: GroupFeatures },
    request: IdempotentRequest,
  ): Promise<Group> {
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      await loadProgram(tx, companyId, programId);
      return addGroup(tx, companyId, { programId, ...draft, place: 'other', createdAt: this.clock.now() });
    });
  }
}
