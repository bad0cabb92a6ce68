import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { Stripe } from 'stripe';

/** How often a webhook is sent in all while the answer is to send it again. */
const TRIES = 5;

/** What the ingest endpoint answers. */
export interface WebhookAnswer {
  readonly status: 'accepted' | 'duplicate' | 'conflict';
  readonly requestId: string;
}

/** A company's platform: it signs what it sends, as the real one does. */
export interface WebhookSender {
  /** @param id the sender's own id of the event; a fresh one when left out */
  send(body: object, id?: string): Promise<WebhookAnswer>;
}

/** A shop or own backend that speaks the native format (Standard Webhooks signatures). */
export function nativeSender(url: string, integrationId: string, secret: string): WebhookSender {
  const signer = new Webhook(secret);
  return {
    send: (body, id = `msg_${randomUUID()}`) => {
      const text = JSON.stringify(body);
      const at = new Date();
      return post(url, integrationId, text, {
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
        'webhook-signature': signer.sign(id, at, text),
      });
    },
  };
}

/** Stripe: the event's id is in the body. */
export function stripeSender(url: string, integrationId: string, secret: string): WebhookSender {
  return {
    send: (body) => {
      const payload = JSON.stringify(body);
      const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret });
      return post(url, integrationId, payload, { 'stripe-signature': signature });
    },
  };
}

/** Sends again, under the same id, what is not stored for sure: as every sender must. */
async function post(
  url: string,
  integrationId: string,
  body: string,
  headers: Record<string, string>,
): Promise<WebhookAnswer> {
  for (let tries = 1; ; tries += 1) {
    const response = await fetch(`${url}/v1/ingest/${integrationId}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    const text = await response.text();
    if (response.status === 202) return JSON.parse(text) as WebhookAnswer;
    if (response.status !== 503 || tries === TRIES) {
      throw new Error(`ingest answered ${response.status}: ${text}`);
    }
    await delay(Number(response.headers.get('retry-after')) * 1_000);
  }
}
