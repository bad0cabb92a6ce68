import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { storedSubjectKey } from '#contracts';
import { Company, CompanyAccess, type CompanyPrincipal, pageOf } from '#http';
import { parseId } from '#kernel';
import {
  DecisionHistoryDto,
  DecisionPage,
  DecisionsQuery,
  showCandidate,
  showDecision,
} from './decision-log.dto.js';
import { ReadDecisions } from './read-decisions.js';

@ApiTags('Decisions')
@Controller('v1/decisions')
export class DecisionLogController {
  constructor(private readonly readDecisions: ReadDecisions) {}

  @Get()
  @ApiOperation({ summary: 'List attribution decisions, newest first' })
  @CompanyAccess('reports:read')
  @ApiOkResponse({ type: DecisionPage })
  async list(@Company() company: CompanyPrincipal, @Query() query: DecisionsQuery): Promise<DecisionPage> {
    const decisions = await this.readDecisions.list(
      company.companyId,
      query.subjectKey === undefined ? null : storedSubjectKey(query.subjectKey),
      query,
    );
    return pageOf(decisions, query.limit, (decision) => decision.decision_id, showDecision);
  }

  /** One decision with every candidate and its reason, and every revision of it. */
  @Get(':decisionId')
  @ApiOperation({ summary: 'Read a decision with every candidate and why it won or lost' })
  @CompanyAccess('reports:read')
  @ApiOkResponse({ type: DecisionHistoryDto })
  async read(
    @Company() company: CompanyPrincipal,
    @Param('decisionId') decisionId: string,
  ): Promise<DecisionHistoryDto> {
    const id = parseId('Decision', decisionId, 'decisionId');
    const { revisions, candidates } = await this.readDecisions.one(company.companyId, id);
    return {
      id: decisionId,
      revisions: revisions.map((row) =>
        Object.assign(showDecision(row), {
          candidates: candidates.filter(({ revision }) => revision === row.revision).map(showCandidate),
        }),
      ),
    };
  }
}
