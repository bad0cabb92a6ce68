import { Injectable } from '@nestjs/common';
import { AppConfig } from '#config';
import type { SignInPurpose } from '#contracts';
import { Clock } from '#kernel';
import type { EmailContent, LinkContent } from './email.js';
import { MailLinks } from './mail-links.js';
import { oneLine } from './one-line.js';

interface MailWords {
  readonly subject: string;
  readonly text: string;
}

/** What stands around a one-time link. */
interface LinkWords {
  readonly subject: string;
  readonly invitation: string;
  readonly warning: string;
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

/** A stranger can have these mails sent: no words of theirs, such as the name they sign up with, are in them. */
const SIGN_IN_WORDS = {
  sign_in: {
    subject: 'Your link to sign in to Fairlead',
    invitation: 'Open this link to sign in:',
    warning: 'If you did not ask for it, ignore this mail: without the link nobody can sign in.',
  },
  sign_up: {
    subject: 'Your link to sign up to Fairlead',
    invitation:
      'This address was used to sign up as a partner. Open this link to open the account and sign in:',
    warning: 'If that was not you, ignore this mail: without the link no account is opened.',
  },
  sign_up_again: {
    subject: 'You signed up to Fairlead before',
    invitation:
      'This address was used to sign up as a partner, but it opened a partner account before. No second one is ' +
      'opened; open this link to sign in:',
    warning:
      'If that was not you, ignore this mail: nothing has changed, and without the link nobody can sign in.',
  },
} as const satisfies Record<SignInPurpose, LinkWords>;

function wordsOf(content: LinkContent): LinkWords {
  switch (content.template) {
    case 'sign_in':
      return SIGN_IN_WORDS[content.params.purpose ?? 'sign_in'];
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
