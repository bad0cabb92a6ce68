import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { type Id, newId, publicId } from '#kernel';
import type { Request } from './load.js';
import type { BenchmarkCompany, World } from './world.js';

/** One order of a new customer, after two clicks of two partners. */
export interface Order {
  readonly company: BenchmarkCompany;
  readonly key: string;
  readonly clicks: readonly Click[];
  readonly placed: Webhook;
  readonly fulfilled: Webhook;
}

interface Click {
  readonly clickId: Id<'Click'>;
  readonly visitorId: Id<'Visitor'>;
  readonly link: BenchmarkCompany['links'][number];
}

interface Webhook {
  readonly externalId: string;
  readonly body: string;
}

/** Bodies are padded to this many bytes. */
const BODY_SIZE = 1_000;
let made = 0;

/** @param at when all of it happens */
export function makeOrders(world: World, count: number, at: Date): Order[] {
  return Array.from({ length: count }, () => makeOrder(world, (made += 1), at));
}

function makeOrder(world: World, index: number, at: Date): Order {
  const company = pick(world.companies, index);
  const turn = Math.floor(index / world.companies.length);
  const visitorId = newId('Visitor');
  const clicks = [turn, turn + 7].map((place) => ({
    clickId: newId('Click'),
    visitorId,
    link: pick(company.links, place * 11),
  }));
  const presented = clicks.at(-1);
  const key = `order-${index}-${visitorId.slice(-8)}`;
  const timestamp = at.toISOString();
  return {
    company,
    key,
    clicks,
    placed: webhook({
      type: 'order.placed',
      timestamp,
      data: {
        clickId: presented && publicId('Click', presented.clickId),
        customer: { id: `customer-${key}`, email: `${key}@example.org` },
        order: { id: key, amount: 5_000 + (index % 1_000), currency: 'EUR' },
      },
    }),
    fulfilled: webhook({ type: 'order.fulfilled', timestamp, data: { order: { id: key } } }),
  };
}

function webhook(body: object): Webhook {
  const bare = JSON.stringify({ ...body, note: '' });
  const note = 'x'.repeat(Math.max(0, BODY_SIZE - bare.length));
  return { externalId: `msg_${randomUUID()}`, body: JSON.stringify({ ...body, note }) };
}

function pick<T>(values: readonly T[], index: number): T {
  const value = values[index % values.length];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
}

/** The webhook as a request with a Standard Webhooks signature of now. */
export function signedRequest(company: BenchmarkCompany, { externalId, body }: Webhook): Request {
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const key = Buffer.from(company.signingSecret.replace('whsec_', ''), 'base64');
  const signature = createHmac('sha256', key).update(`${externalId}.${timestamp}.${body}`).digest('base64');
  return {
    method: 'POST',
    path: `/v1/ingest/${company.ingestId}`,
    headers: {
      'content-type': 'application/json',
      'webhook-id': externalId,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    },
    body,
  };
}

/** Stores the orders' clicks, a little before the orders. */
export async function storeClicks(database: Client, orders: readonly Order[], at: Date): Promise<void> {
  const rows = orders.flatMap(({ company, clicks }) =>
    clicks.map(({ clickId, visitorId, link }, place) => ({
      company_id: company.companyId,
      click_id: clickId,
      visitor_id: visitorId,
      link_id: link.linkId,
      program_id: company.programId,
      partnership_id: link.partnershipId,
      clicked_at: new Date(at.getTime() - 10_000 + place * 1_000).toISOString(),
    })),
  );
  await database.query(
    `insert into tracking.click (company_id, click_id, visitor_id, link_id, program_id, partnership_id, clicked_at)
     select * from json_to_recordset($1::json) as r(company_id uuid, click_id uuid, visitor_id uuid, link_id uuid,
       program_id uuid, partnership_id uuid, clicked_at timestamptz)`,
    [JSON.stringify(rows)],
  );
}

/**
 * Stores the orders' two webhooks as ingest would have: key, raw body, event and a ready delivery, in the
 * caller's transaction. For measuring what comes after.
 */
export async function storeWebhooks(database: Client, orders: readonly Order[], at: Date): Promise<void> {
  const rows = orders.flatMap(({ company, placed, fulfilled }) =>
    [placed, fulfilled].map(({ externalId, body }) => ({
      company_id: company.companyId,
      integration_id: company.integrationId,
      external_id: externalId,
      request_id: newId('WebhookRequest'),
      content_hash: `\\x${createHash('sha256').update(body).digest('hex')}`,
      received_at: at.toISOString(),
      body,
    })),
  );
  await database.query(STORE_WEBHOOKS, [JSON.stringify(rows)]);
}

const STORE_WEBHOOKS = `
  with input as materialized (
    select * from json_to_recordset($1::json) as r(company_id uuid, integration_id uuid, external_id text,
      request_id uuid, content_hash bytea, received_at timestamptz, body text)
  ), keys as (
    insert into tracking.request_key (company_id, integration_id, external_id, content_hash, request_id, received_at)
    select company_id, integration_id, external_id, content_hash, request_id, received_at from input
  ), bodies as (
    insert into tracking.raw_body (company_id, request_id, integration_id, external_id, received_at, headers, body)
    select company_id, request_id, integration_id, external_id, received_at, '{}', convert_to(body, 'UTF8') from input
  ), events as (
    insert into bus.event (company_id, event_id, type, occurred_at, correlation_id, data)
    select company_id, request_id, 'webhook.received', received_at, request_id,
      jsonb_build_object('integrationId', integration_id, 'requestId', request_id, 'externalId', external_id,
        'receivedAt', received_at)
    from input
  )
  insert into bus.delivery (company_id, event_id, consumer, event_type)
  select company_id, request_id, 'tracking', 'webhook.received' from input`;
