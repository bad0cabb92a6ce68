import { Injectable } from '@nestjs/common';
import { companyScope, Database, PLATFORM_COMPANY } from '#database';
import { idempotent, type IdempotentRequest } from '#http';
import { NotFound } from '#kernel';
import { emailKeyOf } from '../person/person.js';

/** An operator lets somebody sign in by another account at the issuer: the next sign-in binds it. */
@Injectable()
export class UnbindIdentity {
  constructor(private readonly database: Database) {}

  /** @throws NotFound when nobody has the address, or nothing is bound to this one */
  async execute(email: string, request: IdempotentRequest): Promise<void> {
    await idempotent(this.database, companyScope(PLATFORM_COMPANY), request, async (tx) => {
      const unbound = await tx.query(
        `delete from access.identity i using access.person p
          where p.person_id = i.person_id and p.email = $1 returning i.subject`,
        [emailKeyOf(email)],
      );
      if (unbound.length === 0) throw new NotFound('person with an account at the issuer');
    });
  }
}
