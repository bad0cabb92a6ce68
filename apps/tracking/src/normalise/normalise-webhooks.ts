import { Injectable } from '@nestjs/common';
import { type Delivery, done, ignored, type Outcome, permanent, Publisher, wait } from '#bus';
import type { Transaction } from '#database';
import { asId, Clock } from '#kernel';
import { readNative } from '../adapters/native/read-native.js';
import type { Fact, Reading } from '../adapters/reading.js';
import { readStripe } from '../adapters/stripe/read-stripe.js';
import type { Resolution } from '../adapters/stripe/resolution.js';
import { resolveStripe } from '../adapters/stripe/resolve-stripe.js';
import type { StripeStatement } from '../adapters/stripe/stripe-statement.js';
import { factEvent } from './fact-event.js';
import { loadRequests, type StoredRequest } from './stored-request.js';

interface Result {
  readonly outcome: Outcome;
  readonly facts: readonly Fact[];
}

/** Stripe retries for three days; a refund or chargeback without its order waits longer than that. */
const ORDER_WAITED_FOR_MS = 7 * 24 * 60 * 60 * 1000;

/**
 * Reads stored webhooks and publishes the facts in them. A replay publishes its facts again: consumers know
 * a fact by its business key, so the second time changes nothing.
 */
@Injectable()
export class NormaliseWebhooks {
  constructor(
    private readonly publisher: Publisher,
    private readonly clock: Clock,
  ) {}

  async execute(tx: Transaction, deliveries: readonly Delivery<'webhook.received'>[]): Promise<Outcome[]> {
    const requests = await loadRequests(tx, deliveries);
    const results = new Map(requests.map((request) => [request, readAlone(request)]));
    await this.#readTogether(tx, requests, results);
    const events = requests.flatMap((request) =>
      (results.get(request)?.facts ?? []).map((fact) => factEvent(fact, request)),
    );
    if (events.length > 0) await this.publisher.publish(tx, events);
    return requests.map((request) => results.get(request)?.outcome ?? done());
  }

  /** Stripe's webhooks name one sale in several ways, so they are read as a batch. */
  async #readTogether(
    tx: Transaction,
    requests: readonly StoredRequest[],
    results: Map<StoredRequest, Result>,
  ): Promise<void> {
    const items: { request: StoredRequest; companyId: string; statement: StripeStatement }[] = [];
    for (const request of requests) {
      const { rules, body, receivedAt, delivery } = request;
      if (rules.kind !== 'stripe' || body === null) continue;
      const reading = readStripe(body, receivedAt);
      if (reading.kind !== 'read') results.set(request, unread(reading));
      else items.push({ request, companyId: delivery.companyId, statement: reading.value });
    }
    const { resolutions, learned } = await resolveStripe(tx, items);
    for (const [index, { request }] of items.entries()) {
      const resolution = resolutions[index];
      if (resolution) results.set(request, this.#resultOf(resolution));
    }
    for (const [companyId, keys] of learned) {
      await this.publisher.wake(tx, 'tracking', asId('Company', companyId), keys);
    }
  }

  #resultOf(resolution: Resolution): Result {
    switch (resolution.kind) {
      case 'facts':
        return { outcome: done(), facts: resolution.facts };
      case 'wait': {
        const deadline = new Date(this.clock.now().getTime() + ORDER_WAITED_FOR_MS);
        return withoutFacts(wait(resolution.waitFor, 'ORDER_NOT_KNOWN', deadline));
      }
      case 'separate':
        return withoutFacts(
          permanent(
            'ORDERS_ALREADY_SEPARATE',
            `These turn out to be one sale but were booked as several: ${resolution.orderKeys.join(', ')}. ` +
              'Refund all but one of them by a native order.refunded, then discard this.',
          ),
        );
    }
  }
}

const withoutFacts = (outcome: Outcome): Result => ({ outcome, facts: [] });

/** What a request says by itself. */
function readAlone({ body, rules, receivedAt }: StoredRequest): Result {
  if (body === null) {
    return withoutFacts(
      permanent('BODY_GONE', 'The raw body is past its 90 days. Replay it with a body of your own.'),
    );
  }
  if (rules.kind === 'stripe') return withoutFacts(done());
  const reading = readNative(body, rules.mapping, receivedAt);
  return reading.kind === 'read' ? { outcome: done(), facts: reading.value } : unread(reading);
}

function unread(reading: Exclude<Reading<unknown>, { kind: 'read' }>): Result {
  if (reading.kind === 'ignored') return withoutFacts(ignored(reading.reason));
  const { code, message } = reading.failure;
  return withoutFacts(permanent(code, message));
}
