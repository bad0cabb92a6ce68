import type { IncomingHttpHeaders } from 'node:http';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SecretBox } from '#config';
import { Authenticator, INTERNAL_TOKEN_HEADER, signInternalToken } from '#http';
import { Clock, NotFound, Unavailable } from '#kernel';
import type { ProxiedRoute } from './routes.js';

/** What only the gateway may say to a service. */
const OURS = /^x-fairlead-|^x-request-id$|^x-forwarded-|^forwarded$/;

/** Sends a request on to the service that owns its path, with the caller's principal signed for it. */
@Injectable()
export class ForwardRequest {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {}

  async execute(
    request: FastifyRequest,
    reply: FastifyReply,
    upstream: string,
    route: ProxiedRoute,
  ): Promise<FastifyReply> {
    refuseDotSegments(request.url);
    const trusted = { 'x-request-id': request.id, ...(await this.#callerHeader(request, route)) };
    return reply.from(undefined, {
      getUpstream: () => upstream,
      rewriteRequestHeaders: (_request, headers) => ({ ...foreignHeaders(headers, route), ...trusted }),
      retryDelay: () => null,
      onError: (failed, { error }) => void failed.send(serviceAway(route, error)),
    });
  }

  /** Without credentials the address alone: the service then decides whether the route needs any. */
  async #callerHeader(request: FastifyRequest, route: ProxiedRoute): Promise<Record<string, string>> {
    if (route.callers === 'anyone') return {};
    const principal = route.callers === 'principals' ? await this.authenticator.authenticate(request) : null;
    const caller = { principal, address: request.ip };
    return { [INTERNAL_TOKEN_HEADER]: await signInternalToken(this.secretBox, caller, this.clock.now()) };
  }
}

/** The caller's own headers; credentials that were checked here go no further. */
function foreignHeaders(
  headers: Readonly<Record<string, string | string[] | undefined>>,
  route: ProxiedRoute,
): IncomingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !OURS.test(name) && (route.callers === 'anyone' || name !== 'authorization'),
    ),
  );
}

/** `/v1/ingest/../metrics` would leave the path that the route is for. */
function refuseDotSegments(url: string): void {
  const path = url.split('?', 1)[0] ?? '';
  if (new URL(path, 'http://service').pathname !== path) throw new NotFound('route');
}

function serviceAway(route: ProxiedRoute, cause: Error): Unavailable {
  return new Unavailable('service_unavailable', `The ${route.service} service is away. Send it again.`, {
    cause,
  });
}
