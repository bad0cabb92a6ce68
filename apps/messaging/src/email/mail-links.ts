import { Injectable } from '@nestjs/common';
import { AppConfig, SecretBox } from '#config';
import { accountOf, programInvitationLink, signInLink, teamInvitationLink } from '#http';
import { asId } from '#kernel';
import type { LinkContent } from './email.js';

/** Makes the one-time link of an e-mail: when it is sent or revealed, never before. */
@Injectable()
export class MailLinks {
  constructor(
    private readonly config: AppConfig,
    private readonly secretBox: SecretBox,
  ) {}

  linkOf(content: LinkContent): string {
    const { publicUrl } = this.config;
    switch (content.template) {
      case 'sign_in':
        return signInLink(this.secretBox, publicUrl, content.params.signInId);
      case 'team_invitation': {
        const { account, invitationId } = content.params;
        return teamInvitationLink(this.secretBox, publicUrl, {
          account: accountOf(account.kind, account.id),
          invitationId: asId('TeamInvitation', invitationId),
        });
      }
      case 'program_invitation': {
        const { companyId, invitationId } = content.params;
        return programInvitationLink(this.secretBox, publicUrl, {
          companyId,
          invitationId: asId('Invitation', invitationId),
        });
      }
    }
  }
}
