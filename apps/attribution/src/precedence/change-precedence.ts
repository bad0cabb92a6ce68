import { Injectable } from '@nestjs/common';
import { companyScope, Database, type Transaction } from '#database';
import { actorOf, type CompanyPrincipal } from '#http';
import { Clock, type Id } from '#kernel';
import type { Precedence, PrecedenceMethod } from '#rules';

/** The company reads and sets what goes before what. A change holds for events from now on; decisions stand. */
@Injectable()
export class ChangePrecedence {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @returns every setting, newest first */
  read(companyId: Id<'Company'>): Promise<Precedence[]> {
    return this.database.transaction(companyScope(companyId), (tx) => readPrecedence(tx, companyId));
  }

  /** @returns every setting, newest first; none is added when this one is in force already */
  execute(company: CompanyPrincipal, methods: readonly PrecedenceMethod[]): Promise<Precedence[]> {
    const { companyId } = company;
    return this.database.transaction(companyScope(companyId), async (tx) => {
      const settings = await readPrecedence(tx, companyId);
      if (settings[0]?.methods.join() === methods.join()) return settings;
      await tx.query(
        `insert into attribution.precedence (company_id, effective_from, methods, actor) values ($1, $2, $3, $4)
         on conflict (company_id, effective_from) do nothing`,
        [companyId, this.clock.now(), [...methods], actorOf(company)],
      );
      return readPrecedence(tx, companyId);
    });
  }
}

async function readPrecedence(tx: Transaction, companyId: Id<'Company'>): Promise<Precedence[]> {
  const rows = await tx.query<{ effective_from: string; methods: readonly PrecedenceMethod[] }>(
    `select effective_from, methods from attribution.precedence
      where company_id = $1 order by effective_from desc`,
    [companyId],
  );
  return rows.map((row) => ({ effectiveFrom: new Date(row.effective_from), methods: row.methods }));
}
