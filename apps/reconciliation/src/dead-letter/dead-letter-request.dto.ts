import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, MaxLength } from 'class-validator';
import { SERVICES } from '#contracts';
import { IfGiven, IsTime, PageQuery } from '#http';
import { parseId } from '#kernel';
import type { DeadLetterFilter } from './list-dead-letters.js';

export class DeadLettersQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'one company; all when left out' })
  @IfGiven()
  @IsString()
  readonly companyId?: string;

  @ApiPropertyOptional({ enum: SERVICES })
  @IfGiven()
  @IsIn(SERVICES)
  readonly consumer?: string;

  @ApiPropertyOptional({ example: 'webhook.received' })
  @IfGiven()
  @IsString()
  @MaxLength(100)
  readonly eventType?: string;

  @ApiPropertyOptional({ description: 'error code, as the list shows it' })
  @IfGiven()
  @IsString()
  @MaxLength(100)
  readonly code?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'died at or after' })
  @IfGiven()
  @IsTime()
  readonly from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'died before' })
  @IfGiven()
  @IsTime()
  readonly until?: string;

  filter(): DeadLetterFilter {
    return {
      companyId: this.companyId === undefined ? null : parseId('Company', this.companyId, 'companyId'),
      consumer: this.consumer ?? null,
      eventType: this.eventType ?? null,
      code: this.code ?? null,
      from: this.from === undefined ? null : new Date(this.from),
      until: this.until === undefined ? null : new Date(this.until),
    };
  }
}
