import { type Service, SERVICES } from '#contracts';

/** Where the other services of the distributed shape listen, for example `http://tracking:3000`. */
export type Upstreams = ReadonlyMap<Service, string>;

/**
 * Reads `TRACKING_URL`, `ATTRIBUTION_URL` and so on.
 * @throws Error that names every variable that is missing or no http(s) origin
 */
export function readUpstreams(env: Readonly<Record<string, string | undefined>>): Upstreams {
  const others = SERVICES.filter((service) => service !== 'gateway');
  const wrong = others.filter((service) => !isOrigin(env[variableOf(service)]));
  if (wrong.length > 0) {
    const names = wrong.map(variableOf).join(', ');
    throw new Error(`These settings must each be the http or https origin of a service: ${names}`);
  }
  return new Map(others.map((service) => [service, new URL(env[variableOf(service)] ?? '').origin]));
}

const variableOf = (service: Service): string => `${service.toUpperCase()}_URL`;

function isOrigin(text: string | undefined): boolean {
  if (text === undefined || !URL.canParse(text)) return false;
  const url = new URL(text);
  return /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '' && url.username === '';
}

/** Injection token of the `Upstreams`. */
export const UPSTREAMS = Symbol('upstreams');
