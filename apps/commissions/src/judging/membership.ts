import type { Id } from '#kernel';

/** A program of a company. */
export interface ProgramName {
  readonly companyId: Id<'Company'>;
  readonly programId: Id<'Program'>;
}

/** A partner in a program. */
export interface Membership extends ProgramName {
  readonly partnershipId: Id<'Partnership'>;
}
