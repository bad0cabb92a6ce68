import type { Id } from '#kernel';
import type { Account, TeamRole } from '#http';

/** Somebody who signs in, and the teams this one is in. */
export interface Person {
  readonly personId: Id<'Person'>;
  readonly name: string;
  readonly email: string;
  readonly memberships: readonly Membership[];
}

/** One person's place in one team. */
export interface Membership {
  readonly memberId: Id<'Member'>;
  readonly account: Account;
  readonly accountName: string;
  readonly role: TeamRole;
}

/** One address is one person, whatever its case. */
export const emailKeyOf = (email: string): string => email.trim().toLowerCase();
