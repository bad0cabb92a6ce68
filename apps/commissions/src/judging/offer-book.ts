import type { Transaction } from '#database';
import { asId, type Id } from '#kernel';
import { type OfferVersion, parseOfferRule, versionInForce } from '#rules';

/** One version of one offer. */
export interface BookedVersion extends OfferVersion {
  readonly offerId: Id<'Offer'>;
}

interface VersionRow {
  readonly company_id: string;
  readonly program_id: string;
  readonly offer_id: string;
  readonly version: number;
  readonly effective_from: string;
  readonly rule: unknown;
}

interface ZoneRow {
  readonly company_id: string;
  readonly program_id: string;
  readonly effective_from: string;
  readonly time_zone: string;
}

/** A program of a company. */
export interface ProgramName {
  readonly companyId: Id<'Company'>;
  readonly programId: Id<'Program'>;
}

const keyOf = (companyId: string, programId: string) => `${companyId} ${programId}`;

/** The offers and time zones of the programs of one batch, read once: judged by event time, never by now. */
export class OfferBook {
  readonly #versions = new Map<string, Map<string, BookedVersion[]>>();
  readonly #zones = new Map<string, { effectiveFrom: Date; timeZone: string }[]>();

  private constructor(versions: readonly VersionRow[], zones: readonly ZoneRow[]) {
    for (const row of versions) {
      const program = getOrAdd(this.#versions, keyOf(row.company_id, row.program_id), () => new Map());
      getOrAdd<string, BookedVersion[]>(program, row.offer_id, () => []).push({
        offerId: asId('Offer', row.offer_id),
        version: row.version,
        effectiveFrom: new Date(row.effective_from),
        rule: parseOfferRule(row.rule),
      });
    }
    for (const row of zones) {
      getOrAdd(this.#zones, keyOf(row.company_id, row.program_id), () => []).push({
        effectiveFrom: new Date(row.effective_from),
        timeZone: row.time_zone,
      });
    }
  }

  static async read(tx: Transaction, programs: readonly ProgramName[]): Promise<OfferBook> {
    if (programs.length === 0) return new OfferBook([], []);
    const names = [programs.map((name) => name.companyId), programs.map((name) => name.programId)];
    const versions = await tx.query<VersionRow>(
      `select o.company_id, o.program_id, v.offer_id, v.version, v.effective_from, v.rule
       from commissions.offer o join commissions.offer_version v using (company_id, offer_id)
       where (o.company_id, o.program_id) in (select * from unnest($1::uuid[], $2::uuid[]))
       order by v.offer_id, v.version`,
      names,
    );
    const zones = await tx.query<ZoneRow>(
      `select company_id, program_id, effective_from, time_zone from approvals.published_program_settings
       where (company_id, program_id) in (select * from unnest($1::uuid[], $2::uuid[]))
       order by effective_from`,
      names,
    );
    return new OfferBook(versions, zones);
  }

  /** The version of each offer of a program that was in force at a time. */
  inForce({ companyId, programId }: ProgramName, at: Date): BookedVersion[] {
    const offers = this.#versions.get(keyOf(companyId, programId))?.values() ?? [];
    return [...offers].flatMap((versions) => versionInForce(versions, at) ?? []);
  }

  /** @returns undefined when the program has no such version */
  version(
    { companyId, programId }: ProgramName,
    offerId: string,
    version: number,
  ): BookedVersion | undefined {
    const versions = this.#versions.get(keyOf(companyId, programId))?.get(offerId);
    return versions?.find((candidate) => candidate.version === version);
  }

  /** The program's zone at a time; before its first settings, that of the first; UTC when there are none. */
  timeZone({ companyId, programId }: ProgramName, at: Date): string {
    const zones = this.#zones.get(keyOf(companyId, programId)) ?? [];
    const inForce = zones.findLast((zone) => zone.effectiveFrom <= at) ?? zones[0];
    return inForce?.timeZone ?? 'UTC';
  }
}

function getOrAdd<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
