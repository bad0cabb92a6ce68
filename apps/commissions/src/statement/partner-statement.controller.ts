import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { pageOf, PageQuery, PartnerAccess, PartnershipOf, type PartnershipOfPartner } from '#http';
import { ReadStatements } from './read-statements.js';
import { showStatement, showStatementLine, StatementDto, StatementLinePage } from './statement.dto.js';
import { parseMonth } from './statement-period.js';

/** Read access to own money stays when the partnership has ended. */
@ApiTags('Partner: payouts')
@ApiParam({ name: 'programId' })
@Controller('v1/partner/programs/:programId/statements')
@PartnerAccess()
export class PartnerStatementController {
  constructor(private readonly readStatements: ReadStatements) {}

  @Get(':month')
  @ApiOperation({ summary: 'Read your statement of a month: opening, earned, reversed, paid, closing' })
  @ApiOkResponse({ type: StatementDto })
  async read(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Param('month') month: string,
  ): Promise<StatementDto> {
    return showStatement(await this.readStatements.ofPartner(partnership, parseMonth(month)));
  }

  @Get(':month/lines')
  @ApiOperation({ summary: 'List the postings of your month, oldest first' })
  @ApiOkResponse({ type: StatementLinePage })
  async lines(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Param('month') month: string,
    @Query() query: PageQuery,
  ): Promise<StatementLinePage> {
    const lines = await this.readStatements.linesOfPartner(partnership, parseMonth(month), query);
    return pageOf(lines, query.limit, (line) => line.postingGroupId, showStatementLine);
  }
}
