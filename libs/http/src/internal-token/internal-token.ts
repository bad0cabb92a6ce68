import { jwtVerify, SignJWT } from 'jose';
import type { SecretBox } from '#config';
import { asId } from '#kernel';
import { COMPANY_SCOPES, OPERATOR_ROLES, type Principal, TEAM_ROLES } from '../principal.js';

/** Carries the caller from the gateway to a service of the distributed shape. */
export const INTERNAL_TOKEN_HEADER = 'x-fairlead-principal';

const ISSUER = 'fairlead:gateway';
const AUDIENCE = 'fairlead:service';
const LIFETIME_SECONDS = 60;

const keyOf = (secretBox: SecretBox) => secretBox.key('internal-token');

/** Who calls, if that was said, and from which network address as the gateway saw it. */
export interface Caller {
  readonly principal: Principal | null;
  readonly address: string;
}

/** Signs the caller for one request to a service; good for 60 seconds. */
export function signInternalToken(secretBox: SecretBox, caller: Caller, now: Date): Promise<string> {
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT({ ...caller })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + LIFETIME_SECONDS)
    .sign(keyOf(secretBox));
}

/** @throws Error when the token is not the gateway's, or is too old */
export async function readInternalToken(secretBox: SecretBox, token: string, now: Date): Promise<Caller> {
  const { payload } = await jwtVerify<{ principal: unknown; address: unknown }>(token, keyOf(secretBox), {
    algorithms: ['HS256'],
    issuer: ISSUER,
    audience: AUDIENCE,
    currentDate: now,
    clockTolerance: 5,
    requiredClaims: ['iat', 'exp', 'principal', 'address'],
  });
  const { principal, address } = payload;
  return { principal: principal === null ? null : parsePrincipal(principal), address: String(address) };
}

/** A parsing border: the token is ours, its claims are still read one by one. */
function parsePrincipal(claims: unknown): Principal {
  const { kind, ...fields } = claims as Readonly<Record<string, unknown>>;
  const text = (name: string) => String(fields[name]);
  const session = () => ({ sessionId: asId('Session', text('sessionId')) });
  const member = () => ({
    memberId: asId('Member', text('memberId')),
    role: oneOf(TEAM_ROLES, fields['role']),
    ...session(),
  });
  switch (kind) {
    case 'operator':
      return {
        kind,
        operatorId: asId('Operator', text('operatorId')),
        role: oneOf(OPERATOR_ROLES, fields['role']),
      };
    case 'company': {
      const held: unknown = fields['scopes'];
      const company = {
        kind,
        companyId: asId('Company', text('companyId')),
        scopes: COMPANY_SCOPES.filter((scope) => Array.isArray(held) && held.includes(scope)),
      } as const;
      return 'apiKeyId' in fields
        ? { ...company, apiKeyId: asId('ApiKey', text('apiKeyId')) }
        : { ...company, ...member() };
    }
    case 'partner':
      return { kind, partnerId: asId('Partner', text('partnerId')), ...member() };
    case 'person':
      return { kind, personId: asId('Person', text('personId')), ...session() };
  }
  throw new TypeError('the internal token names no known principal');
}

function oneOf<T>(known: readonly T[], claim: unknown): T {
  const found = known.find((each) => each === claim);
  if (found === undefined) throw new TypeError('the internal token names no known role');
  return found;
}
