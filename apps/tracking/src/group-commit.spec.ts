import { GroupCommit } from './group-commit.js';

/** Long enough for a batch that ended to make room, and for the next one to be sent at the end of its turn. */
async function turns() {
  for (let passed = 0; passed < 3; passed += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Batches that end only when told. */
function gate() {
  const batches: (readonly number[])[] = [];
  const open: (() => void)[] = [];
  const commit = (batch: readonly number[]) =>
    new Promise<void>((resolve) => {
      batches.push(batch);
      open.push(resolve);
    });
  return { batches, open, commit };
}

describe('GroupCommit', () => {
  it('commits what comes in one turn of the event loop together, once it ends', async () => {
    const { batches, open, commit } = gate();
    const group = new GroupCommit({ maxItems: 3, writers: 1, commit });
    group.add(1);
    group.add(2);
    expect(batches).toEqual([]);
    await turns();
    expect(batches).toEqual([[1, 2]]);
    open[0]?.();
  });

  it('does not wait for the end of a turn once a batch is full', () => {
    const { batches, commit } = gate();
    const group = new GroupCommit({ maxItems: 3, writers: 1, commit });
    for (const item of [1, 2, 3, 4]) group.add(item);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('collects while every writer is busy, and never more into a batch than it may hold', async () => {
    const { batches, open, commit } = gate();
    const group = new GroupCommit({ maxItems: 3, writers: 2, commit });
    for (const item of [1, 2, 3, 4, 5, 6, 7]) group.add(item);
    await turns();
    for (const item of [8, 9, 10]) group.add(item);
    await turns();
    expect(batches).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    open[0]?.();
    await turns();
    expect(batches.slice(2)).toEqual([[7, 8, 9]]);
    open[1]?.();
    await turns();
    expect(batches.slice(3)).toEqual([[10]]);
  });

  it('settles once everything added is committed', async () => {
    const { batches, open, commit } = gate();
    const group = new GroupCommit({ maxItems: 1, writers: 1, commit });
    group.add(1);
    group.add(2);
    let isSettled = false;
    const settled = group.settle().then(() => (isSettled = true));
    open[0]?.();
    await turns();
    expect(batches).toEqual([[1], [2]]);
    expect(isSettled).toBe(false);
    open[1]?.();
    await settled;
  });
});
