import { Body, Controller, Get, Patch } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Partner, PartnerAccess, type PartnerPrincipal } from '#http';
import { PartnerDto, showPartner, ChangePartnerBody } from './partner.dto.js';
import { ReadPartner } from './read-partner.js';
import { ChangePartner } from './change-partner.js';

@ApiTags('Partner: account')
@PartnerAccess()
@Controller('v1/partner')
export class OwnPartnerController {
  constructor(
    private readonly readPartner: ReadPartner,
    private readonly changePartner: ChangePartner,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Read your profile' })
  @ApiOkResponse({ type: PartnerDto })
  async read(@Partner() partner: PartnerPrincipal): Promise<PartnerDto> {
    return showPartner(await this.readPartner.execute(partner.partnerId));
  }

  @Patch()
  @ApiOperation({ summary: 'Change your profile; fields you leave out stay' })
  @ApiOkResponse({ type: PartnerDto })
  async change(@Partner() partner: PartnerPrincipal, @Body() body: ChangePartnerBody): Promise<PartnerDto> {
    const changes = {
      name: body.name ?? null,
      email: body.email ?? null,
      wantsEmail: body.wantsEmail ?? null,
    };
    return showPartner(await this.changePartner.execute(partner.partnerId, changes));
  }
}
