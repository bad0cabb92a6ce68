import { Injectable } from '@nestjs/common';
import { companyScope, Database, Where } from '#database';
import { cursorId, type PageQuery, type PartnershipOfPartner } from '#http';
import { type Id, NotFound } from '#kernel';
import { requireOpenLinks } from './link-access.js';
import { LINK_VIEW_COLUMNS, type LinkView, linkViewOf, type LinkViewRow } from './link-view.js';

@Injectable()
export class ReadLinks {
  constructor(private readonly database: Database) {}

  /** The partner's own links in the program, newest first, one more than the page holds. */
  list(partnership: PartnershipOfPartner, page: PageQuery): Promise<LinkView[]> {
    const { companyId, partnershipId } = partnership;
    return this.database.transaction(partnership.scope, async (tx) => {
      await requireOpenLinks(tx, partnership);
      const rows = await tx.query<LinkViewRow>(
        `select ${LINK_VIEW_COLUMNS} from tracking.link
         where company_id = $1 and partnership_id = $2 and ($3::uuid is null or link_id < $3)
         order by link_id desc limit $4`,
        [companyId, partnershipId, cursorId(page), page.limit + 1],
      );
      return rows.map(linkViewOf);
    });
  }

  /** A company's links, of one partnership or all, newest first, one more than the page holds. */
  ofCompany(
    companyId: Id<'Company'>,
    partnershipId: Id<'Partnership'> | null,
    page: PageQuery,
  ): Promise<LinkView[]> {
    const where = new Where()
      .and('company_id = ?', companyId)
      .and('partnership_id = ?', partnershipId)
      .and('link_id < ?', cursorId(page));
    return this.database.transaction(companyScope(companyId), async (tx) => {
      const rows = await tx.query<LinkViewRow>(
        `select ${LINK_VIEW_COLUMNS} from tracking.link where ${where.text}
         order by link_id desc limit ${where.parameter(page.limit + 1)}`,
        where.values,
      );
      return rows.map(linkViewOf);
    });
  }

  /** @throws NotFound when the link is not this partner's */
  one(partnership: PartnershipOfPartner, linkId: Id<'Link'>): Promise<LinkView> {
    const { companyId, partnershipId } = partnership;
    return this.database.transaction(partnership.scope, async (tx) => {
      await requireOpenLinks(tx, partnership);
      const [row] = await tx.query<LinkViewRow>(
        `select ${LINK_VIEW_COLUMNS} from tracking.link
         where company_id = $1 and partnership_id = $2 and link_id = $3`,
        [companyId, partnershipId, linkId],
      );
      if (!row) throw new NotFound('link');
      return linkViewOf(row);
    });
  }
}
