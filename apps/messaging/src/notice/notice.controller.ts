import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import {
  Idempotent,
  type IdempotentRequest,
  pageOf,
  PartnerAccess,
  PartnershipOf,
  type PartnershipOfPartner,
} from '#http';
import { parseId } from '#kernel';
import { ListNotices } from './list-notices.js';
import { NoticeDto, NoticePage, NoticesQuery, showNotice } from './notice.dto.js';
import { MarkNoticeRead } from './mark-notice-read.js';

@ApiTags('Partner: notices')
@PartnerAccess()
@ApiParam({ name: 'programId', example: 'prg_01h455vb4pex5vsknk084sn02q' })
@Controller('v1/partner/programs/:programId/notices')
export class NoticeController {
  constructor(
    private readonly listNotices: ListNotices,
    private readonly markNoticeRead: MarkNoticeRead,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List your notices in a program, newest first' })
  @ApiOkResponse({ type: NoticePage })
  async list(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Query() query: NoticesQuery,
  ): Promise<NoticePage> {
    const filter = query.unread === 'true' ? 'unread' : 'all';
    const notices = await this.listNotices.execute(partnership, filter, query);
    return pageOf(notices, query.limit, (notice) => notice.noticeId, showNotice);
  }

  @Post(':noticeId/read')
  @ApiOperation({ summary: 'Mark a notice as read' })
  @HttpCode(200)
  @ApiOkResponse({ type: NoticeDto })
  async markRead(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Param('noticeId') id: string,
    @Idempotent() request: IdempotentRequest,
  ): Promise<NoticeDto> {
    return showNotice(
      await this.markNoticeRead.execute(partnership, parseId('Notice', id, 'noticeId'), request),
    );
  }
}
