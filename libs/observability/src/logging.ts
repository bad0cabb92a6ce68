import type { DynamicModule } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { LoggerModule } from 'nestjs-pino';
import { type Logger, pino } from 'pino';

/** Fields that may carry a secret; they never reach a log line. */
const REDACTED = [
  'req.headers.authorization',
  'req.headers.cookie',
  'req.headers["x-fairlead-principal"]',
  'res.headers["set-cookie"]',
  '*.password',
  '*.secret',
  '*.token',
];

/** One JSON logger per process. */
export function createLogger(service: string, level: string): Logger {
  return pino({ name: service, level, redact: REDACTED, timestamp: pino.stdTimeFunctions.isoTime });
}

/** Nest's own log lines through the same logger; requests are logged by `logRequests`. */
export function loggerModule(logger: Logger): DynamicModule {
  return LoggerModule.forRoot({ pinoHttp: { logger, autoLogging: false }, forRoutes: [] });
}

/** What follows names an invitation by its token. */
const SECRET_PATHS = ['/v1/invitations/'];

const HOT_PATHS = ['/r/', '/v1/ingest/', '/health/', '/metrics'];

/**
 * One wide line per request, with route, status, duration and request id; only failures on hot paths.
 * The URL's query is left out: it may carry tokens.
 */
export function logRequests(server: FastifyInstance, logger: Logger): void {
  server.addHook('onResponse', (request, reply, done) => {
    const isHot = HOT_PATHS.some((path) => request.url.startsWith(path));
    if (!isHot || reply.statusCode >= 500) {
      const line = {
        requestId: request.id,
        method: request.method,
        route: request.routeOptions.url,
        path: loggedPath(request.url),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      };
      if (reply.statusCode >= 500) logger.error(line, 'request.failed');
      else logger.info(line, 'request.handled');
    }
    done();
  });
}

function loggedPath(url: string): string {
  const [path = ''] = url.split('?', 1);
  const secret = SECRET_PATHS.find((start) => path.startsWith(start));
  return secret === undefined ? path : `${secret}…`;
}
