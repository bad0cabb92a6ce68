type Truthy<T> = Exclude<T, false | 0 | '' | null | undefined>;

/**
 * Waits until `probe` returns something truthy, asking again every 20 ms. Never sleeps longer than the
 * condition needs; fails with the last error or value after `timeoutMs`, which is there to end a hang: what
 * takes a second takes half a minute on a machine that does much else.
 */
export async function eventually<T>(probe: () => Promise<T> | T, timeoutMs = 30_000): Promise<Truthy<T>> {
  const deadline = Date.now() + timeoutMs;
  let last: unknown;
  for (;;) {
    try {
      const value = await probe();
      if (value) return value as Truthy<T>;
      last = value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) {
      throw new Error(`not within ${timeoutMs} ms; last: ${String(last)}`, { cause: last });
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
