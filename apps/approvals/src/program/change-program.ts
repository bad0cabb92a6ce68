import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { actorOf, type CompanyPrincipal } from '#http';
import { Clock, type Id } from '#kernel';
import { addSettings, loadProgram, type Program, type ProgramSettings } from './program.js';

export type ProgramChange = Partial<ProgramSettings & { readonly name: string }>;

const SETTINGS = [
  'windowDays',
  'timeZone',
  'areLinksEnabled',
  'areLeadsEnabled',
  'areDealsEnabled',
] as const satisfies readonly (keyof ProgramSettings)[];

/** Changes a program from now on: events of before stay judged by the settings of before. */
@Injectable()
export class ChangeProgram {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound */
  execute(company: CompanyPrincipal, programId: Id<'Program'>, change: ProgramChange): Promise<Program> {
    const { companyId } = company;
    return this.database.transaction(companyScope(companyId), async (tx) => {
      await tx.query(
        `update approvals.program set name = coalesce($3, name) where company_id = $1 and program_id = $2`,
        [companyId, programId, change.name ?? null],
      );
      const current = await loadProgram(tx, companyId, programId);
      const next = { ...current, ...change };
      if (SETTINGS.every((setting) => next[setting] === current[setting])) return current;
      await addSettings(tx, companyId, programId, next, {
        from: this.clock.now(),
        actor: actorOf(company),
      });
      return loadProgram(tx, companyId, programId);
    });
  }
}
