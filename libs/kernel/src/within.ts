/** What was awaited took too long; it may still happen. */
export class TookTooLong extends Error {
  constructor(milliseconds: number) {
    super(`took longer than ${Math.round(milliseconds)} ms`);
    this.name = 'TookTooLong';
  }
}

/** Awaits `work` for so long at most. @throws TookTooLong; what `work` does afterwards is nobody's concern */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TookTooLong(milliseconds)), Math.max(0, milliseconds));
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
