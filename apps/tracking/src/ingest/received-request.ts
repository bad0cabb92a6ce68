import type { Id } from '#kernel';
import type { Integration } from '../integration/integration.js';

/** A webhook whose signature was right, before it is durable. */
export interface ReceivedRequest {
  readonly integration: Integration;
  readonly requestId: Id<'WebhookRequest'>;
  /** The sender's own id of the event. */
  readonly externalId: string;
  /** SHA-256, hex, over what makes two requests of one id the same request. */
  readonly contentHash: string;
  /** Where the border already knows it; else the published view finds it. */
  readonly eventType: string | null;
  readonly receivedAt: Date;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What makes two requests the same event: the integration and the sender's own id. */
export const keyOf = ({ integration, externalId }: ReceivedRequest) =>
  `${integration.integrationId} ${externalId}`;

/** What the sender is told; all three answer 202. */
export interface Receipt {
  readonly status: 'accepted' | 'duplicate' | 'conflict';
  /** The stored request: the first one that had this id. */
  readonly requestId: Id<'WebhookRequest'>;
}
