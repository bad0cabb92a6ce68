import { ApiProperty } from '@nestjs/swagger';
import { SERVICES } from '#contracts';
import { asId, publicId } from '#kernel';
import type { DeliveryKey } from '../deliveries/delivery-key.js';
import type { DeliveryState } from '../deliveries/delivery-state.js';
import { DELIVERY_STATES, FailureResponse, showFailure, showTime } from '../deliveries/delivery.dto.js';
import type { RawWebhook } from '../deliveries/read-raw-webhook.js';
import { InterventionResponse } from '../interventions/intervention.dto.js';
import type { JsonObject } from '../revisions/revised-data.js';
import { cursorOf } from './dead-letter-cursor.js';
import type { DeadLetterLine } from './list-dead-letters.js';
import type { DeadLetter } from './show-dead-letter.js';

/** The three names that address a delivery in every route. */
class DeliveryIdentity {
  @ApiProperty({ example: 'cmp_01h455vb4pex5vsknk084sn02q' })
  readonly companyId: string;
  @ApiProperty({ example: 'evt_01h455vb4pex5vsknk084sn02q' })
  readonly eventId: string;
  @ApiProperty({ enum: SERVICES })
  readonly consumer: string;

  constructor(key: Pick<DeliveryKey, 'companyId' | 'eventId'> & { readonly consumer: string }) {
    this.companyId = publicId('Company', key.companyId);
    this.eventId = publicId('Event', key.eventId);
    this.consumer = key.consumer;
  }
}

export class DeadLetterLineResponse extends DeliveryIdentity {
  @ApiProperty({ example: 'webhook.received' })
  readonly eventType: string;
  @ApiProperty({ description: 'stable error code' })
  readonly code: string;
  @ApiProperty()
  readonly message: string;
  @ApiProperty()
  readonly attempts: number;
  @ApiProperty({ description: 'newest revision of the data; 0 is the original' })
  readonly revision: number;
  @ApiProperty({ format: 'date-time', description: "the event's own time: what a replay is judged by" })
  readonly occurredAt: string;
  @ApiProperty({ format: 'date-time' })
  readonly diedAt: string;

  constructor(line: DeadLetterLine) {
    super(line);
    this.eventType = line.eventType;
    this.code = line.code;
    this.message = line.message;
    this.attempts = line.attempts;
    this.revision = line.revision;
    this.occurredAt = showTime(line.occurredAt);
    this.diedAt = showTime(line.diedAt);
  }
}

export class DeadLetterPageResponse {
  @ApiProperty({ type: [DeadLetterLineResponse] })
  readonly data: DeadLetterLineResponse[];
  @ApiProperty({ type: String, nullable: true })
  readonly nextCursor: string | null;

  /** @param lines up to `limit + 1` of them */
  constructor(lines: readonly DeadLetterLine[], limit: number) {
    const shown = lines.slice(0, limit);
    const last = shown.at(-1);
    this.data = shown.map((line) => new DeadLetterLineResponse(line));
    this.nextCursor = last && lines.length > limit ? cursorOf({ ...last, at: last.diedAt }) : null;
  }
}

/** The raw request a webhook came by. */
export class RawWebhookResponse {
  @ApiProperty()
  readonly requestId: string;
  @ApiProperty()
  readonly integrationId: string;
  @ApiProperty({ description: "the sender's own id of the event" })
  readonly externalId: string;
  @ApiProperty({ format: 'date-time' })
  readonly receivedAt: string;
  @ApiProperty({ description: 'the body exactly as it was received' })
  readonly body: string;

  constructor(webhook: RawWebhook) {
    this.requestId = publicId('WebhookRequest', asId('WebhookRequest', webhook.requestId));
    this.integrationId = publicId('Integration', asId('Integration', webhook.integrationId));
    this.externalId = webhook.externalId;
    this.receivedAt = showTime(webhook.receivedAt);
    this.body = webhook.body;
  }
}

export class DeadLetterResponse extends DeliveryIdentity {
  @ApiProperty({ enum: DELIVERY_STATES })
  readonly state: DeliveryState;
  @ApiProperty({ type: String, nullable: true, description: 'why it waits or was ignored' })
  readonly reason: string | null;
  @ApiProperty({ example: 'webhook.received' })
  readonly eventType: string;
  @ApiProperty({ format: 'date-time', description: "the event's own time: what a replay is judged by" })
  readonly occurredAt: string;
  @ApiProperty({ format: 'date-time' })
  readonly recordedAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  readonly finishedAt: string | null;
  @ApiProperty({ description: 'first event of the chain this one belongs to' })
  readonly correlationId: string;
  @ApiProperty()
  readonly attempts: number;
  @ApiProperty({ type: FailureResponse, nullable: true })
  readonly failure: FailureResponse | null;
  @ApiProperty({ description: 'newest revision of the data; 0 is the original' })
  readonly revision: number;
  @ApiProperty({ type: Object, description: 'what a replay hands to the consumer' })
  readonly data: JsonObject;
  @ApiProperty({ type: RawWebhookResponse, nullable: true })
  readonly webhook: RawWebhookResponse | null;
  @ApiProperty({ type: [InterventionResponse], description: 'what operators did, oldest first' })
  readonly interventions: InterventionResponse[];

  constructor(key: DeliveryKey, letter: DeadLetter) {
    super(key);
    this.state = letter.state;
    this.reason = letter.reason;
    this.eventType = letter.eventType;
    this.occurredAt = showTime(letter.occurredAt);
    this.recordedAt = showTime(letter.recordedAt);
    this.finishedAt = letter.finishedAt && showTime(letter.finishedAt);
    this.correlationId = publicId('Event', asId('Event', letter.correlationId));
    this.attempts = letter.attempts;
    this.failure = showFailure(letter.failure);
    this.revision = letter.revision;
    this.data = letter.data;
    this.webhook = letter.webhook && new RawWebhookResponse(letter.webhook);
    this.interventions = letter.interventions.map((made) => new InterventionResponse(made));
  }
}
