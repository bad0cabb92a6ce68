import { dateOrNull, type Transaction } from '#database';
import type { Id } from '#kernel';
import type { PresentedCode } from '#rules';
import type { FactDelivery } from './action.js';
import type { Grounds } from './grounds.js';
import { membershipFor } from './memberships.js';

/** A time during which a discount code was a partner's; a code may pass from one partner to another. */
interface CodeRecord {
  readonly companyId: Id<'Company'>;
  readonly code: string;
  readonly partnershipId: Id<'Partnership'>;
  readonly effectiveFrom: Date;
  readonly effectiveUntil: Date | null;
}

/** The discount codes that a batch of facts presents, as far as they are or were partners'. */
export class PresentedCodes {
  readonly #byName: ReadonlyMap<string, readonly CodeRecord[]>;

  private constructor(readonly all: readonly CodeRecord[]) {
    this.#byName = Map.groupBy(all, nameOf);
  }

  /** No statement where no fact brings a code along. */
  static async read(tx: Transaction, facts: readonly FactDelivery[]): Promise<PresentedCodes> {
    const named = facts.flatMap((fact) => codesOf(fact).map((code) => ({ companyId: fact.companyId, code })));
    const distinct = [...new Map(named.map((name) => [nameOf(name), name])).values()];
    if (distinct.length === 0) return new PresentedCodes([]);
    const rows = await tx.query<CodeRow>(
      `select code.* from unnest($1::uuid[], $2::text[]) as named(company_id, code)
        cross join lateral (
          select company_id, code, partnership_id, effective_from, effective_until
            from tracking.published_code c
           where c.company_id = named.company_id and c.code = named.code offset 0) as code`,
      [distinct.map(({ companyId }) => companyId), distinct.map(({ code }) => code)],
    );
    return new PresentedCodes(rows.map(codeOf));
  }

  /** What the rules get to judge: in the order presented, each partner once for each code. */
  evidenceOf(fact: FactDelivery, grounds: Grounds): PresentedCode[] {
    return codesOf(fact).flatMap((code) => {
      const records = this.#byName.get(nameOf({ companyId: fact.companyId, code })) ?? [];
      return [...Map.groupBy(records, ({ partnershipId }) => partnershipId)].map(
        ([partnershipId, periods]) => ({
          code,
          membership: membershipFor(partnershipId, grounds.memberships),
          isInForce: periods.some((period) => isInForce(period, fact.occurredAt)),
        }),
      );
    });
  }
}

/** The codes of a fact in lower case, each once: codes compare without case. */
export const codesOf = ({ data }: FactDelivery): string[] => [
  ...new Set(data.codes.map((code) => code.toLowerCase())),
];

const isInForce = ({ effectiveFrom, effectiveUntil }: CodeRecord, moment: Date): boolean =>
  effectiveFrom <= moment && (effectiveUntil === null || moment < effectiveUntil);

const nameOf = ({ companyId, code }: Pick<CodeRecord, 'companyId' | 'code'>): string =>
  `${companyId}/${code}`;

interface CodeRow {
  readonly company_id: Id<'Company'>;
  readonly code: string;
  readonly partnership_id: Id<'Partnership'>;
  readonly effective_from: string;
  readonly effective_until: string | null;
}

const codeOf = (row: CodeRow): CodeRecord => ({
  companyId: row.company_id,
  code: row.code,
  partnershipId: row.partnership_id,
  effectiveFrom: new Date(row.effective_from),
  effectiveUntil: dateOrNull(row.effective_until),
});
