import type { Transaction } from '#database';
import { asId, type Id } from '#kernel';
import type { PresentedClick } from '#rules';
import type { FactDelivery } from './action.js';
import { type ClickRecord, readClicksOfVisitors, visitorNameOf } from './clicks.js';
import { clickFor, type Grounds } from './grounds.js';
import { type AttributionSettings, longestWindowDays } from './settings.js';

/** The clicks that a batch of facts presents, and all clicks of the visitors behind them. */
export class PresentedClicks {
  readonly #byName: ReadonlyMap<string, ClickRecord>;
  readonly #ofVisitors: ReadonlyMap<string, readonly ClickRecord[]>;

  private constructor(readonly all: readonly ClickRecord[]) {
    this.#byName = new Map(all.map((click) => [nameOf(click.companyId, click.clickId), click]));
    this.#ofVisitors = Map.groupBy(all, visitorNameOf);
  }

  static async read(
    tx: Transaction,
    facts: readonly FactDelivery[],
    settings: AttributionSettings,
  ): Promise<PresentedClicks> {
    const named = facts.flatMap((fact) => {
      const clickId = clickIdOf(fact);
      return clickId === null ? [] : [{ companyId: fact.companyId, clickId }];
    });
    const latest = new Date(Math.max(...facts.map(({ occurredAt }) => occurredAt.getTime())));
    return new PresentedClicks(await readClicksOfVisitors(tx, named, latest, longestWindowDays(settings)));
  }

  /** The presented click, if it is one of the fact's own company and stored. */
  clickOf(fact: FactDelivery): ClickRecord | null {
    const clickId = clickIdOf(fact);
    return clickId === null ? null : (this.#byName.get(nameOf(fact.companyId, clickId)) ?? null);
  }

  /** The id of a click that the fact names and that is not stored, or not yet. */
  missingClickOf(fact: FactDelivery): Id<'Click'> | null {
    return this.clickOf(fact) === null ? clickIdOf(fact) : null;
  }

  /** What the rules get to judge. */
  evidenceOf(fact: FactDelivery, grounds: Grounds): PresentedClick {
    const click = this.clickOf(fact);
    if (click) {
      const clicks = this.#ofVisitors.get(visitorNameOf(click)) ?? [];
      return { kind: 'visitor', clicks: clicks.map((record) => clickFor(record, grounds)) };
    }
    if (clickIdOf(fact) !== null) return { kind: 'unknown' };
    return { kind: fact.data.isClickIdMalformed ? 'malformed' : 'none' };
  }
}

const clickIdOf = ({ data }: FactDelivery): Id<'Click'> | null =>
  data.clickId === null ? null : asId('Click', data.clickId);

const nameOf = (companyId: string, id: string) => `${companyId}/${id}`;
