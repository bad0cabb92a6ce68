import type { Transaction } from '#database';
import type { Id } from '#kernel';
import type { ClickWindow, Precedence, PrecedenceMethod } from '#rules';

/** What companies and programs set, over time: how long clicks count, and what goes before what. */
export interface AttributionSettings {
  readonly windows: ReadonlyMap<Id<'Program'>, readonly ClickWindow[]>;
  readonly precedences: ReadonlyMap<Id<'Company'>, readonly Precedence[]>;
}

/** Every setting that the companies and their programs ever had, in one statement. */
export async function readSettings(
  tx: Transaction,
  companyIds: readonly Id<'Company'>[],
): Promise<AttributionSettings> {
  const rows = await tx.query<SettingsRow>(
    `select company_id, program_id, effective_from, window_days, null::text[] as methods
       from approvals.published_program_settings where company_id = any($1::uuid[])
      union all
     select company_id, null::uuid, effective_from, null::int, methods
       from attribution.precedence where company_id = any($1::uuid[])`,
    [[...new Set(companyIds)]],
  );
  const windows = new Map<Id<'Program'>, ClickWindow[]>();
  const precedences = new Map<Id<'Company'>, Precedence[]>();
  for (const row of rows) {
    const effectiveFrom = new Date(row.effective_from);
    if (row.program_id === null) {
      const known = precedences.get(row.company_id) ?? [];
      precedences.set(row.company_id, [...known, { effectiveFrom, methods: row.methods }]);
    } else {
      const known = windows.get(row.program_id) ?? [];
      windows.set(row.program_id, [...known, { effectiveFrom, days: row.window_days }]);
    }
  }
  return { windows, precedences };
}

/** The longest window that any program ever had. */
export const longestWindowDays = ({ windows }: AttributionSettings): number =>
  Math.max(0, ...[...windows.values()].flat().map(({ days }) => days));

export const precedenceFor = (
  companyId: Id<'Company'>,
  { precedences }: AttributionSettings,
): readonly Precedence[] => precedences.get(companyId) ?? [];

type SettingsRow = { readonly company_id: Id<'Company'>; readonly effective_from: string } & (
  | { readonly program_id: Id<'Program'>; readonly window_days: number }
  | { readonly program_id: null; readonly methods: readonly PrecedenceMethod[] }
);
