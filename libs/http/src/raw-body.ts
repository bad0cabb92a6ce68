import { UnsupportedMediaTypeException } from '@nestjs/common';
import { type NestFastifyApplication, RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { faultOfShape, faultOfTexts } from './json-body.js';

/**
 * The handler gets the body's exact bytes (`bodyBytes`), whatever its Content-Type; nothing parses them. Such
 * routes answer machines, so @fastify/helmet, which builds a browser's headers anew for every request, skips them.
 */
export const RawBody = () => RouteConfig({ hasRawBody: true, helmet: { skipRoute: true } });

/** The bytes of a request to a `RawBody` route; empty when there was no body. */
export function bodyBytes(request: FastifyRequest): Buffer {
  return Buffer.isBuffer(request.body) ? request.body : EMPTY;
}

const EMPTY = Buffer.alloc(0);

/**
 * Parses JSON bodies of a bearable shape as Fastify does and refuses other types, except on `RawBody` routes. Call it before
 * `app.init()`. An empty one is none at all, though it be called JSON.
 * @param bodyLimit in bytes; one more is 413
 */
export function parseBodies(app: NestFastifyApplication, bodyLimit: number): void {
  const fastify = app.getHttpAdapter().getInstance();
  const parseJson = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  app.useBodyParser('application/json', { bodyLimit }, (request: FastifyRequest, body, done) => {
    if (isRaw(request)) return done(null, body);
    if (body.length === 0) return done(null, undefined);
    const fault = faultOfShape(body);
    if (fault) return done(fault);
    void parseJson(request, body.toString('utf8'), (error, value) =>
      done(error ?? faultOfTexts(value), value),
    );
  });
  app.useBodyParser('*', { bodyLimit }, (request: FastifyRequest, body, done) => {
    if (isRaw(request)) done(null, body);
    else done(new UnsupportedMediaTypeException());
  });
}

const isRaw = (request: FastifyRequest): boolean => 'hasRawBody' in request.routeOptions.config;
