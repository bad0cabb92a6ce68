import { Injectable } from '@nestjs/common';
import { ThrottlerGuard } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { actorOf } from '../principal.js';
import { principalOf } from '../principal-of.js';
import { tooManyRequests } from './too-many-requests.js';

/**
 * Counts all of a caller's requests together and tells what is left by `RateLimit-Limit`,
 * `RateLimit-Remaining` and `RateLimit-Reset`. Runs after authentication; never on redirects and ingest.
 */
@Injectable()
export class RateLimitGuard extends ThrottlerGuard {
  protected override headerPrefix = 'RateLimit';

  protected override getTracker(request: FastifyRequest): Promise<string> {
    const principal = principalOf(request);
    return principal ? Promise.resolve(actorOf(principal)) : super.getTracker(request);
  }

  protected override generateKey(_context: unknown, caller: string): string {
    return caller;
  }

  protected override throwThrottlingException(): Promise<void> {
    throw tooManyRequests();
  }
}
