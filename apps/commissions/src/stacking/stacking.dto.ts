import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsISO8601, Matches } from 'class-validator';
import { IfGiven } from '#http';
import { STACKING_POLICIES, stackingInForce, type StackingPolicy, type StackingSetting } from '#rules';

export class SetStackingBody {
  @ApiProperty({
    enum: STACKING_POLICIES,
    description: '`all`: every offer pays. `best`: only the one that pays most for a signup, order or other',
  })
  @IsIn(STACKING_POLICIES)
  policy!: StackingPolicy;

  @ApiPropertyOptional({ format: 'date-time', description: 'Left out: now' })
  @IfGiven()
  @IsISO8601({ strict: true }, { message: 'must be an ISO 8601 time such as "2026-06-01T00:00:00Z"' })
  @Matches(/T.*(Z|[+-]\d\d:\d\d)$/, { message: 'must name its time zone, such as "2026-06-01T00:00:00Z"' })
  effectiveFrom?: string;
}

export class StackingSettingDto {
  @ApiProperty({ enum: STACKING_POLICIES })
  policy!: StackingPolicy;

  @ApiProperty({ format: 'date-time' })
  effectiveFrom!: string;
}

export class StackingDto {
  @ApiProperty({ enum: STACKING_POLICIES, description: 'In force now' })
  current!: StackingPolicy;

  @ApiProperty({ type: [StackingSettingDto], description: 'Oldest first; before the first, all offers pay' })
  settings!: StackingSettingDto[];
}

export function showStacking(settings: readonly StackingSetting[], now: Date): StackingDto {
  return {
    current: stackingInForce(settings, now),
    settings: settings.map(({ policy, effectiveFrom }) => ({
      policy,
      effectiveFrom: effectiveFrom.toISOString(),
    })),
  };
}
