import type { OperatorRole } from '#http';
import { asId, type Id } from '#kernel';

/** Somebody who runs the installation, as others of them may see; the token is not among it. */
export interface OperatorAccount {
  readonly operatorId: Id<'Operator'>;
  readonly name: string;
  readonly role: OperatorRole;
  readonly createdAt: Date;
  readonly revokedAt: Date | null;
}

/** A row of `access.operator` as the driver gives it. */
export interface OperatorRow {
  readonly operator_id: string;
  readonly name: string;
  readonly role: OperatorRole;
  readonly created_at: string;
  readonly revoked_at: string | null;
}

export function operatorOf(row: OperatorRow): OperatorAccount {
  return {
    operatorId: asId('Operator', row.operator_id),
    name: row.name,
    role: row.role,
    createdAt: new Date(row.created_at),
    revokedAt: row.revoked_at === null ? null : new Date(row.revoked_at),
  };
}
