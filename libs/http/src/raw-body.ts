import { UnsupportedMediaTypeException } from '@nestjs/common';
import { type NestFastifyApplication, RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';

/** The handler gets the body's exact bytes (`bodyBytes`), whatever its Content-Type; nothing parses them. */
export const RawBody = () => RouteConfig({ hasRawBody: true });

/** The bytes of a request to a `RawBody` route; empty when there was no body. */
export function bodyBytes(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : EMPTY;
}

/** Parses JSON bodies as Fastify does, except for `RawBody` routes. Call it before `app.init()`. */
export function parseBodies(app: NestFastifyApplication, bodyLimit: number): void {
  const fastify = app.getHttpAdapter().getInstance();
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  app.useBodyParser('application/json', { bodyLimit }, (request: FastifyRequest, body: Buffer, done) => {
    if (isRaw(request)) done(null, body);
    else void parseJson(request, body.toString('utf8'), done);
  });
  fastify.addContentTypeParser(
    '*',
    { parseAs: 'buffer', bodyLimit },
    (request: FastifyRequest, body: Buffer, done) => {
      if (isRaw(request)) done(null, body);
      else done(new UnsupportedMediaTypeException());
    },
  );
}

const EMPTY = Buffer.alloc(0);

function isRaw(request: FastifyRequest): boolean {
  return 'hasRawBody' in request.routeOptions.config;
}
