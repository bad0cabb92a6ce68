import type { Id } from '#kernel';

/** From when to when a partner was an approved member; `endedAt` itself is outside, null means still. */
export interface MembershipPeriod {
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

/** A partner's membership of a program; it is credited at times within one of its periods only. */
export interface Membership {
  readonly partnershipId: Id<'Partnership'>;
  readonly partnerId: Id<'Partner'>;
  readonly programId: Id<'Program'>;
  readonly periods: readonly MembershipPeriod[];
}

export function isActive({ periods }: Membership, moment: Date): boolean {
  return periods.some(
    ({ startedAt, endedAt }) => startedAt <= moment && (endedAt === null || moment < endedAt),
  );
}

export const isSamePartner = (a: Membership, b: Membership): boolean => a.partnerId === b.partnerId;
