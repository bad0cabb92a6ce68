import { insertRows, type Transaction } from '#database';
import type { CompanyStatement } from './resolution.js';
import type { Promotion, StripeStatement } from './stripe-statement.js';

const keyOf = (companyId: string, promotionId: string) => `${companyId} ${promotionId}`;

/**
 * The texts of the promotion codes that a batch names by Stripe's id, as far as Stripe has told of them,
 * now or before.
 */
export class PromotionCodes {
  private constructor(private readonly texts: ReadonlyMap<string, string>) {}

  static async learn(tx: Transaction, items: readonly CompanyStatement[]): Promise<PromotionCodes> {
    await save(
      tx,
      items.flatMap(({ companyId, statement }) =>
        statement.kind === 'promotion' ? [{ companyId, statement }] : [],
      ),
    );
    const named = items.flatMap(({ companyId, statement }) =>
      codesOf(statement).map((promotionId) => ({ companyId, promotionId })),
    );
    if (named.length === 0) return new PromotionCodes(new Map());
    const rows = await tx.query<{ company_id: string; promotion_id: string; code: string }>(
      `select company_id, promotion_id, code
       from (select distinct * from unnest($1::uuid[], $2::text[]) as wanted(company_id, promotion_id)) as wanted
         join tracking.promotion_code using (company_id, promotion_id)`,
      [named.map(({ companyId }) => companyId), named.map(({ promotionId }) => promotionId)],
    );
    return new PromotionCodes(
      new Map(rows.map((row) => [keyOf(row.company_id, row.promotion_id), row.code])),
    );
  }

  /** The codes as given and the texts they stand for. */
  withTexts(companyId: string, codes: readonly string[]): string[] {
    const texts = codes.map((code) => this.texts.get(keyOf(companyId, code)));
    return [...codes, ...texts.filter((text) => text !== undefined)];
  }
}

const codesOf = (statement: StripeStatement) =>
  'evidence' in statement ? statement.evidence.codes.filter((code) => code.startsWith('promo_')) : [];

/** A text never changes at Stripe, so the first report of it is as good as any. */
async function save(tx: Transaction, learned: readonly CompanyStatement<Promotion>[]): Promise<void> {
  await insertRows(
    tx,
    'tracking.promotion_code',
    { company_id: 'uuid', promotion_id: 'text', code: 'text' },
    learned.map(({ companyId, statement }) => ({
      company_id: companyId,
      promotion_id: statement.promotionId,
      code: statement.code,
    })),
    'on conflict do nothing',
  );
}
