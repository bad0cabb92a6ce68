import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCodeOf } from '../error-code.js';
import type { Click } from './click.js';
import { clickOfLine, lineOfClick } from './spool-line.js';
import { closedSegmentName, isAbandoned, isClosed, openSegmentName } from './spool-segment.js';

/** Segments are kept small, so that a crash while draining repeats little. */
const SEGMENT_BYTES = 4_000_000;

/** The spool has no room: the one accepted loss. */
export class SpoolFull extends Error {
  constructor() {
    super('the click spool is full');
    this.name = 'SpoolFull';
  }
}

interface Segment {
  readonly name: string;
  readonly file: FileHandle;
  bytes: number;
}

/**
 * Clicks that PostgreSQL could not take in time, in files of one JSON line each. An appended click is on
 * disk (fsync) before `append` resolves. Segments are drained whole, oldest first, and then removed; one
 * that was half drained at a crash is drained again, which storing by click id makes harmless.
 */
export class ClickSpool {
  private usedBytes: number;
  #active: Segment | undefined;
  /** Serialises everything that touches the active segment. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(
    private readonly directory: string,
    private readonly maxBytes: number,
    /** Bytes of each complete segment, oldest first. */
    private readonly closed: Map<string, number>,
  ) {
    this.usedBytes = [...closed.values()].reduce((sum, size) => sum + size, 0);
  }

  /** Opens the spool in `directory` and takes over what processes that are gone left there. */
  static async open(directory: string, maxBytes: number): Promise<ClickSpool> {
    await mkdir(directory, { recursive: true });
    for (const name of (await readdir(directory)).filter(isAbandoned)) {
      await rename(join(directory, name), join(directory, closedSegmentName(name)));
    }
    const closed = new Map<string, number>();
    for (const name of (await readdir(directory)).filter(isClosed).toSorted()) {
      closed.set(name, (await stat(join(directory, name))).size);
    }
    return new ClickSpool(directory, maxBytes, closed);
  }

  /** Bytes that wait to be drained. */
  get bytes(): number {
    return this.usedBytes;
  }

  /** Resolves once every click is on disk. @throws SpoolFull, or what the file system says */
  append(clicks: readonly Click[]): Promise<void> {
    const lines = Buffer.from(clicks.map(lineOfClick).join(''));
    return this.inTurn(async () => {
      if (this.usedBytes + lines.length > this.maxBytes) throw new SpoolFull();
      this.#active ??= await this.newSegment();
      try {
        await this.#active.file.appendFile(lines);
        await this.#active.file.datasync();
      } catch (error) {
        // A line may be torn now: nothing may follow it in this segment.
        await this.closeActive();
        throw error;
      }
      this.#active.bytes += lines.length;
      this.usedBytes += lines.length;
      if (this.#active.bytes >= SEGMENT_BYTES) await this.closeActive();
    });
  }

  /** The oldest segment, complete, or null when nothing waits. */
  async oldest(): Promise<{
    readonly name: string;
    readonly clicks: Click[];
    readonly unreadable: number;
  } | null> {
    if (this.closed.size === 0) await this.inTurn(() => this.closeActive());
    const [name] = this.closed.keys();
    if (name === undefined) return null;
    const lines = (await this.textOf(name)).split('\n');
    // What follows the last line break was cut off by a crash, before anybody was told it is kept.
    lines.pop();
    const clicks = lines.map(clickOfLine).filter((click) => click !== null);
    return { name, clicks, unreadable: lines.length - clicks.length };
  }

  /** Forgets a drained segment; it may be gone already, drained by another process that took it over too. */
  async remove(name: string): Promise<void> {
    await rm(join(this.directory, name), { force: true });
    this.usedBytes -= this.closed.get(name) ?? 0;
    this.closed.delete(name);
  }

  /** Leaves everything on disk for the next start. */
  close(): Promise<void> {
    return this.inTurn(() => this.closeActive());
  }

  private async textOf(name: string): Promise<string> {
    try {
      return await readFile(join(this.directory, name), 'utf8');
    } catch (error) {
      if (errorCodeOf(error) === 'ENOENT') return '';
      throw error;
    }
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => {});
    return result;
  }

  private async newSegment(): Promise<Segment> {
    const name = openSegmentName();
    const file = await open(join(this.directory, name), 'ax', 0o600);
    await syncDirectory(this.directory);
    return { name, file, bytes: 0 };
  }

  private async closeActive(): Promise<void> {
    const segment = this.#active;
    if (!segment) return;
    this.#active = undefined;
    await segment.file.close();
    const name = closedSegmentName(segment.name);
    await rename(join(this.directory, segment.name), join(this.directory, name));
    this.closed.set(name, segment.bytes);
  }
}

/** A new file survives a power cut only once its directory entry does. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
