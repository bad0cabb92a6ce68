import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsInt, IsString, IsTimeZone, Length, Matches, Max, Min } from 'class-validator';
import { IfGiven, IsName, PageType } from '#http';
import { publicId } from '#kernel';
import type { Program } from './program.js';

/** Left out is fine, null is not: a setting always has a value. */
class ProgramSettingsBody {
  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 365, default: 90 })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(365)
  attributionWindowDays?: number;

  @ApiPropertyOptional({ example: 'Europe/Berlin', default: 'UTC' })
  @IfGiven()
  @IsString()
  @Matches(/^[A-Za-z]/, { message: 'must be an IANA time zone such as "Europe/Berlin"' })
  @IsTimeZone({ message: 'must be an IANA time zone such as "Europe/Berlin"' })
  timeZone?: string;

  @ApiPropertyOptional({ default: true, description: 'Whether approved partners may create links' })
  @IfGiven()
  @IsBoolean()
  linksEnabled?: boolean;

  @ApiPropertyOptional({ default: false, description: 'Whether approved partners may submit leads' })
  @IfGiven()
  @IsBoolean()
  leadsEnabled?: boolean;

  @ApiPropertyOptional({ default: false, description: 'Whether approved partners may register deals' })
  @IfGiven()
  @IsBoolean()
  dealsEnabled?: boolean;
}

export class CreateProgramBody extends ProgramSettingsBody {
  @ApiProperty({ maxLength: 120 })
  @IsName(120)
  name!: string;

  @ApiProperty({
    example: 'referrals',
    maxLength: 60,
    description: 'Unique in the company; cannot be changed later',
  })
  @IsString()
  @Length(1, 60)
  @Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/, { message: 'must be lower-case words joined by "-"' })
  slug!: string;
}

export class ChangeProgramBody extends ProgramSettingsBody {
  @ApiPropertyOptional({ maxLength: 120 })
  @IfGiven()
  @IsName(120)
  name?: string;
}

export class ProgramDto {
  @ApiProperty({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty()
  slug!: string;

  @ApiProperty({
    type: 'integer',
    description: 'Days after a click in which an order or signup may be credited to it',
  })
  attributionWindowDays!: number;

  @ApiProperty({ description: 'Months and hold days are counted in it' })
  timeZone!: string;

  @ApiProperty({ description: 'Groups and partners may differ from it' })
  linksEnabled!: boolean;

  @ApiProperty({ description: 'Groups may differ from it' })
  leadsEnabled!: boolean;

  @ApiProperty({ description: 'Groups may differ from it' })
  dealsEnabled!: boolean;

  @ApiProperty({ format: 'date-time', description: 'Since when these settings hold' })
  effectiveFrom!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class ProgramPage extends PageType(ProgramDto) {}

export function showProgram(program: Program): ProgramDto {
  return {
    id: publicId('Program', program.programId),
    name: program.name,
    slug: program.slug,
    attributionWindowDays: program.windowDays,
    timeZone: program.timeZone,
    linksEnabled: program.areLinksEnabled,
    leadsEnabled: program.areLeadsEnabled,
    dealsEnabled: program.areDealsEnabled,
    effectiveFrom: program.effectiveFrom.toISOString(),
    createdAt: program.createdAt.toISOString(),
  };
}
