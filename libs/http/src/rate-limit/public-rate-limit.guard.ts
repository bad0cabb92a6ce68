import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { ThrottlerRequest } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { Authenticator } from '../authenticator.js';
import { networkOf } from './network-of.js';
import { RateLimitGuard } from './rate-limit.guard.js';

/** A route that anybody may call, signing in above all, gets this part of a known caller's limit. */
const PART_OF_LIMIT = 40;

/** Counts requests per route and network, strictly: nobody has shown who they are. */
@Injectable()
export class PublicRateLimitGuard extends RateLimitGuard {
  @Inject(Authenticator)
  private readonly authenticator!: Authenticator;

  protected override async getTracker(request: FastifyRequest): Promise<string> {
    return networkOf(await this.authenticator.callerAddress(request));
  }

  protected override handleRequest(request: ThrottlerRequest): Promise<boolean> {
    return super.handleRequest({ ...request, limit: Math.ceil(request.limit / PART_OF_LIMIT) });
  }

  protected override generateKey(context: ExecutionContext, address: string): string {
    return `${context.getClass().name}.${context.getHandler().name}:${address}`;
  }
}
