import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, Conflict, newId } from '#kernel';
import { addGroup, DEFAULT_GROUP_NAME, FOLLOWING_PROGRAM } from '../group/group.js';
import { addSettings, loadProgram, type Program, type ProgramSettings } from './program.js';

export interface NewProgram extends ProgramSettings {
  readonly name: string;
  /** Unique in the company; part of addresses, so it never changes. */
  readonly slug: string;
}

/** Opens a program with its settings and the group that its partners start in. */
@Injectable()
export class CreateProgram {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws Conflict `program.slug_taken` */
  execute(company: CompanyPrincipal, draft: NewProgram, request: IdempotentRequest): Promise<Program> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      const programId = newId('Program');
      const from = this.clock.now();
      const created = await tx.query(
        `insert into approvals.program (company_id, program_id, name, slug, created_at)
         values ($1, $2, $3, $4, $5) on conflict (company_id, slug) do nothing returning 1`,
        [companyId, programId, draft.name, draft.slug, from],
      );
      if (created.length === 0) {
        throw new Conflict(
          'program.slug_taken',
          `You have a program with the slug "${draft.slug}". Choose another.`,
        );
      }
      await addSettings(tx, companyId, programId, draft, { from, actor: actorOf(company) });
      await addGroup(tx, companyId, {
        programId,
        name: DEFAULT_GROUP_NAME,
        place: 'default',
        features: FOLLOWING_PROGRAM,
        createdAt: from,
      });
      return loadProgram(tx, companyId, programId);
    });
  }
}
