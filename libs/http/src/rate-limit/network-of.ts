import { isIPv6 } from 'node:net';

const HALF = 4;
const GROUPS = 8;

/**
 * Whom a limit counts an address as: an IPv4 address alone, an IPv6 address with its whole /64, since that is
 * the least a network hands out and every address in it costs its holder nothing.
 */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = [], tail = []] = address.split('::').map((part) => part.split(':').filter(Boolean));
  const missing = Math.max(0, GROUPS - head.length - tail.length);
  const zeros = Array.from({ length: missing }, () => '0');
  const network = [...head, ...zeros, ...tail].slice(0, HALF);
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
