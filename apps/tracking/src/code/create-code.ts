import { Injectable } from '@nestjs/common';
import { companyScope, Database, type Transaction } from '#database';
import { actorOf, type CompanyPrincipal, idempotent, type IdempotentRequest } from '#http';
import { asId, Clock, type Id, newId } from '#kernel';
import { requireApproved } from '../approved-partnership.js';
import { AnnounceCode } from './announce-code.js';
import { CodeTaken } from './code.errors.js';
import type { Code } from './code.js';
import { addAssignment, getCode } from './code-store.js';
import { codeKey } from './parse-code.js';

export interface NewCode {
  /** As `parseCode` returns it; so are the platform ids. */
  readonly code: string;
  readonly platformIds: readonly string[];
  readonly partnershipId: Id<'Partnership'>;
  /** Null for now. A past time counts for what is reported from now on. */
  readonly from: Date | null;
}

/** Makes a discount code and gives it to a partner, who hears of it. */
@Injectable()
export class CreateCode {
  constructor(
    private readonly database: Database,
    private readonly announceCode: AnnounceCode,
    private readonly clock: Clock,
  ) {}

  /** @throws PartnershipNotApproved, CodeTaken */
  execute(company: CompanyPrincipal, draft: NewCode, request: IdempotentRequest): Promise<Code> {
    const { companyId } = company;
    return idempotent(this.database, companyScope(companyId), request, async (tx) => {
      const partnership = await requireApproved(tx, companyId, draft.partnershipId);
      const codeId = newId('Code');
      const [now, actor] = [this.clock.now(), actorOf(company)];
      await tx.query(
        `insert into tracking.code (company_id, code_id, code, platform_ids, actor, created_at)
         values ($1, $2, $3, $4, $5, $6)`,
        [companyId, codeId, draft.code, draft.platformIds, actor, now],
      );
      await claimTexts(tx, companyId, codeId, draft);
      const { partnershipId, programId } = partnership;
      const from = draft.from ?? now;
      await addAssignment(tx, { companyId, codeId, programId, partnershipId, from, actor });
      const code = await getCode(tx, companyId, codeId);
      await this.announceCode.assigned(tx, companyId, code, partnership, from);
      return code;
    });
  }
}

/** Every text that orders may name the code by is taken by it. */
async function claimTexts(
  tx: Transaction,
  companyId: Id<'Company'>,
  codeId: Id<'Code'>,
  { code, platformIds }: NewCode,
): Promise<void> {
  const texts = new Map([code, ...platformIds].map((text) => [codeKey(text), text]));
  const keys = [...texts.keys()].toSorted();
  await tx.query(
    `insert into tracking.code_text (company_id, code, code_id)
     select $1, code, $2 from unnest($3::text[]) as code on conflict do nothing`,
    [companyId, codeId, keys],
  );
  const [taken] = await tx.query<{ code: string; code_id: string }>(
    `select code, code_id from tracking.code_text
     where company_id = $1 and code = any($2) and code_id <> $3 limit 1`,
    [companyId, keys, codeId],
  );
  if (taken) throw new CodeTaken(texts.get(taken.code) ?? taken.code, asId('Code', taken.code_id));
}
