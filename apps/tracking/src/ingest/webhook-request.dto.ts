import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '#http';

const STATUSES = ['all', 'conflict'] as const;

export class WebhookRequestQuery extends PageQuery {
  @ApiPropertyOptional({
    enum: STATUSES,
    default: 'all',
    description: '`conflict`: requests that came with the id of an earlier one and other content',
  })
  @IsOptional()
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

export class WebhookRequestPage {
  @ApiProperty({ type: [WebhookRequestDto] })
  data!: WebhookRequestDto[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;
}

export class ConflictDto {
  @ApiProperty()
  receivedAt!: string;

  @ApiProperty({ type: RawBodyDto })
  body!: RawBodyDto;
}

export class WebhookRequestDetail extends WebhookRequestDto {
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
