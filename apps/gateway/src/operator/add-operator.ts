import { Injectable } from '@nestjs/common';
import { companyScope, Database, PLATFORM_COMPANY } from '#database';
import { idempotent, type IdempotentRequest, type OperatorRole } from '#http';
import { Clock, newId } from '#kernel';
import { hashOf } from '../credential.js';
import type { OperatorAccount } from './operator.js';
import { newOperatorToken } from './operator-token.js';

export interface AddedOperator {
  readonly operator: OperatorAccount;
  /** Shown this once. Null when a repeated request gets the first answer: it is kept nowhere. */
  readonly token: string | null;
}

/** An administrator gives somebody a token with a role. Only the token's hash is stored. */
@Injectable()
export class AddOperator {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async execute(
    wanted: { readonly name: string; readonly role: OperatorRole },
    request: IdempotentRequest,
  ): Promise<AddedOperator> {
    const token = newOperatorToken();
    const draft: OperatorAccount = {
      operatorId: newId('Operator'),
      name: wanted.name,
      role: wanted.role,
      createdAt: this.clock.now(),
      revokedAt: null,
    };
    const operator = await idempotent(this.database, companyScope(PLATFORM_COMPANY), request, async (tx) => {
      await tx.query(
        `insert into access.operator (operator_id, name, role, secret_hash, created_at)
         values ($1, $2, $3, $4, $5)`,
        [draft.operatorId, draft.name, draft.role, hashOf(token), draft.createdAt],
      );
      return draft;
    });
    return { operator, token: operator.operatorId === draft.operatorId ? token : null };
  }
}
