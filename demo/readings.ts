import { eventually } from '#testing';
import type { Narrator } from './narrator.js';
import { type Money, shown, type SignedInPartner } from './people.js';

export interface CommissionView {
  readonly id: string;
  readonly state: string;
  readonly amount: Money;
  readonly heldUntil: string | null;
  readonly reason: { readonly sentence: string };
  readonly subject: { readonly kind: string; readonly key: string | null };
}

interface Explanation {
  readonly code: string;
  readonly sentence: string;
}

interface Trace {
  readonly actions: readonly {
    readonly action: string;
    readonly revisions: readonly {
      readonly candidates: readonly { readonly partner: string; readonly reason: Explanation }[];
    }[];
  }[];
}

/** What one partner sees of one program, read as that partner. */
export class PartnerView {
  readonly #program: string;

  constructor(
    readonly partner: SignedInPartner,
    programId: string,
  ) {
    this.#program = `/v1/partner/programs/${programId}`;
  }

  async commissions(): Promise<readonly CommissionView[]> {
    const page = await this.#list<CommissionView>('commissions?limit=100');
    return page.toReversed();
  }

  /** Waits until there are `count` commissions and all of them have a hold date. */
  heldCommissions(count: number): Promise<readonly CommissionView[]> {
    return eventually(async () => {
      const all = await this.commissions();
      return all.length === count && all.every(({ heldUntil }) => heldUntil !== null) && all;
    });
  }

  customers(): Promise<readonly { readonly id: string; readonly email: string | null }[]> {
    return this.#list('customers');
  }

  waitingOrders(): Promise<readonly { readonly summary: string }[]> {
    return this.#list('waiting-orders');
  }

  outcomes(): Promise<readonly { readonly action: string; readonly reason: Explanation }[]> {
    return this.#list('outcomes');
  }

  notices(): Promise<readonly { readonly title: string; readonly body: string }[]> {
    return this.#list('notices');
  }

  trace(commissionId: string): Promise<Trace> {
    return this.partner.api.get(`${this.#program}/commissions/${commissionId}/trace`);
  }

  async #list<T>(what: string): Promise<readonly T[]> {
    const { data } = await this.partner.api.get<{ data: readonly T[] }>(`${this.#program}/${what}`);
    return data;
  }
}

/** Prints everything a partner can read of the story so far. */
export async function tell(view: PartnerView, narrator: Narrator): Promise<void> {
  const rows: (readonly [string, string])[] = [];
  for (const customer of await view.customers())
    rows.push(['customer', `${customer.id}, ${customer.email ?? 'no e-mail'}`]);
  for (const { amount, state, reason } of await view.commissions()) {
    rows.push(['commission', `${shown(amount)}, ${state}: ${reason.sentence}`]);
  }
  for (const { action, reason } of await view.outcomes()) {
    rows.push([`outcome of a click (${action})`, `${reason.code}: ${reason.sentence}`]);
  }
  for (const { title } of await view.notices()) rows.push(['notice', title]);
  narrator.show(view.partner.name, rows);
}
