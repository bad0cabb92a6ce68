import { createHash } from 'node:crypto';
import { find } from '../fields.js';
import { readJson } from '../read-json.js';
import { Unreadable } from '../reading.js';

export interface RequestIdentity {
  readonly externalId: string;
  readonly contentHash: string;
  readonly eventType: string | null;
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest('hex');

const EVENT_ID = /^[\x21-\x7e]{1,255}$/;
const EVENT_TYPE = /^[a-z0-9_.]{1,100}$/;

/**
 * What makes two of Stripe's requests the same: the event's id, then (type, created, data.object); the rest
 * changes between attempts (`pending_webhooks`). A signed body without a readable id is known by its bytes.
 */
export function stripeIdentity(body: Buffer): RequestIdentity {
  try {
    const event = readJson(body);
    const [id, type, created, object] = ['id', 'type', 'created', 'data.object'].map(
      (path) => find(event, path).value,
    );
    if (typeof id === 'string' && EVENT_ID.test(id)) {
      return {
        externalId: id,
        contentHash: sha256(JSON.stringify([type, created, object])),
        eventType: typeof type === 'string' && EVENT_TYPE.test(type) ? type : null,
      };
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
  }
  const contentHash = sha256(body);
  return { externalId: `unreadable:${contentHash}`, contentHash, eventType: null };
}
