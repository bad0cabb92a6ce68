import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Idempotent,
  type IdempotentRequest,
  Operator,
  OperatorAccess,
  type OperatorPrincipal,
  pageOf,
} from '#http';
import { parseId } from '#kernel';
import { EmailPage, EmailsQuery, RevealedLinkDto, showEmail } from './email.dto.js';
import { ListEmails } from './list-emails.js';
import { RevealLink } from './reveal-link.js';

@ApiTags('Operations: e-mails')
@Controller('v1/ops/emails')
export class EmailController {
  constructor(
    private readonly listEmails: ListEmails,
    private readonly revealLink: RevealLink,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List e-mails and their states, newest first' })
  @OperatorAccess('viewer')
  @ApiOkResponse({ type: EmailPage })
  async list(@Query() query: EmailsQuery): Promise<EmailPage> {
    const emails = await this.listEmails.execute(query.state ?? null, query);
    return pageOf(emails, query.limit, (email) => email.emailId, showEmail);
  }

  /** Signing in as somebody is more than reading the queue: it takes an admin, and leaves a row. */
  @Post(':emailId/reveal-link')
  @ApiOperation({ summary: 'Read the link of a sign-in or invitation e-mail that is held; audited' })
  @HttpCode(200)
  @OperatorAccess('admin')
  @ApiOkResponse({ type: RevealedLinkDto })
  reveal(
    @Operator() operator: OperatorPrincipal,
    @Param('emailId') id: string,
    @Idempotent() request: IdempotentRequest,
  ): Promise<RevealedLinkDto> {
    return this.revealLink.execute(operator, parseId('Email', id, 'emailId'), request);
  }
}
