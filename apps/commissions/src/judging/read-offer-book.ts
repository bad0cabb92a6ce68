import type { Transaction } from '#database';
import { asId } from '#kernel';
import { parseOfferRule, parseStoredReward, type StackingPolicy } from '#rules';
import type { Membership } from './membership.js';
import { type BookedMember, type BookedProgram, memberKey, OfferBook, programKey } from './offer-book.js';

interface ProgramRow {
  readonly company_id: string;
  readonly program_id: string;
  readonly versions: readonly VersionRow[];
  readonly zones: readonly { readonly effective_from: string; readonly time_zone: string }[];
  readonly stacking: readonly { readonly effective_from: string; readonly policy: StackingPolicy }[];
  readonly overrides: readonly OverrideRow[];
}

interface VersionRow {
  readonly offer_id: string;
  readonly version: number;
  readonly effective_from: string;
  readonly rule: unknown;
}

interface OverrideRow {
  readonly offer_id: string;
  readonly partnership_id: string;
  readonly effective_from: string;
  readonly reward: unknown;
}

interface GroupRow {
  readonly company_id: string;
  readonly partnership_id: string;
  readonly group_id: string;
  readonly effective_from: string;
}

/** One statement for all programs, and one for their partners' groups where an offer asks for groups. */
const PROGRAMS = `
  select n.company_id, n.program_id,
    (select coalesce(json_agg(json_build_object('offer_id', v.offer_id, 'version', v.version,
        'effective_from', v.effective_from, 'rule', v.rule) order by v.offer_id, v.version), '[]')
     from commissions.offer o join commissions.offer_version v using (company_id, offer_id)
     where o.company_id = n.company_id and o.program_id = n.program_id) as versions,
    (select coalesce(json_agg(json_build_object('effective_from', s.effective_from, 'time_zone', s.time_zone)
        order by s.effective_from), '[]')
     from approvals.published_program_settings s
     where s.company_id = n.company_id and s.program_id = n.program_id) as zones,
    (select coalesce(json_agg(json_build_object('effective_from', s.effective_from, 'policy', s.policy)), '[]')
     from commissions.stacking_setting s
     where s.company_id = n.company_id and s.program_id = n.program_id) as stacking,
    (select coalesce(json_agg(json_build_object('offer_id', v.offer_id, 'partnership_id', v.partnership_id,
        'effective_from', v.effective_from, 'reward', v.reward) order by v.effective_from), '[]')
     from commissions.offer o join commissions.offer_override v using (company_id, offer_id)
     where o.company_id = n.company_id and o.program_id = n.program_id
       and v.partnership_id = any ($3::uuid[])) as overrides
  from unnest($1::uuid[], $2::uuid[]) as n(company_id, program_id)`;

const GROUPS = `
  select company_id, partnership_id, group_id, effective_from from approvals.published_partnership_group
  where (company_id, partnership_id) in (select * from unnest($1::uuid[], $2::uuid[]))
  order by effective_from`;

/** Reads what the offers of these partners' programs were and are. */
export async function readOfferBook(tx: Transaction, members: readonly Membership[]): Promise<OfferBook> {
  if (members.length === 0) return new OfferBook(new Map(), new Map());
  const names = [
    ...new Map(members.map((member) => [programKey(member.companyId, member.programId), member])).values(),
  ];
  const rows = await tx.query<ProgramRow>(PROGRAMS, [
    names.map(({ companyId }) => companyId),
    names.map(({ programId }) => programId),
    [...new Set(members.map(({ partnershipId }) => partnershipId))],
  ]);
  const programs = new Map(rows.map((row) => [programKey(row.company_id, row.program_id), programOf(row)]));
  const groups = asksForGroups(programs) ? await readGroups(tx, members) : [];
  return new OfferBook(programs, membersOf(rows, groups));
}

function programOf(row: ProgramRow): BookedProgram {
  const versions = row.versions.map((version) => ({
    offerId: asId('Offer', version.offer_id),
    version: version.version,
    effectiveFrom: new Date(version.effective_from),
    rule: parseOfferRule(version.rule),
  }));
  return {
    versions: Map.groupBy(versions, ({ offerId }) => offerId),
    zones: row.zones.map((zone) => ({
      effectiveFrom: new Date(zone.effective_from),
      timeZone: zone.time_zone,
    })),
    stacking: row.stacking.map(({ effective_from, policy }) => ({
      effectiveFrom: new Date(effective_from),
      policy,
    })),
  };
}

const asksForGroups = (programs: ReadonlyMap<string, BookedProgram>): boolean =>
  [...programs.values()].some(({ versions }) =>
    [...versions.values()].flat().some(({ rule }) => rule.audience.kind === 'groups'),
  );

function readGroups(tx: Transaction, members: readonly Membership[]): Promise<GroupRow[]> {
  return tx.query<GroupRow>(GROUPS, [
    members.map(({ companyId }) => companyId),
    members.map(({ partnershipId }) => partnershipId),
  ]);
}

function membersOf(rows: readonly ProgramRow[], groups: readonly GroupRow[]): Map<string, BookedMember> {
  const overrides = rows.flatMap((row) =>
    row.overrides.map((override) => ({
      member: memberKey(row.company_id, override.partnership_id),
      offerId: override.offer_id,
      ...overrideOf(override),
    })),
  );
  const groupsOf = Map.groupBy(groups, (row) => memberKey(row.company_id, row.partnership_id));
  const overridesOf = Map.groupBy(overrides, ({ member }) => member);
  return new Map(
    [...new Set([...groupsOf.keys(), ...overridesOf.keys()])].map((member) => [
      member,
      {
        groups: (groupsOf.get(member) ?? []).map((row) => ({
          effectiveFrom: new Date(row.effective_from),
          groupId: asId('Group', row.group_id),
        })),
        overrides: Map.groupBy(overridesOf.get(member) ?? [], ({ offerId }) => offerId),
      },
    ]),
  );
}

function overrideOf({ effective_from, reward }: OverrideRow) {
  const since = new Date(effective_from);
  return { since, override: reward === null ? null : { since, reward: parseStoredReward(reward) } };
}
