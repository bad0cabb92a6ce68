import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Partner, PartnerAccess, type PartnerPrincipal } from '#http';
import { parseId } from '#kernel';
import { ReadRequirements } from './read-requirements.js';
import { ApplicationRequirementsDto, showRequirements } from './requirements.dto.js';

@ApiTags('Partner: programs')
@PartnerAccess()
@Controller('v1/partner/application-forms')
export class RequirementsController {
  constructor(private readonly readRequirements: ReadRequirements) {}

  @Get(':programId')
  @ApiOperation({ summary: 'Read what a program asks of who applies' })
  @ApiOkResponse({ type: ApplicationRequirementsDto })
  async read(
    @Partner() { partnerId }: PartnerPrincipal,
    @Param('programId') program: string,
  ): Promise<ApplicationRequirementsDto> {
    const programId = parseId('Program', program, 'programId');
    return showRequirements(await this.readRequirements.execute(partnerId, programId));
  }
}
