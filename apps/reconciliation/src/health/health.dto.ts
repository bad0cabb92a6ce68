import { ApiProperty } from '@nestjs/swagger';
import type { ConsumerHealth } from '#bus';
import { SERVICES } from '#contracts';

export class ConsumerHealthDto {
  @ApiProperty({ enum: SERVICES })
  readonly consumer!: string;

  @ApiProperty({ description: 'deliveries waiting for their turn' })
  readonly ready!: number;

  @ApiProperty({ description: 'age of the oldest one that is due' })
  readonly oldestReadySeconds!: number;

  @ApiProperty({ description: 'handed to a worker, not finished' })
  readonly sent!: number;

  @ApiProperty({ description: 'waiting for something else to arrive' })
  readonly parked!: number;

  @ApiProperty({ description: 'parked past their deadline' })
  readonly overdue!: number;

  @ApiProperty({ description: 'dead letters' })
  readonly dead!: number;

  @ApiProperty()
  readonly oldestDeadSeconds!: number;
}

export class HealthSummaryDto {
  @ApiProperty({ type: [ConsumerHealthDto] })
  readonly consumers!: readonly ConsumerHealth[];
}
