import { Injectable } from '@nestjs/common';
import { AppConfig, SecretBox } from '#config';
import { signInLink } from '#http';
import { Clock } from '#kernel';
import type { EmailContent } from './email.js';

/** Makes an e-mail's words at sending time: only then does a sign-in link exist. */
@Injectable()
export class ComposeMail {
  constructor(
    private readonly config: AppConfig,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** @returns null when the content is of no use any more */
  execute(content: EmailContent): { readonly subject: string; readonly text: string } | null {
    const { publicUrl } = this.config;
    switch (content.template) {
      case 'notice':
        return {
          subject: content.params.subject,
          text: `${content.params.text}\n\nAll your notices: ${publicUrl}\n`,
        };
      case 'sign_in': {
        const { signInId, expiresAt } = content.params;
        if (new Date(expiresAt) <= this.clock.now()) return null;
        return {
          subject: 'Your link to sign in to Fairlead',
          text:
            `Open this link to sign in:\n\n${signInLink(this.secretBox, publicUrl, signInId)}\n\n` +
            `It works once, until ${expiresAt.slice(0, 16).replace('T', ' ')} UTC. ` +
            'If you did not ask for it, ignore this mail: without the link nobody can sign in.\n',
        };
      }
    }
  }
}
