import { SUBJECT_KINDS } from '#contracts';

/** Every kind of subject, as SQL: with it an index by kind and key finds rows by their key alone. */
export const ANY_SUBJECT_KIND = `any ('{${SUBJECT_KINDS.join(',')}}')`;
