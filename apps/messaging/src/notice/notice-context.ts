import type { Transaction } from '#database';
import type { NoticeNames } from './notice-text.js';

/** How a partner is reached. */
interface Recipient {
  readonly partner_id: string;
  readonly email: string;
  readonly wants_email: boolean;
}

export type Recipients = ReadonlyMap<string, Recipient>;

interface Program {
  readonly program_id: string;
  readonly name: string;
  readonly company: string;
  readonly time_zone: string;
}

interface Offer {
  readonly offer_id: string;
  readonly name: string;
}

/** What notices of a batch speak of: ids of events, possibly of several companies. */
export interface Mentioned {
  readonly partnerId: string;
  readonly programId: string;
  readonly offerId?: string;
}

/** Names and addresses for a batch of notices. */
export interface NoticeContext {
  readonly recipients: Recipients;
  names(of: Mentioned): NoticeNames;
}

/**
 * Reads in one statement all that a batch's texts need. Lists of ids, not joins: a security-barrier view
 * takes a list down to its index, a join would read it whole.
 */
export async function readNoticeContext(
  tx: Transaction,
  mentioned: readonly Mentioned[],
): Promise<NoticeContext> {
  const [row] = await tx.query<{
    partners: Recipient[] | null;
    programs: Program[] | null;
    offers: Offer[] | null;
  }>(
    `select
       (select json_agg(r) from access.published_partner r where r.partner_id = any($1::uuid[])) as partners,
       (select json_agg(o) from (
          select offer_id, name from commissions.published_offer where offer_id = any($3::uuid[])) o) as offers,
       (select json_agg(p) from (
          select g.program_id, g.name, s.time_zone,
            (select c.name from access.published_company c where c.company_id = g.company_id) as company
          from approvals.published_program g
          cross join lateral (
            select s.time_zone from approvals.published_program_settings s
             where s.company_id = g.company_id and s.program_id = g.program_id
             order by s.effective_from desc limit 1) s
          where g.program_id = any($2::uuid[])) p) as programs`,
    [
      distinct(mentioned.map(({ partnerId }) => partnerId)),
      distinct(mentioned.map(({ programId }) => programId)),
      distinct(mentioned.flatMap(({ offerId }) => offerId ?? [])),
    ],
  );
  const programs = new Map(row?.programs?.map((program) => [program.program_id, program]));
  const offers = new Map(row?.offers?.map((offer) => [offer.offer_id, offer]));
  return {
    recipients: new Map(row?.partners?.map((partner) => [partner.partner_id, partner])),
    names: ({ programId, offerId }) => {
      const program = programs.get(programId);
      return {
        program: program?.name ?? 'the program',
        company: program?.company ?? 'The company',
        timeZone: program?.time_zone ?? 'UTC',
        offer: (offerId === undefined ? undefined : offers.get(offerId)?.name) ?? 'an offer',
      };
    },
  };
}

const distinct = (ids: readonly string[]) => [...new Set(ids)];
