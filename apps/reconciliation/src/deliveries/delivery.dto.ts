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
export class FailureResponse {
  @ApiProperty({ example: 'WEBHOOK_UNREADABLE' })
  readonly code: string;
  @ApiProperty({ type: String, nullable: true, description: 'class of the error that was thrown' })
  readonly class: string | null;
  @ApiProperty()
  readonly message: string;
  @ApiProperty({ type: String, nullable: true })
  readonly stack: string | null;

  constructor(failure: Failure) {
    this.code = failure.code;
    this.class = failure.class ?? null;
    this.message = failure.message;
    this.stack = failure.stack ?? null;
  }
}

export const showFailure = (failure: Failure | null) => (failure ? new FailureResponse(failure) : null);
export const showTime = (time: string) => new Date(time).toISOString();

export class EventQuery {
  @ApiProperty({ example: 'cmp_01h455vb4pex5vsknk084sn02q' })
  @IsString()
  readonly companyId!: string;

  @ApiProperty({ example: 'evt_01h455vb4pex5vsknk084sn02q' })
  @IsString()
  readonly eventId!: string;
}

/** One consumer's part in the path of an event. */
export class DeliveryResponse {
  @ApiProperty({ enum: SERVICES })
  readonly consumer: string;
  @ApiProperty({ example: 'order.placed' })
  readonly eventType: string;
  @ApiProperty({ enum: DELIVERY_STATES })
  readonly state: DeliveryState;
  @ApiProperty({ type: String, nullable: true, description: 'why it waits or was ignored' })
  readonly reason: string | null;
  @ApiProperty()
  readonly attempts: number;
  @ApiProperty({ format: 'date-time', description: 'when it is next tried' })
  readonly dueAt: string;
  @ApiProperty({ format: 'date-time' })
  readonly createdAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly finishedAt: string | null;
  @ApiProperty({ type: FailureResponse, nullable: true })
  readonly failure: FailureResponse | null;

  constructor(line: DeliveryLine) {
    this.consumer = line.consumer;
    this.eventType = line.eventType;
    this.state = line.state;
    this.reason = line.reason;
    this.attempts = line.attempts;
    this.dueAt = showTime(line.dueAt);
    this.createdAt = showTime(line.createdAt);
    this.finishedAt = line.finishedAt && showTime(line.finishedAt);
    this.failure = showFailure(line.failure);
  }
}

export class DeliveryListResponse {
  @ApiProperty({ type: [DeliveryResponse] })
  readonly data: DeliveryResponse[];

  constructor(lines: readonly DeliveryLine[]) {
    this.data = lines.map((line) => new DeliveryResponse(line));
  }
}
