import { insertRows, type Transaction } from '#database';
import type { CounterKind, CounterUse } from '#rules';
import type { Membership } from './membership.js';

/** One counter of an offer; counters of all partners together belong to nobody. */
export interface CounterName extends CounterUse {
  readonly companyId: string;
  readonly offerId: string;
  readonly partnershipId: string;
  /** Empty for a count. */
  readonly currency: string;
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

export function counterName(
  { companyId, partnershipId }: Omit<Membership, 'programId'>,
  offerId: string,
  use: CounterUse & { readonly currency: string },
): CounterName {
  return {
    companyId,
    offerId,
    kind: use.kind,
    period: use.period,
    currency: use.currency,
    partnershipId: use.kind === 'program_budget' ? NOBODY : partnershipId,
  };
}

interface CounterRow {
  readonly company_id: string;
  readonly offer_id: string;
  readonly kind: CounterKind;
  readonly partnership_id: string;
  readonly period: string;
  readonly currency: string;
  readonly value: string;
}

/** How far the counters of a batch are; they move with every subject that takes a place. */
export class Counters {
  readonly #values = new Map<string, bigint>();
  readonly #moved = new Map<string, CounterName>();

  private constructor(rows: readonly CounterRow[]) {
    for (const row of rows) this.#values.set(keyOfRow(row), BigInt(row.value));
  }

  /** All at 0, for judgements that are not to be recorded. */
  static none(): Counters {
    return new Counters([]);
  }

  /** Locks them until the end of the transaction, in one order for everybody. */
  static async lock(tx: Transaction, names: readonly CounterName[]): Promise<Counters> {
    const distinct = new Map(names.map((name) => [keyOf(name), rowOf(name, 0n)]));
    const rows = [...distinct].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
    return new Counters(
      await insertRows<CounterRow>(tx, 'commissions.offer_counter as c', COLUMNS, rows, LOCKING),
    );
  }

  /** As they stand, for judgements that are not to be recorded. */
  static async read(tx: Transaction, names: readonly CounterName[]): Promise<Counters> {
    if (names.length === 0) return new Counters([]);
    const rows = names.map((name) => rowOf(name, 0n));
    return new Counters(await tx.query<CounterRow>(READING, [JSON.stringify(rows)]));
  }

  valueOf(name: CounterName): bigint {
    return this.#values.get(keyOf(name)) ?? 0n;
  }

  add(name: CounterName, amount: bigint): void {
    const key = keyOf(name);
    this.#values.set(key, this.valueOf(name) + amount);
    this.#moved.set(key, name);
  }

  /** Writes what moved; they were locked. */
  async save(tx: Transaction): Promise<void> {
    const rows = [...this.#moved.values()].map((name) => rowOf(name, this.valueOf(name)));
    await insertRows(tx, 'commissions.offer_counter', COLUMNS, rows, WRITING);
  }
}

const COLUMNS = {
  company_id: 'uuid',
  offer_id: 'uuid',
  kind: 'text',
  partnership_id: 'uuid',
  period: 'text',
  currency: 'text',
  value: 'bigint',
} as const;

const KEY = 'company_id, offer_id, kind, partnership_id, period, currency';
const LOCKING = `on conflict (${KEY}) do update set value = c.value
  returning ${Object.keys(COLUMNS)
    .map((name) => `c.${name}`)
    .join(', ')}`;
const READING = `
  select ${Object.keys(COLUMNS).join(', ')} from commissions.offer_counter
  where (${KEY}) in (
    select ${KEY} from json_to_recordset($1::json) as r(company_id uuid, offer_id uuid, kind text,
      partnership_id uuid, period text, currency text))`;
const WRITING = `on conflict (${KEY}) do update set value = excluded.value`;

const rowOf = (
  { companyId, offerId, kind, partnershipId, period, currency }: CounterName,
  value: bigint,
) => ({
  company_id: companyId,
  offer_id: offerId,
  kind,
  partnership_id: partnershipId,
  period,
  currency,
  value: value.toString(),
});

const keyOf = (name: CounterName) =>
  [name.companyId, name.offerId, name.kind, name.partnershipId, name.period, name.currency].join(' ');

const keyOfRow = (row: CounterRow) =>
  [row.company_id, row.offer_id, row.kind, row.partnership_id, row.period, row.currency].join(' ');
