import { Injectable } from '@nestjs/common';
import { companyScope, Database, PLATFORM_COMPANY } from '#database';
import type { OperatorRole } from '#http';
import { asId } from '#kernel';
import type { KnownCredential } from './credential-cache.js';

/** Finds the operator that a token was given to. */
@Injectable()
export class FindOperator {
  constructor(private readonly database: Database) {}

  async execute(tokenHash: Buffer): Promise<KnownCredential | null> {
    const [row] = await this.database.transaction(companyScope(PLATFORM_COMPANY), (tx) =>
      tx.query<{ operator_id: string; role: OperatorRole }>(
        'select operator_id, role from access.operator where secret_hash = $1 and revoked_at is null',
        [tokenHash],
      ),
    );
    if (!row) return null;
    const operatorId = asId('Operator', row.operator_id);
    return { principal: { kind: 'operator', operatorId, role: row.role }, expiresAt: null };
  }
}
