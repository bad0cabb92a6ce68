import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Company, CompanyAccess, type CompanyPrincipal, Idempotent, type IdempotentRequest } from '#http';
import { parseId } from '#kernel';
import { fieldOf } from '../form/form-field.dto.js';
import { ApplicationFormBody, ApplicationFormDto, showForm } from './application-form.dto.js';
import { PublishForm } from './publish-form.js';
import { ReadForm } from './read-form.js';

@ApiTags('Applications')
@Controller('v1/programs/:programId/application-form')
export class ApplicationFormController {
  constructor(
    private readonly publishForm: PublishForm,
    private readonly readForm: ReadForm,
  ) {}

  @Post()
  @ApiOperation({ summary: 'Publish what is asked of who applies from now on' })
  @CompanyAccess('programs:write')
  @ApiCreatedResponse({ type: ApplicationFormDto })
  async publish(
    @Company() company: CompanyPrincipal,
    @Param('programId') program: string,
    @Body() body: ApplicationFormBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<ApplicationFormDto> {
    const programId = parseId('Program', program, 'programId');
    return showForm(await this.publishForm.execute(company, programId, body.fields.map(fieldOf), request));
  }

  @Get()
  @ApiOperation({ summary: 'Read what is asked of who applies now' })
  @CompanyAccess('programs:read')
  @ApiOkResponse({ type: ApplicationFormDto })
  async read(
    @Company() { companyId }: CompanyPrincipal,
    @Param('programId') program: string,
  ): Promise<ApplicationFormDto> {
    return showForm(await this.readForm.execute(companyId, parseId('Program', program, 'programId')));
  }
}
