import { Injectable } from '@nestjs/common';
import { companyScope, Database, PLATFORM_COMPANY } from '#database';
import { type OperatorAccount, operatorOf, type OperatorRow } from './operator.js';

/** All operators, revoked ones too, newest first. */
@Injectable()
export class ListOperators {
  constructor(private readonly database: Database) {}

  /** One more than `limit`, so that the caller knows whether there is a next page. */
  async execute(limit: number, after: string | null): Promise<OperatorAccount[]> {
    const rows = await this.database.transaction(companyScope(PLATFORM_COMPANY), (tx) =>
      tx.query<OperatorRow>(
        `select operator_id, name, role, created_at, revoked_at from access.operator
          where $1::uuid is null or operator_id < $1 order by operator_id desc limit $2`,
        [after, limit + 1],
      ),
    );
    return rows.map(operatorOf);
  }
}
