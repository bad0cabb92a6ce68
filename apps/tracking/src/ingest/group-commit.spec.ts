import { GroupCommit } from './group-commit.js';

/** A commit that ends only when told. */
function gate() {
  const open: (() => void)[] = [];
  const batches: (readonly number[])[] = [];
  const commit = (items: readonly number[]) =>
    new Promise<readonly (string | Error)[]>((resolve) => {
      batches.push(items);
      open.push(() => resolve(items.map((item) => `stored ${item}`)));
    });
  return { open, batches, commit };
}

const LIMITS = { maxItems: 3, writers: 1, capacity: 6, deadlineMs: 5_000 };

const settled = async (promise: Promise<unknown>) => {
  try {
    return await promise;
  } catch (error) {
    return error instanceof Error ? error.message : error;
  }
};

describe('GroupCommit', () => {
  it('answers each item with its own result, and none before its commit', async () => {
    const { open, batches, commit } = gate();
    const group = new GroupCommit({ ...LIMITS, commit });
    const results = [1, 2, 3, 4].map((item) => group.add(item));
    expect(batches).toEqual([[1, 2, 3]]);
    open[0]?.();
    expect(await Promise.all(results.slice(0, 3))).toEqual(['stored 1', 'stored 2', 'stored 3']);
    const last = results[3]?.then((result) => result);
    while (batches.length < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(batches[1]).toEqual([4]);
    open[1]?.();
    expect(await last).toBe('stored 4');
    await group.close();
  });

  it('refuses what exceeds its capacity at once', async () => {
    const { open, commit } = gate();
    const group = new GroupCommit({ ...LIMITS, commit });
    const held = [1, 2, 3, 4, 5, 6].map((item) => group.add(item));
    await expect(group.add(7)).rejects.toMatchObject({ kind: 'transient', code: 'ingest.busy' });
    open[0]?.();
    expect(await held[0]).toBe('stored 1');
    const eighth = group.add(8);
    while (open.length < 2) await new Promise((resolve) => setImmediate(resolve));
    open[1]?.();
    while (open.length < 3) await new Promise((resolve) => setImmediate(resolve));
    open[2]?.();
    expect(await eighth).toBe('stored 8');
    await group.close();
  });

  it('gives up within the deadline when a commit hangs, and goes on with another writer', async () => {
    const { open, batches, commit } = gate();
    const group = new GroupCommit({ ...LIMITS, deadlineMs: 500, commit });
    const stuck = [1, 2, 3, 4].map((item) => settled(group.add(item)));
    expect(await Promise.all(stuck)).toEqual(Array(4).fill(expect.stringContaining('did not answer')));
    const next = group.add(5);
    while (batches.length < 2) await new Promise((resolve) => setImmediate(resolve));
    open.at(-1)?.();
    expect(await next).toBe('stored 5');
    open[0]?.();
    await group.close();
  });

  it('fails one item alone when its batch says so', async () => {
    const group = new GroupCommit<number, string>({
      ...LIMITS,
      commit: async (items) => items.map((item) => (item === 2 ? new Error('refused') : `stored ${item}`)),
    });
    expect(await Promise.all([1, 2, 3].map((item) => settled(group.add(item))))).toEqual([
      'stored 1',
      'refused',
      'stored 3',
    ]);
    await group.close();
  });
});
