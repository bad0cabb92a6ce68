/** How large a JSON text is, beside its bytes. */
export interface JsonShape {
  /** How deep arrays and objects nest. */
  readonly depth: number;
  /** At most so many values, counting arrays and objects. */
  readonly values: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;

/**
 * Measures JSON by one pass over its bytes, strings left out: before the parser, whose recursion cannot be
 * caught, and before anything that costs per value. Of a text that is no JSON it tells nothing useful.
 */
export function jsonShape(bytes: Uint8Array): JsonShape {
  let open = 0;
  let depth = 0;
  let values = 1;
  let isInString = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (isInString) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) isInString = false;
    } else if (byte === QUOTE) {
      isInString = true;
    } else if (byte === COMMA) {
      values += 1;
    } else if (isOpening(byte)) {
      open += 1;
      values += 1;
      if (open > depth) depth = open;
    } else if (isClosing(byte)) {
      open -= 1;
    }
  }
  return { depth, values };
}

const isOpening = (byte: number) => byte === 0x5b || byte === 0x7b;
const isClosing = (byte: number) => byte === 0x5d || byte === 0x7d;
