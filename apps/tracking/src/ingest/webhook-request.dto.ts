import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IfGiven, PageQuery, PageType } from '#http';

const STATUSES = ['all', 'conflict'] as const;

export class WebhookRequestsQuery extends PageQuery {
  @ApiPropertyOptional({
    enum: STATUSES,
    default: 'all',
    description: '`conflict`: requests that came with the id of an earlier one and other content',
  })
  @IfGiven()
  @IsIn(STATUSES)
  status: (typeof STATUSES)[number] = 'all';
}

/** Bytes as text where they are UTF-8. */
export class RawBodyDto {
  @ApiProperty({ enum: ['utf8', 'base64'] })
  encoding!: 'utf8' | 'base64';

  @ApiProperty()
  content!: string;
}

/** A request as lists show it. */
export class WebhookRequestDto {
  @ApiProperty({ description: 'Of the stored request; in a conflict, of the first one with this id' })
  id!: string;

  @ApiProperty({ enum: ['stored', 'conflict'] })
  status!: 'stored' | 'conflict';

  @ApiProperty()
  integrationId!: string;

  @ApiProperty({ description: "The sender's own id of the event" })
  externalId!: string;

  @ApiProperty()
  receivedAt!: string;
}

export class WebhookRequestPage extends PageType(WebhookRequestDto) {}

export class ConflictDto {
  @ApiProperty()
  receivedAt!: string;

  @ApiProperty({ type: RawBodyDto })
  body!: RawBodyDto;
}

export class WebhookRequestDetailDto extends WebhookRequestDto {
  @ApiProperty({
    description: 'ready, sent, parked (waits for something), done, ignored, or dead (see reason)',
    example: 'done',
  })
  state!: string;

  @ApiProperty({ type: String, nullable: true, example: 'AMOUNT_INVALID' })
  reason!: string | null;

  @ApiProperty({ type: RawBodyDto })
  body!: RawBodyDto;

  @ApiProperty({
    type: [ConflictDto],
    description: 'Other contents that came with the same id; without effect',
  })
  conflicts!: ConflictDto[];
}
