import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IfGiven, PageQuery, PageType } from '#http';
import { asId, type IdKind, publicId } from '#kernel';
import type { NoticeView } from './list-notices.js';
import { NOTICE_KINDS, type NoticeKind } from './notice.js';

export class NoticesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ['true', 'false'], default: 'false', description: 'Only those not read yet' })
  @IfGiven()
  @IsIn(['true', 'false'])
  unread: 'true' | 'false' = 'false';
}

export class NoticeDto {
  @ApiProperty({ example: 'ntc_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({ enum: NOTICE_KINDS })
  kind!: NoticeKind;

  @ApiProperty({ example: 'You earned 12.00 EUR' })
  title!: string;

  @ApiProperty({ description: 'What happened and why, in words' })
  body!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'What the text speaks of; amounts are minor units',
  })
  data!: Readonly<Record<string, unknown>>;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readAt!: string | null;
}

export class NoticePage extends PageType(NoticeDto) {}

export function showNotice(notice: NoticeView): NoticeDto {
  return {
    id: publicId('Notice', notice.noticeId),
    kind: notice.kind,
    title: notice.title,
    body: notice.body,
    data: withPublicIds(notice.data),
    createdAt: notice.createdAt.toISOString(),
    readAt: notice.readAt?.toISOString() ?? null,
  };
}

const ID_FIELDS: Readonly<Record<string, IdKind>> = {
  commissionId: 'Commission',
  payoutId: 'Payout',
  offerId: 'Offer',
  programId: 'Program',
  applicationId: 'Application',
  customerId: 'Customer',
  referralId: 'Referral',
  linkRequestId: 'LinkRequest',
  linkId: 'Link',
  codeId: 'Code',
  groupId: 'Group',
};

function withPublicIds(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(data).map(([field, value]) => {
      const kind = ID_FIELDS[field];
      return [field, kind && typeof value === 'string' ? publicId(kind, asId(kind, value)) : value];
    }),
  );
}
