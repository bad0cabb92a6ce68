import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IfGiven, IsTime } from '#http';
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
  @IsTime()
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
