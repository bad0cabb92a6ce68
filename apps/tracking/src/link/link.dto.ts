import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { IfGiven, PageQuery, PageType } from '#http';
import { publicId } from '#kernel';
import type { LinkView } from './link-view.js';

export class CreateLinkBody {
  @ApiProperty({
    maxLength: 2048,
    example: 'https://shop.example/spring?utm_source=partner',
    description: 'Where visitors arrive. The click id is added to its query as fl_click.',
  })
  @IsString()
  destinationUrl!: string;

  @ApiPropertyOptional({
    minLength: 3,
    maxLength: 64,
    pattern: '^[a-z0-9-]{3,64}$',
    description: 'The last part of the link; unique on this server. Random when left out.',
  })
  @IfGiven()
  @IsString()
  slug?: string;
}

export class GiveLinkBody extends CreateLinkBody {
  @ApiProperty({
    example: 'psh_01h455vb4pex5vsknk084sn02q',
    description: 'Whose it is: an approved partnership',
  })
  @IsString()
  partnershipId!: string;
}

export class CompanyLinksQuery extends PageQuery {
  @ApiPropertyOptional({
    example: 'psh_01h455vb4pex5vsknk084sn02q',
    description: 'Only links of this partnership',
  })
  @IfGiven()
  @IsString()
  partnershipId?: string;
}

export class LinkDto {
  @ApiProperty({ example: 'lnk_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  programId!: string;

  @ApiProperty({ example: 'https://go.example/r/spring', description: 'What to hand out' })
  url!: string;

  @ApiProperty()
  slug!: string;

  @ApiProperty()
  destinationUrl!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class LinkPage extends PageType(LinkDto) {}

export class CompanyLinkDto extends LinkDto {
  @ApiProperty({ example: 'psh_01h455vb4pex5vsknk084sn02q' })
  partnershipId!: string;
}

export class CompanyLinkPage extends PageType(CompanyLinkDto) {}

/** @param publicUrl where visitors reach this server */
export const showLink = (view: LinkView, publicUrl: string): LinkDto => fieldsOf(view, publicUrl);

export const showCompanyLink = (view: LinkView, publicUrl: string): CompanyLinkDto => ({
  ...fieldsOf(view, publicUrl),
  partnershipId: publicId('Partnership', view.partnershipId),
});

const fieldsOf = (view: LinkView, publicUrl: string) => ({
  id: publicId('Link', view.linkId),
  programId: publicId('Program', view.programId),
  url: new URL(`/r/${view.slug}`, publicUrl).href,
  slug: view.slug,
  destinationUrl: view.destinationUrl,
  createdAt: view.createdAt.toISOString(),
});
