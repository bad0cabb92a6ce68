/**
 * The code of a system's or PostgreSQL's error, such as `ENOENT` or `23505`; null when it has none. It may come
 * from another context than ours, as a test runner's do, so its class says nothing.
 */
export function errorCodeOf(error: unknown): string | null {
  const code: unknown = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return typeof code === 'string' ? code : null;
}
