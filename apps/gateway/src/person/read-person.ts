import { Injectable } from '@nestjs/common';
import { companyScope, Database, PLATFORM_COMPANY } from '#database';
import { accountOf, type TeamRole } from '#http';
import { asId, type Id, NotFound } from '#kernel';
import type { Membership, Person } from './person.js';

interface MembershipRow {
  readonly member_id: string;
  readonly kind: 'company' | 'partner';
  readonly account_id: string;
  readonly account_name: string;
  readonly role: TeamRole;
}

/** Whoever is signed in, and whom this one may act for. */
@Injectable()
export class ReadPerson {
  constructor(private readonly database: Database) {}

  async execute(sessionId: Id<'Session'>): Promise<Person> {
    const person = await this.#signedIn(sessionId);
    const scope = { companies: [PLATFORM_COMPANY], person: person.personId };
    const rows = await this.database.transaction(scope, (tx) =>
      tx.query<MembershipRow>(
        `select m.member_id, m.account_id, m.role, coalesce(c.name, p.name) as account_name,
                case when m.company_id is null then 'partner' else 'company' end as kind
           from access.member m
           left join access.company c on c.company_id = m.company_id
           left join access.partner p on p.partner_id = m.partner_id
          where m.person_id = $1 and m.removed_at is null order by m.member_id`,
        [person.personId],
      ),
    );
    return { ...person, memberships: rows.map(membershipOf) };
  }

  async #signedIn(sessionId: Id<'Session'>): Promise<Omit<Person, 'memberships'>> {
    const [row] = await this.database.transaction(companyScope(PLATFORM_COMPANY), (tx) =>
      tx.query<{ person_id: string; name: string; email: string }>(
        `select p.person_id, p.name, p.email from access.session s
           join access.person p on p.person_id = s.person_id where s.session_id = $1`,
        [sessionId],
      ),
    );
    if (!row) throw new NotFound('session');
    return { personId: asId('Person', row.person_id), name: row.name, email: row.email };
  }
}

const membershipOf = (row: MembershipRow): Membership => ({
  memberId: asId('Member', row.member_id),
  account: accountOf(row.kind, row.account_id),
  accountName: row.account_name,
  role: row.role,
});
