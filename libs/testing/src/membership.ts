import { type Id, newId } from '#kernel';
import { addPartner, asAdmin, type TestPartner } from './accounts.js';
import type { TestDatabase } from './test-database.js';

/** A program with settings that have always been in force. */
export interface TestProgram {
  readonly companyId: Id<'Company'>;
  readonly programId: Id<'Program'>;
}

/** One partner's membership of one program. */
export interface TestMembership extends TestProgram {
  readonly partnershipId: Id<'Partnership'>;
  readonly partnerId: Id<'Partner'>;
}

/** A membership of a partner with an account. */
export interface TestPartnership extends TestMembership, TestPartner {}

/** What a test may say of a program; the rest is 90 days, UTC, links enabled, no terms. */
export interface ProgramFacts {
  readonly name?: string;
  readonly windowDays?: number;
  readonly timeZone?: string;
  readonly areLinksEnabled?: boolean;
}

/** What a test may say of a membership; the rest is approved since 2020 and not ended. */
export interface MembershipFacts {
  readonly partnershipId?: Id<'Partnership'>;
  readonly partnerId?: Id<'Partner'>;
  readonly state?: 'pending' | 'approved' | 'declined' | 'left' | 'removed';
  readonly approvedAt?: Date;
  readonly endedAt?: Date;
}

const SINCE = new Date('2020-01-01T00:00:00Z');

/** Adds a program as approvals would. */
export async function addProgram(
  database: TestDatabase,
  companyId: Id<'Company'>,
  { name = 'Referrals', windowDays = 90, timeZone = 'UTC', areLinksEnabled = true }: ProgramFacts = {},
): Promise<TestProgram> {
  const programId = newId('Program');
  await asAdmin(
    database,
    `with program as (
       insert into approvals.program (company_id, program_id, name, slug, created_at)
       values ($1, $2::uuid, $3, $2::uuid::text, $4))
     insert into approvals.program_settings
       (company_id, program_id, effective_from, window_days, time_zone, are_links_enabled, actor)
     values ($1, $2::uuid, $4, $5, $6, $7, 'test')`,
    [companyId, programId, name, SINCE, windowDays, timeZone, areLinksEnabled],
  );
  return { companyId, programId };
}

/** Adds a partner's membership as approvals would, without an account of the partner. */
export async function addMembership(
  database: TestDatabase,
  { companyId, programId }: TestProgram,
  facts: MembershipFacts = {},
): Promise<TestMembership> {
  const { partnershipId = newId('Partnership'), partnerId = newId('Partner'), state = 'approved' } = facts;
  const isMember = state !== 'pending' && state !== 'declined';
  const hasEnded = state === 'left' || state === 'removed';
  await asAdmin(
    database,
    `insert into approvals.partnership
       (company_id, partnership_id, program_id, partner_id, state, approved_at, ended_at, end_reason, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      companyId,
      partnershipId,
      programId,
      partnerId,
      state,
      isMember ? (facts.approvedAt ?? SINCE) : null,
      hasEnded ? (facts.endedAt ?? new Date()) : null,
      hasEnded ? 'test' : null,
      SINCE,
    ],
  );
  return { companyId, programId, partnershipId, partnerId };
}

/** Adds a partner account that has been an approved partner of the program since 2020. */
export async function addPartnership(
  database: TestDatabase,
  program: TestProgram,
  wantsEmail: 'wants e-mail' | 'no e-mail' = 'wants e-mail',
): Promise<TestPartnership> {
  const partner = await addPartner(database, 'Pia Partner', wantsEmail);
  return { ...(await addMembership(database, program, partner)), ...partner };
}
