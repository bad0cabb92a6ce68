import { type Id, newId } from '#kernel';
import { addPartner, asAdmin, type TestPartner } from './accounts.js';
import type { TestDatabase } from './test-database.js';

/** A program with settings that have always been in force. */
export interface TestProgram {
  readonly companyId: Id<'Company'>;
  readonly programId: Id<'Program'>;
}

/** One partner's approved membership of a program. */
export interface TestPartnership extends TestProgram, TestPartner {
  readonly partnershipId: Id<'Partnership'>;
}

/** Adds a program as approvals would: 90 days, links enabled, no terms. */
export async function addProgram(
  database: TestDatabase,
  companyId: Id<'Company'>,
  name: string,
  timeZone = 'UTC',
): Promise<TestProgram> {
  const programId = newId('Program');
  await asAdmin(
    database,
    `with program as (
       insert into approvals.program (company_id, program_id, name, slug, created_at)
       values ($1, $2::uuid, $3, $2::uuid::text, '2020-01-01'))
     insert into approvals.program_settings
       (company_id, program_id, effective_from, window_days, time_zone, are_links_enabled, actor)
     values ($1, $2::uuid, '2020-01-01', 90, $4, true, 'test')`,
    [companyId, programId, name, timeZone],
  );
  return { companyId, programId };
}

/** Adds a partner account that has been an approved partner of the program since 2020. */
export async function addPartnership(
  database: TestDatabase,
  program: TestProgram,
  wantsEmail: 'wants e-mail' | 'no e-mail' = 'wants e-mail',
): Promise<TestPartnership> {
  const partner = await addPartner(database, 'Pia Partner', wantsEmail);
  const partnershipId = newId('Partnership');
  await asAdmin(
    database,
    `insert into approvals.partnership
       (company_id, partnership_id, program_id, partner_id, state, approved_at, created_at)
     values ($1, $2, $3, $4, 'approved', '2020-01-01', '2020-01-01')`,
    [program.companyId, partnershipId, program.programId, partner.partnerId],
  );
  return { ...program, ...partner, partnershipId };
}
