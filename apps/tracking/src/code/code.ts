import { asId, type Id } from '#kernel';

/** Whose a code is, from when until when. */
export interface CodeAssignment {
  readonly partnershipId: Id<'Partnership'>;
  readonly programId: Id<'Program'>;
  readonly from: Date;
  /** Null while no end is known. */
  readonly until: Date | null;
}

/** A discount code as its company sees it. */
export interface Code {
  readonly codeId: Id<'Code'>;
  readonly code: string;
  /** What a platform reports instead of the code's text, such as Stripe's `promo_…`. */
  readonly platformIds: readonly string[];
  readonly createdAt: Date;
  /** Oldest first; gaps belong to nobody. */
  readonly assignments: readonly CodeAssignment[];
}

export interface CodeRow {
  readonly code_id: string;
  readonly code: string;
  readonly platform_ids: string[];
  readonly created_at: string;
  readonly assignments: readonly {
    readonly partnership: string;
    readonly program: string;
    readonly from: string;
    readonly until: string | null;
  }[];
}

export const SELECT_CODES = `select c.code_id, c.code, c.platform_ids, c.created_at,
    (select json_agg(json_build_object('partnership', a.partnership_id, 'program', a.program_id,
              'from', a.effective_from, 'until', a.effective_until) order by a.effective_from)
     from tracking.code_assignment a where (a.company_id, a.code_id) = (c.company_id, c.code_id)) as assignments
  from tracking.code c where c.company_id = $1`;

export const codeOf = (row: CodeRow): Code => ({
  codeId: asId('Code', row.code_id),
  code: row.code,
  platformIds: row.platform_ids,
  createdAt: new Date(row.created_at),
  assignments: row.assignments.map(({ partnership, program, from, until }) => ({
    partnershipId: asId('Partnership', partnership),
    programId: asId('Program', program),
    from: new Date(from),
    until: until === null ? null : new Date(until),
  })),
});
