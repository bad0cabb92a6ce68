import { Injectable } from '@nestjs/common';
import { AppConfig, SecretBox } from '#config';
import { accountOf, signInLink, teamInvitationLink } from '#http';
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
    if (content.template === 'sign_in') return signInLink(this.secretBox, publicUrl, content.params.signInId);
    const { account, invitationId } = content.params;
    return teamInvitationLink(this.secretBox, publicUrl, {
      account: accountOf(account.kind, account.id),
      invitationId: asId('TeamInvitation', invitationId),
    });
  }
}
