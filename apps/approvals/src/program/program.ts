import type { SqlValue, Transaction } from '#database';
import { asId, type Id, NotFound } from '#kernel';

/** What a company decides about a program; each change holds from its moment on, never before. */
export interface ProgramSettings {
  /** How many days after a click an order or signup may still be credited to it. */
  readonly windowDays: number;
  /** IANA name; months and hold days are counted in it. */
  readonly timeZone: string;
  /** Whether partners may create links, unless the company says otherwise for a group or a partner. */
  readonly areLinksEnabled: boolean;
  /** Whether partners may submit leads, unless the company says otherwise for a group. */
  readonly areLeadsEnabled: boolean;
  /** Whether partners may register deals, unless the company says otherwise for a group. */
  readonly areDealsEnabled: boolean;
}

/** A program with the settings in force. */
export interface Program extends ProgramSettings {
  readonly programId: Id<'Program'>;
  readonly name: string;
  readonly slug: string;
  readonly effectiveFrom: Date;
  readonly createdAt: Date;
}

interface Row {
  readonly program_id: string;
  readonly name: string;
  readonly slug: string;
  readonly created_at: string;
  readonly window_days: number;
  readonly time_zone: string;
  readonly are_links_enabled: boolean;
  readonly are_leads_enabled: boolean;
  readonly are_deals_enabled: boolean;
  readonly effective_from: string;
}

/** @param condition SQL over `p` (the program), ended by order and limit where it lists */
export async function selectPrograms(
  tx: Transaction,
  condition: string,
  parameters: readonly SqlValue[],
): Promise<Program[]> {
  const rows = await tx.query<Row>(
    `select p.program_id, p.name, p.slug, p.created_at,
       s.window_days, s.time_zone, s.are_links_enabled, s.are_leads_enabled, s.are_deals_enabled, s.effective_from
     from approvals.program p
     cross join lateral (
       select * from approvals.program_settings s
        where s.company_id = p.company_id and s.program_id = p.program_id
        order by s.effective_from desc limit 1) s
     where ${condition}`,
    parameters,
  );
  return rows.map((row) => ({
    programId: asId('Program', row.program_id),
    name: row.name,
    slug: row.slug,
    windowDays: row.window_days,
    timeZone: row.time_zone,
    areLinksEnabled: row.are_links_enabled,
    areLeadsEnabled: row.are_leads_enabled,
    areDealsEnabled: row.are_deals_enabled,
    effectiveFrom: new Date(row.effective_from),
    createdAt: new Date(row.created_at),
  }));
}

/** @throws NotFound */
export async function loadProgram(
  tx: Transaction,
  companyId: Id<'Company'>,
  programId: Id<'Program'>,
): Promise<Program> {
  const [program] = await selectPrograms(tx, 'p.company_id = $1 and p.program_id = $2', [
    companyId,
    programId,
  ]);
  if (!program) throw new NotFound('program');
  return program;
}

/** Holds the program until the transaction ends: versions of what belongs to it are counted one by one. @throws NotFound */
export async function lockProgram(
  tx: Transaction,
  companyId: Id<'Company'>,
  programId: Id<'Program'>,
): Promise<void> {
  const rows = await tx.query(
    'select 1 from approvals.program where company_id = $1 and program_id = $2 for update',
    [companyId, programId],
  );
  if (rows.length === 0) throw new NotFound('program');
}

/**
 * Adds settings that hold from `from` on. Two changes within the clock's millisecond stay two: the later one
 * holds from a microsecond after the other.
 */
export async function addSettings(
  tx: Transaction,
  companyId: Id<'Company'>,
  programId: Id<'Program'>,
  settings: ProgramSettings,
  change: { readonly from: Date; readonly actor: string },
): Promise<void> {
  await tx.query(
    `insert into approvals.program_settings
       (company_id, program_id, effective_from, window_days, time_zone, are_links_enabled, are_leads_enabled,
        are_deals_enabled, actor)
     select $1, $2, greatest($3::timestamptz, max(effective_from) + interval '1 microsecond'), $4, $5, $6, $7,
       $8, $9
       from approvals.program_settings where company_id = $1 and program_id = $2`,
    [
      companyId,
      programId,
      change.from,
      settings.windowDays,
      settings.timeZone,
      settings.areLinksEnabled,
      settings.areLeadsEnabled,
      settings.areDealsEnabled,
      change.actor,
    ],
  );
}
