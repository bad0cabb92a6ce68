import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppConfig } from '#config';
import { Clock, type Id, newId, publicId } from '#kernel';
import { ClickBuffer } from '../click/click-buffer.js';
import { clickIdAt } from '../click/click.js';
import { FallbackUrl } from './fallback-url.js';
import { LinkDirectory } from './link-directory.js';
import { LinkLookup } from './link-lookup.js';
import type { LinkTarget } from './link-target.js';
import { NO_SUCH_LINK_PAGE, TRY_AGAIN_PAGE } from './pages.js';
import { isPrefetch, referrerHostOf, userAgentOf } from './visit.js';
import { VisitorCookie } from './visitor-cookie.js';

type Follow = FastifyRequest<{ Params: { slug: string } }>;
type Send = (target: LinkTarget, request: Follow, reply: FastifyReply) => void;

const RETRY_AFTER_SECONDS = 5;

/**
 * `GET /r/:slug`: counts the click and sends the visitor on. A route of the HTTP server itself rather than
 * a controller, because it is by far the hottest one and needs no guard, pipe or interceptor. What the
 * caller adds to the URL never reaches the destination, so the only open door is the partner's own link.
 */
@Injectable()
export class RedirectRoute implements OnModuleInit {
  readonly #logger = new Logger(RedirectRoute.name);
  readonly #cookie: VisitorCookie;

  constructor(
    config: AppConfig,
    private readonly adapter: HttpAdapterHost,
    private readonly directory: LinkDirectory,
    private readonly lookup: LinkLookup,
    private readonly fallback: FallbackUrl,
    private readonly clicks: ClickBuffer,
    private readonly clock: Clock,
  ) {
    this.#cookie = new VisitorCookie(config.publicUrl);
  }

  onModuleInit(): void {
    const server = this.adapter.httpAdapter.getInstance<FastifyInstance>();
    const options = { exposeHeadRoute: false, helmet: false } as const;
    server.get('/r/:slug', options, (request: Follow, reply) => this.#answer(request, reply, this.#follow));
    server.head('/r/:slug', options, (request: Follow, reply) => this.#answer(request, reply, this.#show));
  }

  #answer(request: Follow, reply: FastifyReply, send: Send): void {
    const slug = request.params.slug.toLowerCase();
    const target = this.directory.find(slug);
    if (target) send(target, request, reply);
    else void this.#answerUnknown(slug, request, reply, send);
  }

  /** Stores the click, then redirects. */
  readonly #follow: Send = (target, request, reply) => {
    const { headers } = request;
    if (isPrefetch(headers)) {
      // Refused, so that the browser asks again, and is counted, when the visitor really comes.
      reply.code(503).header('cache-control', 'no-store').send();
      return;
    }
    const clickedAt = this.clock.now().getTime();
    const clickId = clickIdAt(clickedAt);
    const visitorId = this.#cookie.read(headers.cookie) ?? newId('Visitor');
    const { companyId, linkId, programId, partnershipId } = target.link;
    const click = {
      companyId,
      clickId,
      visitorId,
      linkId,
      programId,
      partnershipId,
      clickedAt,
      userAgent: userAgentOf(headers),
      referrerHost: referrerHostOf(headers),
    };
    this.clicks.add(click, () => this.#redirect(reply, target, clickId, visitorId));
  };

  /** HEAD: where it would lead; nobody came, so nothing is counted. */
  readonly #show: Send = (target, _request, reply) => {
    reply.code(302).header('location', target.link.destinationUrl).header('cache-control', 'no-store').send();
  };

  #redirect(reply: FastifyReply, target: LinkTarget, clickId: Id<'Click'>, visitorId: Id<'Visitor'>): void {
    reply
      .code(302)
      .header('location', target.beforeClickId + publicId('Click', clickId) + target.afterClickId)
      .header('set-cookie', this.#cookie.header(visitorId))
      .header('cache-control', 'no-store')
      .send();
  }

  async #answerUnknown(slug: string, request: Follow, reply: FastifyReply, send: Send): Promise<void> {
    try {
      const target = await this.lookup.find(slug);
      if (target) send(target, request, reply);
      else sendPage(reply.code(404), NO_SUCH_LINK_PAGE);
    } catch (error) {
      this.#logger.warn({ err: error }, 'redirect.link_not_known');
      if (this.fallback.url === null) {
        sendPage(reply.code(503).header('retry-after', RETRY_AFTER_SECONDS), TRY_AGAIN_PAGE);
      } else {
        reply.code(302).header('location', this.fallback.url).header('cache-control', 'no-store').send();
      }
    }
  }
}

function sendPage(reply: FastifyReply, page: string): void {
  reply
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
    .header('cache-control', 'no-store')
    .send(page);
}
