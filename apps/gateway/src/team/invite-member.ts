import { Injectable } from '@nestjs/common';
import { Publisher } from '#bus';
import { Database, PLATFORM_COMPANY, type Transaction } from '#database';
import { type Account, idempotent, type IdempotentRequest, type TeamRole } from '#http';
import { AppError, Clock, Conflict, newId, NotFound } from '#kernel';
import { emailKeyOf } from '../person/person.js';
import { invitationEndsAt, type TeamInvitation } from './invitation.js';
import { refuseAbove, scopeOf, type TeamActor } from './team.js';
import { logTeamChange } from './team-change.js';

/** Invitation mails of one team within a day, revoked ones too: enough for a company, too few to flood mailboxes. */
const A_DAY_AT_MOST = { ofTheTeam: 100, toOneAddress: 5 };

/** Invites somebody to a team by mail. A later invitation of the same address takes the place of an earlier. */
@Injectable()
export class InviteMember {
  constructor(
    private readonly database: Database,
    private readonly publisher: Publisher,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, Forbidden `team.role_above_own`, Conflict `team.already_member`, AppError `team.too_many_invitations` */
  execute(
    actor: TeamActor,
    account: Account,
    wanted: { readonly email: string; readonly role: TeamRole },
    request: IdempotentRequest,
  ): Promise<TeamInvitation> {
    refuseAbove(actor, wanted.role);
    const createdAt = this.clock.now();
    const invitation: TeamInvitation = {
      invitationId: newId('TeamInvitation'),
      email: emailKeyOf(wanted.email),
      role: wanted.role,
      invitedBy: actor.name,
      createdAt,
      expiresAt: invitationEndsAt(createdAt),
      acceptedAt: null,
      revokedAt: null,
    };
    return idempotent(this.database, scopeOf(account), request, async (tx) => {
      const name = await lockAccount(tx, account);
      await refuseMember(tx, account, invitation.email);
      await takePlace(tx, actor, account, invitation);
      await store(tx, account, invitation);
      const { invitationId, email, role, expiresAt } = invitation;
      await logTeamChange(tx, account, { kind: 'invited', email, role, actor: actor.name, at: createdAt });
      await this.publisher.publish(tx, [
        {
          type: 'team.invited',
          companyId: PLATFORM_COMPANY,
          occurredAt: createdAt,
          data: {
            invitationId,
            account: { ...account, name },
            email,
            role,
            expiresAt: expiresAt.toISOString(),
          },
        },
      ]);
      return invitation;
    });
  }
}

/** One invitation of an account at a time. */
async function lockAccount(tx: Transaction, { kind, id }: Account): Promise<string> {
  const [row] = await tx.query<{ name: string }>(
    kind === 'company'
      ? 'select name from access.company where company_id = $1 for update'
      : 'select name from access.partner where partner_id = $1 for update',
    [id],
  );
  if (!row) throw new NotFound(kind);
  return row.name;
}

async function refuseMember(tx: Transaction, account: Account, email: string): Promise<void> {
  const [member] = await tx.query(
    `select 1 from access.member m join access.person p on p.person_id = m.person_id
      where m.account_id = $1 and p.email = $2 and m.removed_at is null`,
    [account.id, email],
  );
  if (member)
    throw new Conflict('team.already_member', 'This address is in the team. Change its role instead.');
}

/** @throws Forbidden `team.role_above_own`: only who may give a role may take the invitation to it back */
async function takePlace(
  tx: Transaction,
  actor: TeamActor,
  account: Account,
  invitation: TeamInvitation,
): Promise<void> {
  const replaced = await tx.query<{ role: TeamRole }>(
    `update access.team_invitation set revoked_at = $3
      where account_id = $1 and email = $2 and accepted_at is null and revoked_at is null and expires_at > $3
      returning role`,
    [account.id, invitation.email, invitation.createdAt],
  );
  for (const { role } of replaced) refuseAbove(actor, role);
}

async function store(tx: Transaction, account: Account, invitation: TeamInvitation): Promise<void> {
  const stored = await tx.query(
    `insert into access.team_invitation
       (company_id, partner_id, invitation_id, email, role, invited_by, created_at, expires_at)
     select $1::uuid, $2::uuid, $3::uuid, $4, $5, $6, $7::timestamptz, $8::timestamptz
       from (select count(*) as of_the_team, count(*) filter (where email = $4) as to_one_address
               from access.team_invitation
              where account_id = coalesce($1::uuid, $2::uuid)
                and created_at > $7::timestamptz - interval '1 day') today
      where of_the_team < ${A_DAY_AT_MOST.ofTheTeam} and to_one_address < ${A_DAY_AT_MOST.toOneAddress}
     returning invitation_id`,
    [
      account.kind === 'company' ? account.id : null,
      account.kind === 'partner' ? account.id : null,
      invitation.invitationId,
      invitation.email,
      invitation.role,
      invitation.invitedBy,
      invitation.createdAt,
      invitation.expiresAt,
    ],
  );
  if (stored.length > 0) return;
  throw new AppError(
    'too_many',
    'team.too_many_invitations',
    `A team may send ${A_DAY_AT_MOST.ofTheTeam} invitations a day, ${A_DAY_AT_MOST.toOneAddress} of them to one ` +
      'address. Go on tomorrow.',
  );
}
