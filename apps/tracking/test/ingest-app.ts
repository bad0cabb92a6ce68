import { createHmac } from 'node:crypto';
import { Client } from 'pg';
import { type Id, newId } from '#kernel';
import {
  asCompany,
  eventually,
  startTestApp,
  type TestApp,
  type TestAppOptions,
  type TestResponse,
} from '#testing';
import { TRACKING } from '../src/service.js';

/** A native integration and what signs for it. */
export interface Connected {
  readonly id: string;
  readonly path: string;
  readonly secret: string;
}

/** Seconds since 1970, as signatures carry them. */
export const now = () => Math.floor(Date.now() / 1000);

/** Standard Webhooks headers for any bytes, also for those that are no text. */
export function signed(secret: string, id: string, body: string | Buffer, seconds = now()) {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.`).update(body).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': String(seconds),
    'webhook-signature': `v1,${signature}`,
  };
}

/** A readable order of 10.00 EUR. */
export const order = (id: string, change: Record<string, unknown> = {}) =>
  JSON.stringify({
    type: 'order.placed',
    timestamp: '2026-05-12T09:30:00Z',
    data: { customer: { id: 'c-1' }, order: { id, amount: 1_000, currency: 'EUR' } },
    ...change,
  });

/** The tracking service with a company, seen as its platform and as its database see it. */
export class IngestApp {
  readonly company = newId('Company');

  private constructor(
    readonly app: TestApp,
    readonly admin: Client,
  ) {}

  static async start(options: TestAppOptions = {}): Promise<IngestApp> {
    const app = await startTestApp([TRACKING], options);
    const admin = new Client({ connectionString: app.database.adminUrl });
    await admin.connect();
    return new IngestApp(app, admin);
  }

  async close(): Promise<void> {
    await this.admin.end();
    await this.app.close();
  }

  async connect(of: Id<'Company'> = this.company): Promise<Connected> {
    const draft = { kind: 'native', name: 'Shop' };
    const { status, body } = await this.app.call('POST', '/v1/integrations', asCompany(of), draft);
    if (status !== 201) throw new Error(JSON.stringify(body));
    return { id: body.id, path: new URL(body.ingestUrl).pathname, secret: body.newSecret.secret };
  }

  async post(path: string, headers: Record<string, string>, body: string | Buffer): Promise<TestResponse> {
    const response = await fetch(this.app.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });
    return { status: response.status, headers: response.headers, body: JSON.parse(await response.text()) };
  }

  send(to: Connected, id: string, body: string | Buffer): Promise<TestResponse> {
    return this.post(to.path, signed(to.secret, id, body), body);
  }

  /** The stored request, once the normaliser is through with it. */
  detailOf(requestId: string, of: Id<'Company'> = this.company) {
    return eventually(async () => {
      const { body } = await this.app.call('GET', `/v1/webhook-requests/${requestId}`, asCompany(of));
      return ['done', 'ignored', 'dead', 'parked'].includes(body.state) ? body : null;
    });
  }

  /** The data of a company's published facts, oldest first. */
  async factsOf(type: string, of: Id<'Company'> = this.company) {
    const { rows } = await this.admin.query<{ data: Record<string, unknown> }>(
      'select data from bus.event where company_id = $1 and type = $2 order by event_id',
      [of, type],
    );
    return rows.map(({ data }) => data);
  }
}
