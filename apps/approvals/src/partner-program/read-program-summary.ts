import { Injectable } from '@nestjs/common';
import { Database } from '#database';
import type { PartnershipOfPartner, PartnershipState } from '#http';
import { Clock, type Id, NotFound } from '#kernel';
import { readMembershipFacts } from './membership-facts.js';
import { type EmptyState, emptyStateOf, NO_OFFERS } from './empty-states.js';
import { type TabState, tabsOf } from './program-tabs.js';
import { type CurrentOffer, readCurrentOffers } from './read-current-offers.js';
import { readTabContents } from './read-tab-contents.js';

/** All a partner needs to know of one membership: where it stands, what is open, and what is asked of them. */
export interface ProgramSummary {
  readonly programId: Id<'Program'>;
  readonly partnershipId: Id<'Partnership'>;
  readonly programName: string;
  readonly company: {
    readonly name: string;
    readonly supportUrl: string | null;
    readonly supportEmail: string | null;
  };
  readonly state: PartnershipState;
  readonly approvedAt: Date | null;
  readonly endedAt: Date | null;
  /** The company's reason for the decline or the removal. */
  readonly reason: string | null;
  readonly terms: {
    readonly version: number;
    readonly text: string;
    readonly publishedAt: Date;
    readonly acceptedAt: Date | null;
  } | null;
  readonly offers: readonly CurrentOffer[];
  /** Why there are no offers; null where there are some, or the partner is not approved. */
  readonly noOffers: EmptyState | null;
  readonly tabs: readonly SummaryTab[];
}

/** A tab, and why it shows nothing although it is open. */
export interface SummaryTab extends TabState {
  readonly empty: EmptyState | null;
}

interface Row {
  readonly program_name: string;
  readonly company_name: string;
  readonly support_url: string | null;
  readonly support_email: string | null;
  readonly state: PartnershipState;
  readonly approved_at: string | null;
  readonly ended_at: string | null;
  readonly reason: string | null;
  readonly version: number | null;
  readonly text: string;
  readonly published_at: string;
  readonly accepted_at: string | null;
}

@Injectable()
export class ReadProgramSummary {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async execute(partnership: PartnershipOfPartner): Promise<ProgramSummary> {
    const { companyId, programId, partnershipId, scope } = partnership;
    return this.database.transaction(scope, async (tx) => {
      const [row] = await tx.query<Row>(
        `select g.name as program_name, coalesce(c.name, '') as company_name, c.support_url, c.support_email,
           p.state, p.approved_at, p.ended_at, coalesce(p.end_reason, a.reason) as reason,
           t.version, t.text, t.published_at, y.accepted_at
         from approvals.partnership p
         join approvals.program g on g.company_id = p.company_id and g.program_id = p.program_id
         left join access.published_company c on c.company_id = p.company_id
         left join lateral (
           select reason from approvals.application a
            where a.company_id = p.company_id and a.partnership_id = p.partnership_id
            order by a.application_id desc limit 1) a on true
         left join lateral (
           select version, text, published_at from approvals.terms t
            where t.company_id = p.company_id and t.program_id = p.program_id
            order by version desc limit 1) t on true
         left join approvals.terms_acceptance y on y.company_id = p.company_id
           and y.partnership_id = p.partnership_id and y.version = t.version
         where p.company_id = $1 and p.partnership_id = $2`,
        [companyId, partnershipId],
      );
      if (!row) throw new NotFound('program');
      const offers = await readCurrentOffers(tx, partnership, this.clock.now());
      const tabs = tabsOf(await readMembershipFacts(tx, partnership));
      const contents = await readTabContents(tx, partnership);
      return {
        programId,
        partnershipId,
        programName: row.program_name,
        company: { name: row.company_name, supportUrl: row.support_url, supportEmail: row.support_email },
        state: row.state,
        approvedAt: dateOf(row.approved_at),
        endedAt: dateOf(row.ended_at),
        reason: row.reason,
        terms:
          row.version === null
            ? null
            : {
                version: row.version,
                text: row.text,
                publishedAt: new Date(row.published_at),
                acceptedAt: dateOf(row.accepted_at),
              },
        offers,
        noOffers: partnership.state === 'approved' && offers.length === 0 ? NO_OFFERS : null,
        tabs: tabs.map((tab) => ({ ...tab, empty: tab.lock ? null : emptyStateOf(tab.tab, contents) })),
      };
    });
  }
}

const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text));
