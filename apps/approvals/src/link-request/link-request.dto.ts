import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Length, Matches } from 'class-validator';
import { IfGiven, PageQuery, PageType } from '#http';
import { publicId } from '#kernel';
import { type LinkRequest, LINK_REQUEST_STATES, type LinkRequestState } from './link-request.js';

export class RequestLinkBody {
  @ApiPropertyOptional({
    example: 'https://shop.example.com/boats',
    maxLength: 2048,
    description: 'Where the link should lead; left to the company when left out',
  })
  @IfGiven()
  @IsString()
  destinationUrl?: string;

  @ApiPropertyOptional({ maxLength: 2000, description: 'What it is for' })
  @IfGiven()
  @IsString()
  @Length(1, 2000)
  @Matches(/\S/, { message: 'must not be blank' })
  note?: string;
}

export class GrantLinkRequestBody {
  @ApiProperty({
    example: 'lnk_01h455vb4pex5vsknk084sn02q',
    description: 'A link of the partner: POST /v1/links',
  })
  @IsString()
  linkId!: string;

  @ApiPropertyOptional({ maxLength: 1000, description: 'Shown to the partner' })
  @IfGiven()
  @IsString()
  @Length(1, 1000)
  reason?: string;
}

export class RefuseLinkRequestBody {
  @ApiProperty({ maxLength: 1000, description: 'Shown to the partner' })
  @IsString()
  @Length(1, 1000)
  @Matches(/\S/, { message: 'must say why' })
  reason!: string;
}

export class LinkRequestsQuery extends PageQuery {
  @ApiPropertyOptional({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  @IfGiven()
  @IsString()
  programId?: string;

  @ApiPropertyOptional({ enum: LINK_REQUEST_STATES })
  @IfGiven()
  @IsIn(LINK_REQUEST_STATES)
  state?: LinkRequestState;
}

export class LinkRequestDto {
  @ApiProperty({ example: 'lrq_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  programId!: string;

  @ApiProperty({ example: 'psh_01h455vb4pex5vsknk084sn02q' })
  partnershipId!: string;

  @ApiProperty({ type: String, nullable: true })
  destinationUrl!: string | null;

  @ApiProperty({ type: String, nullable: true })
  note!: string | null;

  @ApiProperty({ enum: LINK_REQUEST_STATES })
  state!: LinkRequestState;

  @ApiProperty({ format: 'date-time' })
  requestedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  closedAt!: string | null;

  @ApiProperty({ type: String, nullable: true, description: "The company's words" })
  reason!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'The link that was granted' })
  linkId!: string | null;
}

export class LinkRequestPage extends PageType(LinkRequestDto) {}

export function showLinkRequest(request: LinkRequest): LinkRequestDto {
  return {
    id: publicId('LinkRequest', request.linkRequestId),
    programId: publicId('Program', request.programId),
    partnershipId: publicId('Partnership', request.partnershipId),
    destinationUrl: request.destinationUrl,
    note: request.note,
    state: request.state,
    requestedAt: request.requestedAt.toISOString(),
    closedAt: request.closedAt?.toISOString() ?? null,
    reason: request.reason,
    linkId: request.linkId && publicId('Link', request.linkId),
  };
}
