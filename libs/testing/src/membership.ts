import { type Id, newId } from '#kernel';
import { addPartner, asAdmin, type TestPartner } from './accounts.js';
import type { TestDatabase } from './test-database.js';

/** A program with settings that have always been in force. */
export interface TestProgram {
  readonly companyId: Id<'Company'>;
  readonly programId: Id<'Program'>;
}

/** A program, and the group that its partners are in unless a test says otherwise. */
export interface OpenedProgram extends TestProgram {
  readonly defaultGroupId: Id<'Group'>;
}

/** One partner's membership of one program. */
export interface TestMembership extends TestProgram {
  readonly partnershipId: Id<'Partnership'>;
  readonly partnerId: Id<'Partner'>;
}

/** A membership of a partner with an account. */
export interface TestPartnership extends TestMembership, TestPartner {}

/** What a test may say of a program; the rest is 90 days, UTC, links alone enabled, no terms. */
export interface ProgramFacts {
  readonly name?: string;
  readonly windowDays?: number;
  readonly timeZone?: string;
  readonly areLinksEnabled?: boolean;
  readonly areLeadsEnabled?: boolean;
  readonly areDealsEnabled?: boolean;
}

/** What a test may say of a membership; the rest is approved since 2020 and not ended. */
export interface MembershipFacts {
  readonly partnershipId?: Id<'Partnership'>;
  readonly partnerId?: Id<'Partner'>;
  readonly state?: 'pending' | 'approved' | 'declined' | 'left' | 'removed';
  readonly approvedAt?: Date;
  readonly endedAt?: Date;
  /** Since 2020; the program's default group when left out. */
  readonly groupId?: Id<'Group'>;
}

const SINCE = new Date('2020-01-01T00:00:00Z');

/** Adds a program as approvals would. */
export async function addProgram(
  database: TestDatabase,
  companyId: Id<'Company'>,
  {
    name = 'Referrals',
    windowDays = 90,
    timeZone = 'UTC',
    areLinksEnabled = true,
    areLeadsEnabled = false,
    areDealsEnabled = false,
  }: ProgramFacts = {},
): Promise<OpenedProgram> {
  const [programId, defaultGroupId] = [newId('Program'), newId('Group')];
  await asAdmin(
    database,
    `with program as (
       insert into approvals.program (company_id, program_id, name, slug, created_at)
       values ($1, $2::uuid, $3, $2::uuid::text, $4)),
     settings as (
       insert into approvals.program_settings (company_id, program_id, effective_from, window_days, time_zone,
         are_links_enabled, are_leads_enabled, are_deals_enabled, actor)
       values ($1, $2::uuid, $4, $5, $6, $7, $8, $9, 'test'))
     insert into approvals.program_group (company_id, group_id, program_id, name, is_default, created_at)
     values ($1, $10, $2::uuid, 'Partners', true, $4)`,
    [
      companyId,
      programId,
      name,
      SINCE,
      windowDays,
      timeZone,
      areLinksEnabled,
      areLeadsEnabled,
      areDealsEnabled,
      defaultGroupId,
    ],
  );
  return { companyId, programId, defaultGroupId };
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
    `with partnership as (
       insert into approvals.partnership
         (company_id, partnership_id, program_id, partner_id, state, approved_at, ended_at, end_reason, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)),
     period as (
       insert into approvals.membership_period
         (company_id, partnership_id, program_id, partner_id, started_at, ended_at, end_kind, end_reason)
       select $1, $2, $3, $4, $6::timestamptz, $7::timestamptz, case when $7::timestamptz is not null then $5 end, $8
        where $6::timestamptz is not null)
     insert into approvals.partnership_group
       (company_id, partnership_id, effective_from, program_id, group_id, actor)
     select $1, $2, $9, $3, group_id, 'test' from approvals.program_group
      where company_id = $1 and program_id = $3
        and case when $10::uuid is null then is_default else group_id = $10 end`,
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
      facts.groupId ?? null,
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
