import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import type { Id } from '#kernel';
import {
  getRequest,
  type ListedRequest,
  listRequests,
  type RequestList,
  type StoredWebhook,
} from './webhook-requests.js';

/** Reads the webhooks a company has sent. */
@Injectable()
export class ReadWebhookRequests {
  constructor(private readonly database: Database) {}

  /** Newest first; one more than `limit`, so that the caller knows whether there is a next page. */
  list(
    companyId: Id<'Company'>,
    list: RequestList,
    after: string | null,
    limit: number,
  ): Promise<ListedRequest[]> {
    return this.database.transaction(companyScope(companyId), (tx) =>
      listRequests(tx, companyId, list, after, limit + 1),
    );
  }

  /** @throws NotFound */
  one(companyId: Id<'Company'>, requestId: Id<'WebhookRequest'>): Promise<StoredWebhook> {
    return this.database.transaction(companyScope(companyId), (tx) => getRequest(tx, companyId, requestId));
  }
}
