import { Injectable } from '@nestjs/common';
import { Publisher } from '#bus';
import { companyScope, Database, type Transaction } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, Conflict, DAY_MS, type Id, newId } from '#kernel';
import { requireOpenGroup } from '../group/group-membership.js';
import { loadProgram, lockProgram } from '../program/program.js';
import { type Invitation, selectInvitations } from './invitation.js';
import { refuseFlood } from './refuse-flood.js';

export interface NewInvitation {
  readonly programId: Id<'Program'>;
  /** Lower case. */
  readonly email: string;
  readonly groupId: Id<'Group'> | null;
  readonly message: string | null;
  readonly validDays: number;
}

/** The company invites somebody to a program by e-mail. The mail's secret is derived, never stored. */
@Injectable()
export class InvitePartner {
  constructor(
    private readonly database: Database,
    private readonly publisher: Publisher,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, InvalidInput `group.…`, Conflict `invitation.open`, `invitation.is_partner`, AppError `invitation.too_many` */
  execute(company: CompanyPrincipal, draft: NewInvitation, request: IdempotentRequest): Promise<Invitation> {
    const { companyId } = company;
    const { programId, email, groupId, message } = draft;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      // One invitation of a program at a time, so that no limit is passed.
      await lockProgram(tx, companyId, programId);
      const program = await loadProgram(tx, companyId, programId);
      if (groupId) await requireOpenGroup(tx, companyId, programId, groupId);
      await this.#refusePartners(tx, companyId, draft);
      const invitedAt = this.clock.now();
      await refuseFlood(tx, companyId, draft, invitedAt);
      const expiresAt = new Date(invitedAt.getTime() + draft.validDays * DAY_MS);
      // One that has expired gives way.
      await tx.query(
        `update approvals.invitation set revoked_at = $4, revoked_by = 'expiry'
          where company_id = $1 and program_id = $2 and email = $3 and used_at is null and revoked_at is null
            and expires_at <= $4`,
        [companyId, programId, email, invitedAt],
      );
      const invitationId = newId('Invitation');
      const created = await tx.query(
        `insert into approvals.invitation
           (company_id, invitation_id, program_id, email, group_id, message, invited_by, invited_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning 1`,
        [companyId, invitationId, programId, email, groupId, message, actorOf(company), invitedAt, expiresAt],
      );
      if (created.length === 0) {
        throw new Conflict(
          'invitation.open',
          'There is an open invitation for this address. Revoke it to send another one.',
        );
      }
      await this.publisher.publish(tx, [
        {
          type: 'partner.invited',
          companyId,
          occurredAt: invitedAt,
          data: {
            invitationId,
            programId,
            email,
            companyName: await nameOf(tx, companyId),
            programName: program.name,
            message,
            expiresAt: expiresAt.toISOString(),
          },
        },
      ]);
      const [invitation] = await selectInvitations(
        tx,
        'i.company_id = $1 and i.invitation_id = $2',
        [companyId, invitationId],
        invitedAt,
      );
      if (!invitation) throw new Error('an invitation vanished while it was made');
      return invitation;
    });
  }

  async #refusePartners(
    tx: Transaction,
    companyId: Id<'Company'>,
    { programId, email }: NewInvitation,
  ): Promise<void> {
    const members = await tx.query(
      `select 1 from approvals.partnership p
         join access.published_partner r on r.partner_id = p.partner_id
        where p.company_id = $1 and p.program_id = $2 and p.state = 'approved' and lower(r.email) = $3`,
      [companyId, programId, email],
    );
    if (members.length === 0) return;
    throw new Conflict('invitation.is_partner', 'This address belongs to a partner of the program already.');
  }
}

async function nameOf(tx: Transaction, companyId: Id<'Company'>): Promise<string> {
  const [row] = await tx.query<{ name: string }>(
    'select name from access.published_company where company_id = $1',
    [companyId],
  );
  return row?.name ?? 'A company';
}
