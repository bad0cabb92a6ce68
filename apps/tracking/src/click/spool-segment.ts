import { newId } from '#kernel';
import { errorCodeOf } from '../error-code.js';

const OPEN = /^(?<id>[0-9a-f-]{36})\.(?<pid>\d+)\.open$/;
const CLOSED = /^[0-9a-f-]{36}\.clicks$/;

/** The file a process writes to: it sorts by time and names its writer. */
export function openSegmentName(): string {
  return `${newId('Event')}.${process.pid}.open`;
}

/** What the file is called once nothing will be added to it, and anybody may drain it. */
export function closedSegmentName(open: string): string {
  return `${open.slice(0, 36)}.clicks`;
}

/**
 * Whether an open segment was left by a process that is gone. Its pid may be ours (in a container it
 * always is): asked before this process opens a segment, it can only be a predecessor's.
 */
export function isAbandoned(file: string): boolean {
  const pid = OPEN.exec(file)?.groups?.pid;
  return pid !== undefined && (Number(pid) === process.pid || !isAlive(Number(pid)));
}

export function isClosed(file: string): boolean {
  return CLOSED.test(file);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCodeOf(error) === 'EPERM';
  }
}
