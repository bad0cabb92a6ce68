import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Publisher } from '#bus';
import { AppConfig } from '#config';
import { companyScope, Database, RoleStatements } from '#database';
import { keyOf, type Receipt, type ReceivedRequest } from './received-request.js';
import { receiveRepeated } from './repeated-requests.js';
import { storeFresh, WEBHOOK_RECEIVED } from './store-fresh.js';

/** Ingest has connections of its own: a pool busy with other work never makes a sender wait. */
const CONNECTIONS = 2;

/**
 * Makes a batch of requests durable: the keys for ever, the bodies, and `webhook.received` for the
 * normaliser, all in one statement. Runs in the role `bus`, the only one that passes tenants.
 */
@Injectable()
export class RequestStore implements OnApplicationShutdown {
  readonly #statements: RoleStatements;
  readonly #database: Database;

  constructor(
    config: AppConfig,
    database: Database,
    private readonly publisher: Publisher,
  ) {
    this.#statements = new RoleStatements(config.databaseUrl, 'bus', CONNECTIONS);
    this.#database = database.as('bus');
  }

  onApplicationShutdown(): Promise<void> {
    return this.#statements.close();
  }

  async store(requests: readonly ReceivedRequest[]): Promise<readonly Receipt[]> {
    const freshIds = await storeFresh(this.#statements, firstOfEachKey(requests));
    if (freshIds.size > 0) this.publisher.announce(new Set([WEBHOOK_RECEIVED]));
    const repeated = await this.#receiveRepeated(
      requests.filter(({ requestId }) => !freshIds.has(requestId)),
    );
    return requests.map((request) => repeated.get(request) ?? accepted(request));
  }

  #receiveRepeated(
    requests: readonly ReceivedRequest[],
  ): ReadonlyMap<ReceivedRequest, Receipt> | Promise<ReadonlyMap<ReceivedRequest, Receipt>> {
    if (requests.length === 0) return NONE;
    const companies = new Set(requests.map(({ integration }) => integration.companyId));
    return this.#database.transaction(companyScope(...companies), (tx) => receiveRepeated(tx, requests));
  }
}

const NONE: ReadonlyMap<ReceivedRequest, Receipt> = new Map();

const accepted = ({ requestId }: ReceivedRequest): Receipt => ({ status: 'accepted', requestId });

/** Inside a batch the first wins. Key order, so that two batches never wait for each other in a circle. */
function firstOfEachKey(requests: readonly ReceivedRequest[]): ReceivedRequest[] {
  const firsts = new Map<string, ReceivedRequest>();
  for (const request of requests) {
    const key = keyOf(request);
    if (!firsts.has(key)) firsts.set(key, request);
  }
  return [...firsts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, request]) => request);
}
