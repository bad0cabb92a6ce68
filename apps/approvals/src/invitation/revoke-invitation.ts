import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { Clock, Conflict, type Id, NotFound } from '#kernel';
import { type Invitation, lockInvitation } from './invitation.js';

/** The company takes an invitation back; its link is of no use from now on. */
@Injectable()
export class RevokeInvitation {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound, Conflict `invitation.used` */
  execute(
    company: CompanyPrincipal,
    programId: Id<'Program'>,
    invitationId: Id<'Invitation'>,
    request: IdempotentRequest,
  ): Promise<Invitation> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      const now = this.clock.now();
      const invitation = await lockInvitation(tx, companyId, invitationId, now);
      if (invitation.programId !== programId) throw new NotFound('invitation');
      if (invitation.state === 'used') {
        throw new Conflict(
          'invitation.used',
          'The invitation was used already. Review its application, or remove the partner.',
        );
      }
      if (invitation.revokedAt) return invitation;
      await tx.query(
        `update approvals.invitation set revoked_at = $3, revoked_by = $4
          where company_id = $1 and invitation_id = $2`,
        [companyId, invitationId, now, actorOf(company)],
      );
      return { ...invitation, state: 'revoked', revokedAt: now };
    });
  }
}
