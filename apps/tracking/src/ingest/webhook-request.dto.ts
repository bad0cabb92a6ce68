import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IfGiven, PageQuery, PageType } from '#http';
import { REQUEST_LISTS, type RequestList } from './webhook-requests.js';

export class WebhookRequestsQuery extends PageQuery {
  @ApiPropertyOptional({
    enum: REQUEST_LISTS,
    default: 'all',
    description:
      '`dead`: requests that could not be understood and wait to be mended; `conflict`: requests that came with the id of an earlier one and other content',
  })
  @IfGiven()
  @IsIn(REQUEST_LISTS)
  status: RequestList = 'all';
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

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'ready, sent, parked (waits for something), done, ignored, or dead (see reason); null for a conflict',
    example: 'done',
  })
  state!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'AMOUNT_INVALID' })
  reason!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What to mend, where it could not be understood',
    example: 'data.order.amount must be a whole number of minor units from 0 to 9007199254740991.',
  })
  message!: string | null;
}

export class WebhookRequestPage extends PageType(WebhookRequestDto) {}

export class ConflictDto {
  @ApiProperty()
  receivedAt!: string;

  @ApiProperty({ type: RawBodyDto })
  body!: RawBodyDto;
}

export class WebhookRequestDetailDto extends WebhookRequestDto {
  @ApiProperty({ type: RawBodyDto })
  body!: RawBodyDto;

  @ApiProperty({
    type: [ConflictDto],
    description: 'The ten newest other contents that came with the same id; without effect',
  })
  conflicts!: ConflictDto[];
}
