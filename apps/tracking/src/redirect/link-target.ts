import { CLICK_PARAMETER } from '../link/destination.js';
import type { Link } from '../link/link.js';

/** A link, ready to redirect to: the URL is `beforeClickId + clk_… + afterClickId`. */
export interface LinkTarget {
  readonly link: Link;
  readonly beforeClickId: string;
  readonly afterClickId: string;
}

/** Splits the destination once, where the click id goes: at the end of its query, before its fragment. */
export function linkTarget(link: Link): LinkTarget {
  const { destinationUrl } = link;
  const hash = destinationUrl.indexOf('#');
  const address = hash === -1 ? destinationUrl : destinationUrl.slice(0, hash);
  return {
    link,
    beforeClickId: `${address}${joint(address)}${CLICK_PARAMETER}=`,
    afterClickId: hash === -1 ? '' : destinationUrl.slice(hash),
  };
}

function joint(address: string): string {
  if (!address.includes('?')) return '?';
  return /[?&]$/.test(address) ? '' : '&';
}
