import { STATUS_CODES } from 'node:http';
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describeError, type ErrorDescription } from './describe-error.js';
import type { Problem } from './problem.js';

const logger = new Logger('HTTP');

/**
 * Answers every failure of an HTTP request as `application/problem+json` (RFC 9457). Set it with
 * `app.useGlobalFilters(new ProblemFilter())`, so that it also gets what fails before a route is found.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    answerProblem(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }
}

/** The same for what never reaches Nest, a malformed URL above all: Fastify's option `frameworkErrors`. */
export function answerProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const description = describeError(error);
  if (description.status >= 500) log(error, description, request);
  if (reply.sent) return;
  if (description.retryAfter !== undefined && !reply.hasHeader('retry-after')) {
    reply.header('retry-after', String(description.retryAfter));
  }
  if (description.status === 401) reply.header('www-authenticate', 'Bearer');
  void reply
    .code(description.status)
    .type('application/problem+json')
    .send(JSON.stringify(problemOf(description, request)));
}

function log(error: unknown, { status, code }: ErrorDescription, request: FastifyRequest): void {
  const route = `${request.method} ${request.routeOptions?.url ?? 'unknown route'}`;
  const reason = error instanceof Error ? (error.stack ?? error.message) : 'something that is no Error';
  logger.error(`${status} ${code} at ${route}, request ${request.id}`, reason);
}

function problemOf(description: ErrorDescription, request: FastifyRequest): Problem {
  const { status, code, detail, errors } = description;
  return {
    type: `urn:fairlead:problem:${code}`,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    code,
    detail,
    ...(errors.length > 0 ? { errors } : {}),
    requestId: request.id,
  };
}
