import { ApiProperty } from '@nestjs/swagger';
import { ArrayUnique, IsArray, IsIn } from 'class-validator';
import { InvalidField } from '#kernel';
import { type Precedence, PRECEDENCE_METHODS, type PrecedenceMethod } from '#rules';

export class ChangePrecedenceBody {
  @ApiProperty({
    enum: PRECEDENCE_METHODS,
    isArray: true,
    description: 'Each method once; the first that finds a partner wins',
    example: PRECEDENCE_METHODS,
  })
  @IsArray()
  @IsIn(PRECEDENCE_METHODS, { each: true })
  @ArrayUnique({ message: 'must name each method once' })
  precedence!: PrecedenceMethod[];
}

export class PrecedenceSettingDto {
  @ApiProperty({ enum: PRECEDENCE_METHODS, isArray: true })
  precedence!: string[];

  @ApiProperty({ format: 'date-time', description: 'Events from then on go by it' })
  effectiveFrom!: string;
}

export class AttributionSettingsDto {
  @ApiProperty({ enum: PRECEDENCE_METHODS, isArray: true, description: 'In force now' })
  precedence!: string[];

  @ApiProperty({
    type: [PrecedenceSettingDto],
    description: 'Every change, newest first; before the first: the default',
  })
  history!: PrecedenceSettingDto[];
}

/** @throws InvalidInput `attribution_settings.precedence_incomplete` */
export function methodsOf({ precedence }: ChangePrecedenceBody): readonly PrecedenceMethod[] {
  const missing = PRECEDENCE_METHODS.filter((method) => !precedence.includes(method));
  if (missing.length === 0) return precedence;
  throw new InvalidField(
    'attribution_settings.precedence_incomplete',
    'precedence',
    `must also name ${missing.join(' and ')}, at the end if it should count least`,
  );
}

/** @param settings newest first */
export const showSettings = (settings: readonly Precedence[]): AttributionSettingsDto => ({
  precedence: [...(settings[0]?.methods ?? PRECEDENCE_METHODS)],
  history: settings.map(({ effectiveFrom, methods }) => ({
    precedence: [...methods],
    effectiveFrom: effectiveFrom.toISOString(),
  })),
});
