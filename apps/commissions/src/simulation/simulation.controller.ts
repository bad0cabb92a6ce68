import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Company, CompanyAccess, type CompanyPrincipal } from '#http';
import { Clock, parseId } from '#kernel';
import { BackTest } from './back-test.js';
import { BackTestBody, BackTestDto, showBackTest } from './back-test.dto.js';
import { draftOf } from './draft-of.js';
import { scenarioOf } from './scenario-of.js';
import { Simulate } from './simulate.js';
import { SimulateBody } from './simulation.dto.js';
import { showSimulation, SimulationDto } from './simulation-answer.dto.js';

/** Answers about what could be; nothing is recorded, so a repeated request needs no idempotency key. */
@ApiTags('Offers')
@Controller('v1')
export class SimulationController {
  constructor(
    private readonly simulate: Simulate,
    private readonly backTest: BackTest,
    private readonly clock: Clock,
  ) {}

  @Post('programs/:programId/simulations')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ask who would get what, when and by which rule; records nothing' })
  @CompanyAccess('programs:read')
  @ApiOkResponse({ type: SimulationDto })
  async simulateOne(
    @Company() { companyId }: CompanyPrincipal,
    @Param('programId') id: string,
    @Body() body: SimulateBody,
  ): Promise<SimulationDto> {
    const program = { companyId, programId: parseId('Program', id, 'programId') };
    return showSimulation(await this.simulate.execute(program, scenarioOf(body, this.clock.now())));
  }

  @Post('offers/:offerId/back-tests')
  @HttpCode(200)
  @ApiOperation({ summary: 'Try a draft of an offer on what happened; records nothing' })
  @CompanyAccess('programs:read')
  @ApiOkResponse({ type: BackTestDto })
  async tryDraft(
    @Company() { companyId }: CompanyPrincipal,
    @Param('offerId') id: string,
    @Body() body: BackTestBody,
  ): Promise<BackTestDto> {
    const draft = draftOf(body, this.clock.now());
    const result = await this.backTest.execute(companyId, parseId('Offer', id, 'offerId'), draft);
    return showBackTest(result, draft);
  }
}
