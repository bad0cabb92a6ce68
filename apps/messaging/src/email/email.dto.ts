import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IfGiven, PageQuery, PageType } from '#http';
import { publicId } from '#kernel';
import { EMAIL_STATES, type EmailContent, type EmailState } from './email.js';
import type { EmailView } from './list-emails.js';

export class EmailsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: EMAIL_STATES })
  @IfGiven()
  @IsIn(EMAIL_STATES)
  state?: EmailState;
}

export class EmailDto {
  @ApiProperty({ example: 'eml_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'null: mail of the installation (sign-in links, invitations to teams)',
  })
  companyId!: string | null;

  @ApiProperty({ enum: ['notice', 'sign_in', 'team_invitation', 'program_invitation'] })
  template!: EmailContent['template'];

  @ApiProperty()
  recipient!: string;

  @ApiProperty({ enum: EMAIL_STATES })
  state!: EmailState;

  @ApiProperty({ type: String, nullable: true, description: 'Why it is held, tried again or given up' })
  reason!: string | null;

  @ApiProperty({ type: 'integer' })
  attempts!: number;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  sentAt!: string | null;
}

export class EmailPage extends PageType(EmailDto) {}

export class RevealedLinkDto {
  @ApiProperty({ description: 'Signs in as the recipient; give it to nobody else' })
  url!: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
}

export function showEmail(email: EmailView): EmailDto {
  return {
    id: publicId('Email', email.emailId),
    companyId: email.companyId && publicId('Company', email.companyId),
    template: email.template,
    recipient: email.recipient,
    state: email.state,
    reason: email.reason,
    attempts: email.attempts,
    createdAt: email.createdAt.toISOString(),
    sentAt: email.sentAt?.toISOString() ?? null,
  };
}
