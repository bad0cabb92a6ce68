import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsString, MaxLength } from 'class-validator';
import { IfGiven, IsTime, PageQuery, PageType } from '#http';
import { publicId } from '#kernel';
import type { Code } from './code.js';
import type { PartnerCode } from './read-codes.js';

const PARTNERSHIP = 'psh_01h455vb4pex5vsknk084sn02q';
const FROM = 'Now when left out. A past time counts for orders that are reported from now on.';

export class CreateCodeBody {
  @ApiProperty({
    example: 'ADA10',
    maxLength: 100,
    description: 'As customers type it; upper and lower case are the same',
  })
  @IsString()
  @MaxLength(100)
  code!: string;

  @ApiProperty({ example: PARTNERSHIP, description: 'Whose it is: an approved partnership' })
  @IsString()
  partnershipId!: string;

  @ApiPropertyOptional({ format: 'date-time', description: FROM })
  @IfGiven()
  @IsTime()
  from?: string;

  @ApiPropertyOptional({
    type: [String],
    maxItems: 10,
    example: ['promo_1MgKQ2eZvKYlo2C'],
    description: "What a platform reports instead of the text, such as Stripe's ids of promotion codes",
  })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(10)
  @IsString({ each: true })
  platformIds?: string[];
}

export class AssignCodeBody {
  @ApiProperty({ example: PARTNERSHIP, description: 'Whose it is from then on: an approved partnership' })
  @IsString()
  partnershipId!: string;

  @ApiPropertyOptional({ format: 'date-time', description: FROM })
  @IfGiven()
  @IsTime()
  from?: string;
}

export class RetireCodeBody {
  @ApiPropertyOptional({ format: 'date-time', description: FROM })
  @IfGiven()
  @IsTime()
  from?: string;
}

export class CodesQuery extends PageQuery {
  @ApiPropertyOptional({
    example: PARTNERSHIP,
    description: 'Only codes that are or were of this partnership',
  })
  @IfGiven()
  @IsString()
  partnershipId?: string;

  @ApiPropertyOptional({ example: 'ada10', description: "Only the code of this text or platform's id" })
  @IfGiven()
  @IsString()
  @MaxLength(100)
  code?: string;
}

export class CodeAssignmentDto {
  @ApiProperty({ example: PARTNERSHIP })
  partnershipId!: string;

  @ApiProperty({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  programId!: string;

  @ApiProperty({ format: 'date-time' })
  from!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Not included' })
  until!: string | null;
}

export class CodeDto {
  @ApiProperty({ example: 'cod_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({ example: 'ADA10' })
  code!: string;

  @ApiProperty({ type: [String] })
  platformIds!: string[];

  @ApiProperty({ type: [CodeAssignmentDto], description: 'Whose it is and was, oldest first' })
  assignments!: CodeAssignmentDto[];

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class CodePage extends PageType(CodeDto) {}

export class PartnerCodeDto {
  @ApiProperty({
    example: 'ADA10',
    description: 'What your customers type; upper and lower case are the same',
  })
  code!: string;

  @ApiProperty({ format: 'date-time', description: 'Orders from then on are credited to you by it' })
  from!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Orders from then on are not; null while it is yours',
  })
  until!: string | null;
}

export class PartnerCodePage extends PageType(PartnerCodeDto) {}

export const showCode = ({ codeId, code, platformIds, assignments, createdAt }: Code): CodeDto => ({
  id: publicId('Code', codeId),
  code,
  platformIds: [...platformIds],
  assignments: assignments.map(({ partnershipId, programId, from, until }) => ({
    partnershipId: publicId('Partnership', partnershipId),
    programId: publicId('Program', programId),
    from: from.toISOString(),
    until: until?.toISOString() ?? null,
  })),
  createdAt: createdAt.toISOString(),
});

export const showPartnerCode = ({ code, from, until }: PartnerCode): PartnerCodeDto => ({
  code,
  from: from.toISOString(),
  until: until?.toISOString() ?? null,
});
