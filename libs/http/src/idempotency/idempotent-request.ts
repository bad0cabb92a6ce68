import { createHash } from 'node:crypto';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { InvalidField } from '#kernel';
import { principalOf } from '../principal-of.js';
import { actorOf } from '../principal.js';

/** What makes two POSTs the same one. */
export interface IdempotentRequest {
  /** The caller's `Idempotency-Key`; null when none was sent, and every request counts as a new one. */
  readonly key: string | null;
  /** Keys of different callers are different keys. */
  readonly caller: string;
  /** SHA-256 over method, path and body. */
  readonly requestHash: Buffer;
}

const HEADER = 'Idempotency-Key';
const KEY = /^[\x20-\x7e]{1,255}$/;

/**
 * Injects what `idempotent()` needs to know of a POST, and documents the header:
 * `@Idempotent() request: IdempotentRequest`.
 * @throws InvalidInput `idempotency_key.invalid`
 */
export const Idempotent: () => ParameterDecorator = createParamDecorator(
  (_: unknown, context: ExecutionContext): IdempotentRequest => {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const principal = principalOf(request);
    return {
      key: keyOf(request),
      caller: principal ? actorOf(principal) : 'anonymous',
      requestHash: createHash('sha256')
        .update(JSON.stringify([request.method, request.url, request.body ?? null]))
        .digest(),
    };
  },
  [
    (target, name) => {
      const method = name === undefined ? undefined : Object.getOwnPropertyDescriptor(target, name);
      if (name === undefined || method === undefined) return;
      ApiHeader({
        name: HEADER,
        required: false,
        schema: { type: 'string', minLength: 1, maxLength: 255 },
        description:
          'Any text you choose, new for each intent. Sending the same request again with the same key returns ' +
          'the first answer and changes nothing; kept at least 24 hours.',
      })(target, name, method);
    },
  ],
);

function keyOf(request: FastifyRequest): string | null {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key === 'string' && KEY.test(key)) return key;
  throw new InvalidField(
    'idempotency_key.invalid',
    HEADER,
    'must be one header of 1 to 255 printable ASCII characters',
  );
}
