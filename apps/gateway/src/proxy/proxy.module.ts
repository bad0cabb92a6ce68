import replyFrom from '@fastify/reply-from';
import { type DynamicModule, Inject, Module, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { ForwardRequest } from './forward-request.js';
import { PROXIED_ROUTES } from './routes.js';
import { UPSTREAMS } from './upstreams.js';
import type { Upstreams } from './upstreams.js';

const RESPONSE_DEADLINE_MS = 30_000;

/** Sends what belongs to other services on to them; loaded by the gateway of the distributed shape only. */
@Module({ providers: [ForwardRequest] })
export class ProxyModule implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly forwardRequest: ForwardRequest,
    @Inject(UPSTREAMS) private readonly upstreams: Upstreams,
  ) {}

  static to(upstreams: Upstreams): DynamicModule {
    return { module: ProxyModule, providers: [{ provide: UPSTREAMS, useValue: upstreams }] };
  }

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    void server.register(async (scope) => {
      streamBodies(scope);
      await scope.register(replyFrom, {
        undici: { headersTimeout: RESPONSE_DEADLINE_MS, bodyTimeout: RESPONSE_DEADLINE_MS },
        disableRequestLogging: true,
      });
      for (const route of PROXIED_ROUTES) {
        const upstream = this.upstreams.get(route.service);
        if (upstream === undefined) throw new Error(`no address of the service ${route.service}`);
        for (const url of [route.path, `${route.path}/*`]) {
          scope.all(url, (request, reply) => this.forwardRequest.execute(request, reply, upstream, route));
        }
      }
    });
  }
}

/** Bodies pass as they come, byte for byte: signatures are over bytes, and limits are the service's own. */
function streamBodies(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
}
