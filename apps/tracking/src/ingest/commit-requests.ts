import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { isDatabaseAway } from '#database';
import { GroupCommit } from './group-commit.js';
import type { Receipt, ReceivedRequest } from './received-request.js';
import { RequestStore } from './request-store.js';

/** At most 200 requests per commit; 503 when PostgreSQL does not answer in time. */
const LIMITS = { maxItems: 200, writers: 2, capacity: 10_000, deadlineMs: 5_000 };

/** Stores requests by group commit, so that one which cannot be stored fails alone. */
@Injectable()
export class CommitRequests implements OnModuleDestroy {
  readonly #group: GroupCommit<ReceivedRequest, Receipt>;

  constructor(private readonly store: RequestStore) {
    this.#group = new GroupCommit({ ...LIMITS, commit: (requests) => this.#storeOrBisect(requests) });
  }

  /** Resolves once the request is durable. @throws when that is not certain: the sender must retry */
  execute(request: ReceivedRequest): Promise<Receipt> {
    return this.#group.add(request);
  }

  onModuleDestroy(): Promise<void> {
    return this.#group.close();
  }

  async #storeOrBisect(requests: readonly ReceivedRequest[]): Promise<readonly (Receipt | Error)[]> {
    try {
      return await this.store.store(requests);
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      if (requests.length <= 1) return [new Error('a request could not be stored', { cause: error })];
      const middle = Math.ceil(requests.length / 2);
      return [
        ...(await this.#storeOrBisect(requests.slice(0, middle))),
        ...(await this.#storeOrBisect(requests.slice(middle))),
      ];
    }
  }
}
