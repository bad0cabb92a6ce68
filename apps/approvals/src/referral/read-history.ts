import { Injectable } from '@nestjs/common';
import { Database, type Scope } from '#database';
import { type PageQuery, readCursor } from '#http';
import { type Id, NotFound } from '#kernel';
import type { ReferralStep, ReferralStepName, StepSide } from './referral-step.js';
import type { ReferralKey } from './view-referral.js';

interface Row {
  readonly step_no: number;
  readonly step: ReferralStepName;
  readonly stage_name: string | null;
  readonly note: string | null;
  readonly side: StepSide;
  readonly at: string;
}

/** All that happened to one lead or deal, oldest first. */
@Injectable()
export class ReadHistory {
  constructor(private readonly database: Database) {}

  /**
   * @param scope of the company, or of the partnership that the referral belongs to
   * @returns one step more than the limit when there is a next page. @throws NotFound
   */
  async execute(
    companyId: Id<'Company'>,
    scope: Scope,
    { kind, referralId }: ReferralKey,
    page: PageQuery,
  ): Promise<ReferralStep[]> {
    const after = readCursor(page, (text) => (/^\d{1,9}$/.test(text) ? Number(text) : null));
    const partnershipId = scope.partnership ?? null;
    const rows = await this.database.transaction(scope, async (tx) => {
      const [known] = await tx.query(
        `select 1 from approvals.referral where company_id = $1 and kind = $2 and referral_id = $3
           and ($4::uuid is null or partnership_id = $4)`,
        [companyId, kind, referralId, partnershipId],
      );
      if (!known) throw new NotFound(kind);
      return tx.query<Row>(
        `select step_no, step, stage_name, note, side, at from approvals.referral_step
          where company_id = $1 and referral_id = $2 and step_no > $3 order by step_no limit $4`,
        [companyId, referralId, after ?? 0, page.limit + 1],
      );
    });
    return rows.map((row) => ({
      stepNo: row.step_no,
      step: row.step,
      stageName: row.stage_name,
      note: row.note,
      side: row.side,
      at: new Date(row.at),
    }));
  }
}
