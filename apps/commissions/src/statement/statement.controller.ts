import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Company, CompanyAccess, type CompanyPrincipal, pageOf, PageQuery } from '#http';
import { parseId } from '#kernel';
import { ReadStatements } from './read-statements.js';
import { showStatement, showStatementLine, StatementDto, StatementLinePage } from './statement.dto.js';
import { parseMonth } from './statement-period.js';

@ApiTags('Payouts')
@Controller('v1/partnerships/:partnershipId/statements')
@CompanyAccess('reports:read')
export class StatementController {
  constructor(private readonly readStatements: ReadStatements) {}

  @Get(':month')
  @ApiOperation({
    summary: "Read a partner's statement of a month: opening, earned, reversed, paid, closing",
  })
  @ApiOkResponse({ type: StatementDto })
  async read(
    @Company() company: CompanyPrincipal,
    @Param('partnershipId') id: string,
    @Param('month') month: string,
  ): Promise<StatementDto> {
    const partnershipId = parseId('Partnership', id, 'partnershipId');
    return showStatement(
      await this.readStatements.ofCompany(company.companyId, partnershipId, parseMonth(month)),
    );
  }

  @Get(':month/lines')
  @ApiOperation({ summary: "List the postings of a partner's month, oldest first" })
  @ApiOkResponse({ type: StatementLinePage })
  async lines(
    @Company() company: CompanyPrincipal,
    @Param('partnershipId') id: string,
    @Param('month') month: string,
    @Query() query: PageQuery,
  ): Promise<StatementLinePage> {
    const partnershipId = parseId('Partnership', id, 'partnershipId');
    const lines = await this.readStatements.linesOfCompany(
      company.companyId,
      partnershipId,
      parseMonth(month),
      query,
    );
    return pageOf(lines, query.limit, (line) => line.postingGroupId, showStatementLine);
  }
}
