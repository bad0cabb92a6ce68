import { Injectable } from '@nestjs/common';
import { companyScope, Database, type Scope } from '#database';
import { cursorId, type PageQuery, type PartnershipOfPartner } from '#http';
import { asId, Clock, type Id, NotFound } from '#kernel';
import { type Account, loadStatement, type Statement } from './statement.js';
import { loadStatementLines, type StatementLine } from './statement-lines.js';
import { periodOf } from './statement-period.js';

/** An account with its program, whose zone bounds the months, and how far its reader sees. */
interface StatementAccount extends Account {
  readonly programId: Id<'Program'>;
  readonly scope: Scope;
}

/** What happened to one partner's money in a month, told from the ledger; a closed month never changes. */
@Injectable()
export class ReadStatements {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws InvalidInput when the month has not begun */
  ofPartner(partnership: PartnershipOfPartner, month: string): Promise<Statement> {
    return this.#statement(partnership, month);
  }

  /** Oldest first, one more than the page shows. @throws InvalidInput when the month has not begun */
  linesOfPartner(
    partnership: PartnershipOfPartner,
    month: string,
    query: PageQuery,
  ): Promise<StatementLine[]> {
    return this.#lines(partnership, month, query);
  }

  /** @throws NotFound when it is not this company's partnership, InvalidInput */
  async ofCompany(
    companyId: Id<'Company'>,
    partnershipId: Id<'Partnership'>,
    month: string,
  ): Promise<Statement> {
    return this.#statement(await this.#accountOf(companyId, partnershipId), month);
  }

  /** Oldest first, one more than the page shows. @throws NotFound, InvalidInput */
  async linesOfCompany(
    companyId: Id<'Company'>,
    partnershipId: Id<'Partnership'>,
    month: string,
    query: PageQuery,
  ): Promise<StatementLine[]> {
    return this.#lines(await this.#accountOf(companyId, partnershipId), month, query);
  }

  #statement(account: StatementAccount, month: string): Promise<Statement> {
    return this.database.transaction(account.scope, async (tx) => {
      const period = await periodOf(tx, account, month, this.clock.now());
      return loadStatement(tx, account, period);
    });
  }

  #lines(account: StatementAccount, month: string, query: PageQuery): Promise<StatementLine[]> {
    return this.database.transaction(account.scope, async (tx) => {
      const period = await periodOf(tx, account, month, this.clock.now());
      const page = { after: cursorId(query), limit: query.limit + 1 };
      return loadStatementLines(tx, account, period, page);
    });
  }

  #accountOf(companyId: Id<'Company'>, partnershipId: Id<'Partnership'>): Promise<StatementAccount> {
    const scope = companyScope(companyId);
    return this.database.transaction(scope, async (tx) => {
      const [row] = await tx.query<{ program_id: string }>(
        `select program_id from approvals.published_partnership where company_id = $1 and partnership_id = $2`,
        [companyId, partnershipId],
      );
      if (!row) throw new NotFound('partnership');
      return { companyId, partnershipId, programId: asId('Program', row.program_id), scope };
    });
  }
}
