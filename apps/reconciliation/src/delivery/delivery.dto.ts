import { ApiProperty } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { SERVICES } from '#contracts';
import type { DeliveryState, Failure } from './delivery-state.js';
import type { DeliveryLine } from './list-deliveries.js';

export const DELIVERY_STATES: readonly DeliveryState[] = [
  'ready',
  'sent',
  'parked',
  'done',
  'ignored',
  'dead',
];

/** Why a delivery failed. */
export class FailureDto {
  @ApiProperty({ example: 'WEBHOOK_UNREADABLE' })
  readonly code!: string;

  @ApiProperty({ type: String, nullable: true, description: 'class of the error that was thrown' })
  readonly class!: string | null;

  @ApiProperty()
  readonly message!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly stack!: string | null;
}

export class DeliveriesQuery {
  @ApiProperty({ example: 'cmp_01h455vb4pex5vsknk084sn02q' })
  @IsString()
  readonly companyId!: string;

  @ApiProperty({ example: 'evt_01h455vb4pex5vsknk084sn02q' })
  @IsString()
  readonly eventId!: string;
}

/** One consumer's part in the path of an event. */
export class DeliveryDto {
  @ApiProperty({ enum: SERVICES })
  readonly consumer!: string;

  @ApiProperty({ example: 'order.placed' })
  readonly eventType!: string;

  @ApiProperty({ enum: DELIVERY_STATES })
  readonly state!: DeliveryState;

  @ApiProperty({ type: String, nullable: true, description: 'why it waits or was ignored' })
  readonly reason!: string | null;

  @ApiProperty()
  readonly attempts!: number;

  @ApiProperty({ format: 'date-time', description: 'when it is next tried' })
  readonly dueAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly finishedAt!: string | null;

  @ApiProperty({ type: FailureDto, nullable: true })
  readonly failure!: FailureDto | null;
}

export class DeliveryList {
  @ApiProperty({ type: [DeliveryDto] })
  readonly data!: DeliveryDto[];
}

export const showDelivery = (line: DeliveryLine): DeliveryDto => ({
  consumer: line.consumer,
  eventType: line.eventType,
  state: line.state,
  reason: line.reason,
  attempts: line.attempts,
  dueAt: showTime(line.dueAt),
  createdAt: showTime(line.createdAt),
  finishedAt: line.finishedAt && showTime(line.finishedAt),
  failure: showFailure(line.failure),
});

export function showFailure(failure: Failure | null): FailureDto | null {
  if (!failure) return null;
  const { code, message } = failure;
  return { code, class: failure.class ?? null, message, stack: failure.stack ?? null };
}

/** @param time PostgreSQL's text of a timestamptz */
export const showTime = (time: string): string => new Date(time).toISOString();
