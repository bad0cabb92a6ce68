import { Injectable } from '@nestjs/common';
import { InjectThrottlerStorage, type ThrottlerStorage } from '@nestjs/throttler';
import { AppConfig } from '#config';
import { tooManyRequests } from './too-many-requests.js';

const MINUTE_MS = 60_000;
/** Wrong credentials get this part of a known caller's limit. */
const PART_OF_LIMIT = 40;

/**
 * Counts what was refused for wrong credentials or signatures. Beyond the limit only further wrong ones are
 * told to wait: nobody can lock out those who share an address, or an integration, with a guesser.
 */
@Injectable()
export class FailureLimit {
  readonly #limit: number;

  constructor(
    @InjectThrottlerStorage() private readonly storage: ThrottlerStorage,
    config: AppConfig,
  ) {
    this.#limit = Math.ceil(config.requestsPerMinute / PART_OF_LIMIT);
  }

  /**
   * @param source what the failures are counted by, for example `credentials:203.0.113.9`
   * @throws AppError `rate_limited`
   */
  async count(source: string): Promise<void> {
    const key = `failures:${source}`;
    const { isBlocked } = await this.storage.increment(key, MINUTE_MS, this.#limit, MINUTE_MS, 'failures');
    if (isBlocked) throw tooManyRequests();
  }
}
