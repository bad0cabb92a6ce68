import { ApiProperty } from '@nestjs/swagger';
import { SERVICES } from '#contracts';
import { PageType } from '#http';
import { asId, publicId } from '#kernel';
import type { DeliveryKey } from '../delivery/delivery-key.js';
import type { DeliveryState } from '../delivery/delivery-state.js';
import { DELIVERY_STATES, FailureDto, showFailure, showTime } from '../delivery/delivery.dto.js';
import type { RawWebhook } from '../delivery/read-raw-webhook.js';
import { InterventionDto, showIntervention } from '../intervention/intervention.dto.js';
import type { JsonObject } from '../revision/revised-data.js';
import type { DeadLetterLine } from './list-dead-letters.js';
import type { DeadLetter } from './read-dead-letter.js';

/** The three names that address a delivery in every route. */
class DeliveryIdentityDto {
  @ApiProperty({ example: 'cmp_01h455vb4pex5vsknk084sn02q' })
  readonly companyId!: string;

  @ApiProperty({ example: 'evt_01h455vb4pex5vsknk084sn02q' })
  readonly eventId!: string;

  @ApiProperty({ enum: SERVICES })
  readonly consumer!: string;
}

export class DeadLetterLineDto extends DeliveryIdentityDto {
  @ApiProperty({ example: 'webhook.received' })
  readonly eventType!: string;

  @ApiProperty({ description: 'stable error code' })
  readonly code!: string;

  @ApiProperty()
  readonly message!: string;

  @ApiProperty()
  readonly attempts!: number;

  @ApiProperty({ description: 'newest revision of the data; 0 is the original' })
  readonly revision!: number;

  @ApiProperty({ format: 'date-time', description: "the event's own time: what a replay is judged by" })
  readonly occurredAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly diedAt!: string;
}

export class DeadLetterPage extends PageType(DeadLetterLineDto) {}

/** The raw request a webhook came by. */
export class RawWebhookDto {
  @ApiProperty()
  readonly requestId!: string;

  @ApiProperty()
  readonly integrationId!: string;

  @ApiProperty({ description: "the sender's own id of the event" })
  readonly externalId!: string;

  @ApiProperty({ format: 'date-time' })
  readonly receivedAt!: string;

  @ApiProperty({ description: 'the body exactly as it was received' })
  readonly body!: string;
}

export class DeadLetterDto extends DeliveryIdentityDto {
  @ApiProperty({ enum: DELIVERY_STATES })
  readonly state!: DeliveryState;

  @ApiProperty({ type: String, nullable: true, description: 'why it waits or was ignored' })
  readonly reason!: string | null;

  @ApiProperty({ example: 'webhook.received' })
  readonly eventType!: string;

  @ApiProperty({ format: 'date-time', description: "the event's own time: what a replay is judged by" })
  readonly occurredAt!: string;

  @ApiProperty({ format: 'date-time' })
  readonly recordedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly finishedAt!: string | null;

  @ApiProperty({ description: 'first event of the chain this one belongs to' })
  readonly correlationId!: string;

  @ApiProperty()
  readonly attempts!: number;

  @ApiProperty({ type: FailureDto, nullable: true })
  readonly failure!: FailureDto | null;

  @ApiProperty({ description: 'newest revision of the data; 0 is the original' })
  readonly revision!: number;

  @ApiProperty({ type: Object, description: 'what a replay hands to the consumer' })
  readonly data!: JsonObject;

  @ApiProperty({ type: RawWebhookDto, nullable: true })
  readonly webhook!: RawWebhookDto | null;

  @ApiProperty({ type: [InterventionDto], description: 'what operators did, oldest first' })
  readonly interventions!: InterventionDto[];
}

export function showDeadLetterLine(line: DeadLetterLine): DeadLetterLineDto {
  return {
    ...showIdentity(line),
    eventType: line.eventType,
    code: line.code,
    message: line.message,
    attempts: line.attempts,
    revision: line.revision,
    occurredAt: showTime(line.occurredAt),
    diedAt: showTime(line.diedAt),
  };
}

export function showDeadLetter(key: DeliveryKey, letter: DeadLetter): DeadLetterDto {
  return {
    ...showIdentity(key),
    state: letter.state,
    reason: letter.reason,
    eventType: letter.eventType,
    occurredAt: showTime(letter.occurredAt),
    recordedAt: showTime(letter.recordedAt),
    finishedAt: letter.finishedAt && showTime(letter.finishedAt),
    correlationId: publicId('Event', asId('Event', letter.correlationId)),
    attempts: letter.attempts,
    failure: showFailure(letter.failure),
    revision: letter.revision,
    data: letter.data,
    webhook: letter.webhook && showRawWebhook(letter.webhook),
    interventions: letter.interventions.map(showIntervention),
  };
}

const showIdentity = (key: Pick<DeliveryKey, 'companyId' | 'eventId'> & { readonly consumer: string }) => ({
  companyId: publicId('Company', key.companyId),
  eventId: publicId('Event', key.eventId),
  consumer: key.consumer,
});

const showRawWebhook = (webhook: RawWebhook): RawWebhookDto => ({
  requestId: publicId('WebhookRequest', asId('WebhookRequest', webhook.requestId)),
  integrationId: publicId('Integration', asId('Integration', webhook.integrationId)),
  externalId: webhook.externalId,
  receivedAt: showTime(webhook.receivedAt),
  body: webhook.body,
});
