import { Injectable } from '@nestjs/common';
import { companyScope, Database, type Transaction } from '#database';
import { Clock, type Id, InvalidInput } from '#kernel';
import { type Mapping, NO_MAPPING } from '../adapters/native/mapping.js';
import { getIntegration } from './integrations.js';

export interface MappingVersion {
  /** 0 before the first change. */
  readonly version: number;
  readonly mapping: Mapping;
  readonly createdAt: Date | null;
}

/**
 * Changes how a native integration's bodies are read, as a new version; the older ones stay on record. It
 * holds from now on, also for what arrived before and is replayed.
 */
@Injectable()
export class ChangeMapping {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @param actor who changes it, as `actorOf` names callers */
  execute(
    companyId: Id<'Company'>,
    integrationId: Id<'Integration'>,
    mapping: Mapping,
    actor: string,
  ): Promise<MappingVersion> {
    return this.database.transaction(companyScope(companyId), async (tx) => {
      const { kind } = await getIntegration(tx, companyId, integrationId);
      if (kind !== 'native') {
        throw new InvalidInput(
          'mapping.not_native',
          'Only native integrations have a mapping: the platform fixes the other formats.',
        );
      }
      await tx.query(
        'select 1 from tracking.integration where company_id = $1 and integration_id = $2 for update',
        [companyId, integrationId],
      );
      const { version } = await currentMapping(tx, companyId, integrationId);
      const createdAt = this.clock.now();
      await tx.query(
        `insert into tracking.integration_mapping
           (company_id, integration_id, version, mapping, actor, created_at) values ($1, $2, $3, $4, $5, $6)`,
        [companyId, integrationId, version + 1, JSON.stringify(mapping), actor, createdAt],
      );
      return { version: version + 1, mapping, createdAt };
    });
  }
}

/** The mapping in force. */
export async function currentMapping(
  tx: Transaction,
  companyId: Id<'Company'>,
  integrationId: Id<'Integration'>,
): Promise<MappingVersion> {
  const [row] = await tx.query<{ version: number; mapping: Mapping; created_at: string }>(
    `select version, mapping, created_at from tracking.integration_mapping
     where company_id = $1 and integration_id = $2 order by version desc limit 1`,
    [companyId, integrationId],
  );
  if (!row) return { version: 0, mapping: NO_MAPPING, createdAt: null };
  return { version: row.version, mapping: row.mapping, createdAt: new Date(row.created_at) };
}
