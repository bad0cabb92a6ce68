import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsString, Length, Matches, Max, Min } from 'class-validator';
import { PageQuery, PageType } from '#http';
import { publicId } from '#kernel';
import type { TermsVersion } from './publish-terms.js';

export class TermsBody {
  @ApiProperty({ maxLength: 100_000, description: 'Plain text or Markdown' })
  @IsString()
  @Length(1, 100_000)
  @Matches(/\S/, { message: 'must not be blank' })
  text!: string;
}

/** Fewer at a time than other lists: each holds a whole text. */
export class TermsQuery extends PageQuery {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 100, default: 20 })
  @Max(100)
  override limit = 20;
}

export class AcceptTermsBody {
  @ApiProperty({ type: 'integer', description: 'The version that was read; it must be the current one' })
  @IsInt()
  @Min(1)
  @Max(2_000_000_000)
  version!: number;
}

export class TermsAcceptanceDto {
  @ApiProperty({ type: 'integer' })
  version!: number;

  @ApiProperty({ format: 'date-time' })
  acceptedAt!: string;
}

export class TermsDto {
  @ApiProperty({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  programId!: string;

  @ApiProperty({ type: 'integer', description: 'Counts up from 1' })
  version!: number;

  @ApiProperty()
  text!: string;

  @ApiProperty({ format: 'date-time' })
  publishedAt!: string;
}

export class TermsPage extends PageType(TermsDto) {}

export function showTerms(terms: TermsVersion): TermsDto {
  return {
    programId: publicId('Program', terms.programId),
    version: terms.version,
    text: terms.text,
    publishedAt: terms.publishedAt.toISOString(),
  };
}
