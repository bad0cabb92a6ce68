import { createParamDecorator, type ExecutionContext, Injectable, type PipeTransform } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Database, type Scope } from '#database';
import { asId, type Id, NotFound, parseId } from '#kernel';
import { partnerOf } from './access.js';
import type { PartnerPrincipal } from './principal.js';

export const PARTNERSHIP_STATES = ['pending', 'approved', 'declined', 'left', 'removed'] as const;
export type PartnershipState = (typeof PARTNERSHIP_STATES)[number];

/** One partner's membership of one program: what everything under `/v1/partner/programs/:programId` is bound to. */
export interface PartnershipOfPartner {
  readonly companyId: Id<'Company'>;
  readonly programId: Id<'Program'>;
  readonly partnershipId: Id<'Partnership'>;
  readonly partnerId: Id<'Partner'>;
  readonly state: PartnershipState;
  /** Opens this company's rows of this partnership only: `database.transaction(partnership.scope, …)`. */
  readonly scope: Scope;
}

interface PartnershipRequest {
  readonly partner: PartnerPrincipal;
  readonly programId: string;
}

/**
 * Finds the signed-in partner's membership of a program (B-08: the program in the path selects the company).
 * Any state is returned, pending too: a route that needs an approved one says so itself.
 */
@Injectable()
export class PartnershipAccess implements PipeTransform<PartnershipRequest, Promise<PartnershipOfPartner>> {
  constructor(private readonly database: Database) {}

  transform(request: PartnershipRequest): Promise<PartnershipOfPartner> {
    return this.resolve(request.partner, parseId('Program', request.programId, 'programId'));
  }

  /** @throws NotFound when the partner never applied to the program, or there is none */
  async resolve(partner: PartnerPrincipal, programId: Id<'Program'>): Promise<PartnershipOfPartner> {
    const memberships = this.database.statements({ companies: [], partner: partner.partnerId });
    const [row] = await memberships.query<{
      company_id: string;
      partnership_id: string;
      state: PartnershipState;
    }>(
      `select company_id, partnership_id, state from approvals.published_partnership
       where partner_id = $1 and program_id = $2
       order by partnership_id desc limit 1`,
      [partner.partnerId, programId],
    );
    if (!row) throw new NotFound('program');
    const companyId = asId('Company', row.company_id);
    const partnershipId = asId('Partnership', row.partnership_id);
    return {
      companyId,
      programId,
      partnershipId,
      partnerId: partner.partnerId,
      state: row.state,
      scope: { companies: [companyId], partnership: partnershipId },
    };
  }
}

const partnershipRequest = createParamDecorator(
  (_: unknown, context: ExecutionContext): PartnershipRequest => {
    const { programId } = context
      .switchToHttp()
      .getRequest<FastifyRequest<{ Params: { programId?: string } }>>().params;
    if (programId === undefined) throw new Error('the route has no :programId');
    return { partner: partnerOf(context), programId };
  },
);

/**
 * Injects the signed-in partner's membership of the path's `:programId` (use under `PartnerAccess`, in a
 * module that has `DatabaseModule.forService`): `@PartnershipOf() partnership: PartnershipOfPartner`.
 */
export const PartnershipOf = (): ParameterDecorator => partnershipRequest(PartnershipAccess);
