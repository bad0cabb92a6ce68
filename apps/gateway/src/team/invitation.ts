import type { TeamRole } from '#http';
import { asId, DAY_MS, type Id } from '#kernel';

export const INVITATION_STATES = ['pending', 'accepted', 'revoked', 'expired'] as const;
export type InvitationState = (typeof INVITATION_STATES)[number];

const VALID_DAYS = 7;

/** An invitation to a team, by mail. */
export interface TeamInvitation {
  readonly invitationId: Id<'TeamInvitation'>;
  readonly email: string;
  readonly role: TeamRole;
  /** As `actorOf` names callers. */
  readonly invitedBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly acceptedAt: Date | null;
  readonly revokedAt: Date | null;
}

export const invitationEndsAt = (now: Date): Date => new Date(now.getTime() + VALID_DAYS * DAY_MS);

export function stateOf(invitation: TeamInvitation, now: Date): InvitationState {
  if (invitation.acceptedAt) return 'accepted';
  if (invitation.revokedAt) return 'revoked';
  return invitation.expiresAt <= now ? 'expired' : 'pending';
}

/** A row of `access.team_invitation` as the driver gives it. */
export interface InvitationRow {
  readonly invitation_id: string;
  readonly email: string;
  readonly role: TeamRole;
  readonly invited_by: string;
  readonly created_at: string;
  readonly expires_at: string;
  readonly accepted_at: string | null;
  readonly revoked_at: string | null;
}

export const INVITATION_COLUMNS =
  'invitation_id, email, role, invited_by, created_at, expires_at, accepted_at, revoked_at';

export function invitationOf(row: InvitationRow): TeamInvitation {
  return {
    invitationId: asId('TeamInvitation', row.invitation_id),
    email: row.email,
    role: row.role,
    invitedBy: row.invited_by,
    createdAt: new Date(row.created_at),
    expiresAt: new Date(row.expires_at),
    acceptedAt: row.accepted_at === null ? null : new Date(row.accepted_at),
    revokedAt: row.revoked_at === null ? null : new Date(row.revoked_at),
  };
}
