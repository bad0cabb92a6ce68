import type { FastifyRequest } from 'fastify';
import {
  Authenticator,
  COMPANY_SCOPES,
  type CompanyScope,
  type OperatorRole,
  type Principal,
  type TeamRole,
} from '#http';
import { asId, type Id, newId, Unauthenticated } from '#kernel';

const HEADER = 'x-test-principal';

/** Trusts a header: lets a service's tests speak for any caller. Exists in tests only. */
export class TestAuthenticator extends Authenticator {
  override async authenticate(request: FastifyRequest): Promise<Principal | null> {
    const header = request.headers[HEADER];
    if (header === undefined) return null;
    if (typeof header !== 'string') throw new Unauthenticated();
    return JSON.parse(header) as Principal;
  }
}

const headers = (principal: Principal): Record<string, string> => ({ [HEADER]: JSON.stringify(principal) });

export const asCompany = (companyId: Id<'Company'>, scopes: readonly CompanyScope[] = COMPANY_SCOPES) =>
  headers({ kind: 'company', companyId, apiKeyId: newId('ApiKey'), scopes });

/** A partner with a team of one, whose member is the same in every call. */
export const asPartner = (partnerId: Id<'Partner'>, role: TeamRole = 'owner') =>
  headers({
    kind: 'partner',
    partnerId,
    memberId: asId('Member', partnerId),
    role,
    sessionId: newId('Session'),
  });

export const asOperator = (role: OperatorRole = 'admin') =>
  headers({ kind: 'operator', operatorId: newId('Operator'), role });
