import type { Candidate } from '#rules';

/** What a candidate of a decision can be. */
export const CANDIDATE_KINDS = [
  'binding',
  'manual',
  'code',
  'click',
  'lead',
  'deal',
] as const satisfies readonly Candidate['kind'][];
