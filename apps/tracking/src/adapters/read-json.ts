import { isUtf8 } from 'node:buffer';
import { Unreadable } from './reading.js';

/** Nobody's webhook needs more; a parser's native stack ends near 30,000. */
const MAX_DEPTH = 100;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/**
 * Parses a body that came from outside. Depth is measured by one pass over the bytes, before the parser,
 * whose recursion cannot be caught. Whole numbers beyond 2^53 come out changed but still beyond it, so no
 * field accepts them.
 * @throws Unreadable
 */
export function readJson(body: Buffer): unknown {
  if (!isUtf8(body)) throw whole('INVALID_UTF8', 'The body is not valid UTF-8.');
  if (depthOf(body) > MAX_DEPTH) {
    throw whole('NESTED_TOO_DEEP', `The body is nested deeper than ${MAX_DEPTH} levels.`);
  }
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? positionOf(error.message) : '';
    throw whole('INVALID_JSON', `The body is not valid JSON${reason}.`);
  }
}

/** How deep arrays and objects nest, strings left out. An over-deep answer is good enough to refuse by. */
function depthOf(bytes: Buffer): number {
  let depth = 0;
  let deepest = 0;
  let isInString = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (isInString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isInString = false;
    } else if (byte === QUOTE) {
      isInString = true;
    } else if (OPENING.has(byte)) {
      depth += 1;
      if (depth > deepest) deepest = depth;
      if (deepest > MAX_DEPTH) return deepest;
    } else if (CLOSING.has(byte)) {
      depth -= 1;
    }
  }
  return deepest;
}

/** The parser quotes the body in its messages; only the position may leave this place. */
function positionOf(message: string): string {
  const position = /at position (\d+)/.exec(message)?.[1];
  return position === undefined ? '' : `, see byte ${position}`;
}

const whole = (code: 'INVALID_UTF8' | 'INVALID_JSON' | 'NESTED_TOO_DEEP', message: string) =>
  new Unreadable({ code, message, field: null });
