import { Injectable } from '@nestjs/common';
import { SecretBox } from '#config';
import { Database, PLATFORM_COMPANY } from '#database';
import type { Account, Principal, TeamRole } from '#http';
import { asId, Clock, Forbidden } from '#kernel';
import { type AccessClaims, readAccessToken } from '../session/session-tokens.js';
import { scopesOf } from '../team/team.js';
import type { KnownCredential } from './credential-cache.js';

interface MembershipRow {
  /** Null, like all below, when the person is a member of no (such) account. */
  readonly member_id: string | null;
  readonly company_id: string | null;
  readonly partner_id: string | null;
  readonly role: TeamRole | null;
}

/** Checks a person's access token, that its session was not signed out meanwhile, and whom it acts for. */
@Injectable()
export class FindSession {
  constructor(
    private readonly database: Database,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {}

  /**
   * @param account the one that the caller named; null: the only one there is
   * @throws Forbidden `account_unknown` when the person is not in the team of the account named
   */
  async execute(token: string, account: Account | null): Promise<KnownCredential | null> {
    const claims = await readAccessToken(this.secretBox, token, this.clock.now());
    if (!claims) return null;
    const memberships = await this.#memberships(claims, account);
    if (memberships.length === 0) return null;
    const [first] = memberships;
    const principal = first && memberships.length === 1 ? memberOf(first, claims) : null;
    if (!principal && account) {
      throw new Forbidden(
        'account_unknown',
        'You are not in the team of the account that Fairlead-Account names. GET /v1/me lists yours.',
      );
    }
    const { personId, sessionId, expiresAt } = claims;
    return { principal: principal ?? { kind: 'person', personId, sessionId }, expiresAt };
  }

  /** None when the session is over; two at the most, which is one too many to choose for the person. */
  #memberships({ personId, sessionId }: AccessClaims, account: Account | null): Promise<MembershipRow[]> {
    const own = this.database.statements({ companies: [PLATFORM_COMPANY], person: personId });
    return own.query<MembershipRow>(
      `select m.member_id, m.company_id, m.partner_id, m.role
         from access.session s left join access.member m
           on m.person_id = s.person_id and m.removed_at is null and ($3::uuid is null or m.account_id = $3)
        where s.session_id = $1 and s.person_id = $2 and s.ended_at is null limit 2`,
      [sessionId, personId, account?.id ?? null],
    );
  }
}

function memberOf(row: MembershipRow, { sessionId }: AccessClaims): Principal | null {
  if (row.member_id === null || row.role === null) return null;
  const member = { memberId: asId('Member', row.member_id), role: row.role, sessionId };
  return row.company_id === null
    ? { kind: 'partner', partnerId: asId('Partner', row.partner_id ?? ''), ...member }
    : {
        kind: 'company',
        companyId: asId('Company', row.company_id),
        ...member,
        scopes: scopesOf(row.role),
      };
}
