import type { IncomingHttpHeaders } from 'node:http';

const USER_AGENT_LENGTH = 256;
const HOST = /^https?:\/\/(?:[^/?#@]*@)?([^/?#@]{1,255})(?:[/?#]|$)/i;

/** Whether the browser only fetches ahead: nobody has clicked yet. */
export function isPrefetch(headers: IncomingHttpHeaders): boolean {
  const purpose = headers['sec-purpose'] ?? headers['purpose'];
  return typeof purpose === 'string' && purpose.includes('prefetch');
}

export function userAgentOf(headers: IncomingHttpHeaders): string | null {
  return headers['user-agent']?.slice(0, USER_AGENT_LENGTH) ?? null;
}

/** The host (and port) of the page the link was on. */
export function referrerHostOf(headers: IncomingHttpHeaders): string | null {
  const { referer } = headers;
  return referer === undefined ? null : (HOST.exec(referer)?.[1]?.toLowerCase() ?? null);
}
