import diff from 'microdiff';
import type { JsonObject } from './revised-data.js';

/** One place where two revisions differ; `path` is a JSON pointer (RFC 6901). Absent is null. */
export interface Change {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * What one revision changed against the one before. A webhook's body is text: where both texts are JSON
 * they are compared as JSON below `/body`, else as whole texts.
 */
export function changesBetween(before: JsonObject, after: JsonObject): Change[] {
  return diff(readable(before), readable(after)).map((change) => ({
    path: change.path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    before: change.type === 'CREATE' ? null : change.oldValue,
    after: change.type === 'REMOVE' ? null : change.value,
  }));
}

function readable(data: JsonObject): JsonObject {
  if (typeof data.body !== 'string') return data;
  try {
    return { ...data, body: JSON.parse(data.body) as unknown };
  } catch {
    return data;
  }
}
