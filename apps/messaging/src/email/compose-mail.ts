import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import { Clock } from '#kernel';
import type { EmailContent, LinkContent } from './email.js';
import { MailLinks } from './mail-links.js';
import { oneLine } from './one-line.js';

interface MailWords {
  readonly subject: string;
  readonly text: string;
}

/** Makes an e-mail's words at sending time: only then does a link with a secret exist. */
@Injectable()
export class ComposeMail {
  constructor(
    private readonly config: AppConfig,
    private readonly links: MailLinks,
    private readonly clock: Clock,
  ) {}

  /** @returns null when the content is of no use any more */
  execute(content: EmailContent): MailWords | null {
    if (content.template === 'notice') {
      const { subject, text } = content.params;
      return { subject, text: `${text}\n\nAll your notices: ${this.config.publicUrl}\n` };
    }
    if (new Date(content.params.expiresAt) <= this.clock.now()) return null;
    const { subject, invitation, warning } = wordsOf(content);
    const until = `${content.params.expiresAt.slice(0, 16).replace('T', ' ')} UTC`;
    return {
      subject,
      text: `${invitation}\n\n${this.links.linkOf(content)}\n\nIt works once, until ${until}. ${warning}\n`,
    };
  }
}

function wordsOf(content: LinkContent) {
  switch (content.template) {
    case 'sign_in':
      return {
        subject: 'Your link to sign in to Fairlead',
        invitation: 'Open this link to sign in:',
        warning: 'If you did not ask for it, ignore this mail: without the link nobody can sign in.',
      };
    case 'team_invitation': {
      const { account, role } = content.params;
      const name = oneLine(account.name);
      return {
        subject: `${name} invites you to its team on Fairlead`,
        invitation: `You are invited to the team of ${name}, as ${role}. Open this link to join:`,
        warning: `If you do not know ${name}, ignore this mail.`,
      };
    }
    case 'program_invitation': {
      const { params } = content;
      const [companyName, programName] = [oneLine(params.companyName), oneLine(params.programName)];
      const { message } = params;
      const words = message === null ? '' : `\n\n${companyName} says: ${message}`;
      return {
        subject: `${companyName} invites you to its partner program`,
        invitation: `${companyName} invites you to become a partner of ${programName}.${words}\n\nOpen this link to join:`,
        warning: `It serves the address of this mail only. If you do not know ${companyName}, ignore it.`,
      };
    }
  }
}
