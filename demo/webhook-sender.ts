import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { Stripe } from 'stripe';

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

async function post(
  url: string,
  integrationId: string,
  body: string,
  headers: Record<string, string>,
): Promise<WebhookAnswer> {
  const response = await fetch(`${url}/v1/ingest/${integrationId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  if (response.status !== 202)
    throw new Error(`ingest answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as WebhookAnswer;
}
