import type { Transaction } from '#database';
import { asId, type Id } from '#kernel';
import type { PresentedClick } from '#rules';
import type { FactDelivery } from './action.js';
import { type ClickRecord, readClicks, readClicksOfSameVisitors } from './clicks.js';
import { clickFor, type ProgramTerms } from './program-terms.js';

/** The clicks that a batch of facts presents, and all clicks of the visitors behind them. */
export class PresentedClicks {
  private constructor(
    private readonly presented: ReadonlyMap<string, ClickRecord>,
    private readonly ofVisitors: ReadonlyMap<string, readonly ClickRecord[]>,
  ) {}

  /** Two statements for the batch. */
  static async read(tx: Transaction, facts: readonly FactDelivery[]): Promise<PresentedClicks> {
    const clickIds = [...new Set(facts.map(clickIdOf).filter((id) => id !== null))];
    const presented = await readClicks(tx, clickIds);
    const latest = new Date(Math.max(...facts.map(({ occurredAt }) => occurredAt.getTime())));
    const all = new Map(
      [...presented, ...(await readClicksOfSameVisitors(tx, presented, latest))].map((click) => [
        nameOf(click.companyId, click.clickId),
        click,
      ]),
    );
    return new PresentedClicks(
      new Map(presented.map((click) => [nameOf(click.companyId, click.clickId), click])),
      Map.groupBy(all.values(), ({ companyId, visitorId }) => nameOf(companyId, visitorId)),
    );
  }

  /** The presented click, if it is one of the fact's own company and stored. */
  clickOf(fact: FactDelivery): ClickRecord | null {
    const clickId = clickIdOf(fact);
    return clickId === null ? null : (this.presented.get(nameOf(fact.companyId, clickId)) ?? null);
  }

  /** The id of a click that the fact names and that is not stored, or not yet. */
  missingClickOf(fact: FactDelivery): Id<'Click'> | null {
    return this.clickOf(fact) === null ? clickIdOf(fact) : null;
  }

  /** What the rules get to judge. */
  evidenceOf(fact: FactDelivery, terms: ProgramTerms): PresentedClick {
    const click = this.clickOf(fact);
    if (click) {
      const clicks = this.ofVisitors.get(nameOf(click.companyId, click.visitorId)) ?? [];
      return { kind: 'visitor', clicks: clicks.map((record) => clickFor(record, terms)) };
    }
    if (clickIdOf(fact) !== null) return { kind: 'unknown' };
    return { kind: fact.data.isClickIdMalformed ? 'malformed' : 'none' };
  }

  all(): ClickRecord[] {
    return [...this.ofVisitors.values()].flat();
  }
}

const clickIdOf = ({ data }: FactDelivery): Id<'Click'> | null =>
  data.clickId === null ? null : asId('Click', data.clickId);

const nameOf = (companyId: string, id: string) => `${companyId}/${id}`;
