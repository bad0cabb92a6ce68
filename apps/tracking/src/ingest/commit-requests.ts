import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { isDatabaseAway } from '#database';
import { TookTooLong, Unavailable, within } from '#kernel';
import { GroupCommit } from '../group-commit.js';
import type { Receipt, ReceivedRequest } from './received-request.js';
import { RequestStore } from './request-store.js';

const MAX_REQUESTS = 200;
const WRITERS = 2;
/** Waiting or under way; one more is refused at once, so that memory stays bounded while PostgreSQL stalls. */
const CAPACITY = 10_000;
/** After this a request is given up with 503, whatever becomes of it: a retry finds out by its key. */
const DEADLINE_MS = 5_000;

/** A request on its way, and who waits for its receipt. */
interface Waiting {
  readonly request: ReceivedRequest;
  readonly since: number;
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: unknown) => void;
}

/** Stores requests by group commit, so that one which cannot be stored fails alone. */
@Injectable()
export class CommitRequests implements OnModuleDestroy {
  readonly #group = new GroupCommit<Waiting>({
    maxItems: MAX_REQUESTS,
    writers: WRITERS,
    commit: (batch) => this.#commit(batch),
  });
  #held = 0;

  constructor(private readonly store: RequestStore) {}

  /**
   * Resolves once the request is durable.
   * @throws Unavailable `ingest.busy` or `database_slow`, or what kept it from being stored: the sender must retry
   */
  execute(request: ReceivedRequest): Promise<Receipt> {
    if (this.#held >= CAPACITY) return Promise.reject(busy());
    this.#held += 1;
    return new Promise((resolve, reject) => {
      this.#group.add({ request, since: performance.now(), resolve, reject });
    });
  }

  onModuleDestroy(): Promise<void> {
    return this.#group.settle();
  }

  /** The oldest waits longest: in its time all of the batch are answered. */
  async #commit(batch: readonly Waiting[]): Promise<void> {
    const remaining = (batch[0]?.since ?? 0) + DEADLINE_MS - performance.now();
    const requests = batch.map(({ request }) => request);
    try {
      const results = await within(remaining, this.#storeOrBisect(requests));
      for (const [index, { resolve, reject }] of batch.entries()) {
        const result = results[index];
        if (!result || result instanceof Error) reject(result ?? new Error('a request without a receipt'));
        else resolve(result);
      }
    } catch (error) {
      const reason = error instanceof TookTooLong ? tooSlow() : error;
      for (const { reject } of batch) reject(reason);
    } finally {
      this.#held -= batch.length;
    }
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

const busy = () => new Unavailable('ingest.busy', 'Too many requests wait. Send it again later.');

const tooSlow = () =>
  new Unavailable('database_slow', 'The database did not answer in time. Send the request again.');
