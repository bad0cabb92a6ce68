import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { storedSubjectKey } from '#contracts';
import { Company, CompanyAccess, type CompanyPrincipal, pageOf } from '#http';
import { EvaluationPage, EvaluationsQuery, showEvaluation } from './evaluation.dto.js';
import { ListEvaluations } from './list-evaluations.js';

@ApiTags('Commissions')
@Controller('v1/evaluations')
export class EvaluationController {
  constructor(private readonly listEvaluations: ListEvaluations) {}

  /** What offers said of orders and signups, also the no's, with each condition. */
  @Get()
  @ApiOperation({ summary: 'List evaluations, also those that answered no, newest first' })
  @CompanyAccess('reports:read')
  @ApiOkResponse({ type: EvaluationPage })
  async list(
    @Company() company: CompanyPrincipal,
    @Query() query: EvaluationsQuery,
  ): Promise<EvaluationPage> {
    const filter = {
      subjectKey: query.subjectKey === undefined ? null : storedSubjectKey(query.subjectKey),
      outcome: query.outcome ?? null,
    };
    const evaluations = await this.listEvaluations.execute(company.companyId, filter, query);
    return pageOf(evaluations, query.limit, ({ evaluationId }) => evaluationId, showEvaluation);
  }
}
