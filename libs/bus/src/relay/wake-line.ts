import { Logger } from '@nestjs/common';
import { Client } from 'pg';
import { isEventType, SERVICES, type EventType, type Service } from '#contracts';

const CHANNEL = 'fairlead_bus';
const DEBOUNCE_MS = 5;
const HEARTBEAT_MS = 10_000;
const RECONNECT_MS = 1000;

/**
 * Wake-ups between processes by LISTEN and NOTIFY, on a connection of its own: a NOTIFY inside the hot
 * transaction would take a global lock at its commit. Wake-ups save time, never an event: while this line
 * is down the relay's poll finds everything.
 */
export class WakeLine {
  readonly #logger = new Logger('Bus');
  readonly #pending = new Map<Service, Set<EventType>>();
  #client: Client | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #reconnect: NodeJS.Timeout | undefined;
  #flush: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(
    private readonly databaseUrl: string,
    private readonly onWake: (consumer: Service, types: readonly EventType[]) => void,
  ) {}

  /** Connects, and again whenever the connection is lost. */
  async start(): Promise<void> {
    if (this.#isStopped) return;
    const client = new Client({
      connectionString: this.databaseUrl,
      application_name: 'fairlead-wake',
      keepAlive: true,
      query_timeout: 5000,
      connectionTimeoutMillis: 5000,
    });
    client.on('error', () => this.#lost(client));
    client.on('end', () => this.#lost(client));
    client.on('notification', (message) => this.#received(message.payload ?? ''));
    this.#client = client;
    try {
      await client.connect();
      await client.query(`listen ${CHANNEL}`);
      this.#heartbeat = setInterval(() => this.#beat(client), HEARTBEAT_MS);
    } catch {
      this.#lost(client);
    }
  }

  /** Wakes the consumer's relay in whichever process it runs. */
  notify(consumer: Service, types: readonly EventType[]): void {
    const pending = this.#pending.get(consumer) ?? new Set();
    for (const type of types) pending.add(type);
    this.#pending.set(consumer, pending);
    this.#flush ??= setTimeout(() => this.#send(), DEBOUNCE_MS);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#flush);
    clearTimeout(this.#reconnect);
    clearInterval(this.#heartbeat);
    const client = this.#client;
    this.#client = undefined;
    await client?.end().catch(() => undefined);
  }

  #send(): void {
    this.#flush = undefined;
    const message = [...this.#pending].map(([consumer, types]) => [consumer, [...types]]);
    this.#pending.clear();
    this.#client
      ?.query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify(message)])
      .catch(() => undefined);
  }

  #received(payload: string): void {
    for (const [consumer, types] of parseMessage(payload)) this.onWake(consumer, types);
  }

  /** A half-open connection never reports its end: a query that gets no answer does. */
  #beat(client: Client): void {
    client.query('select 1').catch(() => this.#lost(client));
  }

  #lost(client: Client): void {
    if (this.#client !== client || this.#isStopped) return;
    this.#client = undefined;
    clearInterval(this.#heartbeat);
    void client.end().catch(() => undefined);
    this.#logger.warn('the wake-up connection to PostgreSQL was lost; polling until it is back');
    this.#reconnect = setTimeout(() => void this.start(), RECONNECT_MS);
  }
}

/** Anyone who may log in may notify: what is not a wake-up is dropped. */
function parseMessage(payload: string): [Service, EventType[]][] {
  try {
    const message: unknown = JSON.parse(payload);
    if (!Array.isArray(message)) return [];
    return message.flatMap((entry: unknown): [Service, EventType[]][] => {
      const [name, types]: unknown[] = Array.isArray(entry) ? entry : [];
      const consumer = SERVICES.find((service) => service === name);
      if (!consumer || !Array.isArray(types)) return [];
      return [[consumer, types.filter((type) => typeof type === 'string').filter(isEventType)]];
    });
  } catch {
    return [];
  }
}
