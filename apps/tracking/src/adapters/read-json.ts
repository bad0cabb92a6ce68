import { isUtf8 } from 'node:buffer';
import { jsonShape } from '#kernel';
import { Unreadable } from './reading.js';

/** Nobody's webhook needs more; a parser's native stack ends near 30,000. */
const MAX_DEPTH = 100;

/**
 * Parses a body that came from outside. Depth is measured by one pass over the bytes, before the parser,
 * whose recursion cannot be caught. Whole numbers beyond 2^53 come out changed but still beyond it, so no
 * field accepts them.
 * @throws Unreadable
 */
export function readJson(body: Buffer): unknown {
  if (!isUtf8(body)) throw whole('INVALID_UTF8', 'The body is not valid UTF-8.');
  if (jsonShape(body).depth > MAX_DEPTH) {
    throw whole('NESTED_TOO_DEEP', `The body is nested deeper than ${MAX_DEPTH} levels.`);
  }
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? positionOf(error.message) : '';
    throw whole('INVALID_JSON', `The body is not valid JSON${reason}.`);
  }
}

/** The parser quotes the body in its messages; only the position may leave this place. */
function positionOf(message: string): string {
  const position = /at position (\d+)/.exec(message)?.[1];
  return position === undefined ? '' : `, see byte ${position}`;
}

const whole = (code: 'INVALID_UTF8' | 'INVALID_JSON' | 'NESTED_TOO_DEEP', message: string) =>
  new Unreadable({ code, message, field: null });
