import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { pageOf, PartnerAccess, PartnershipOf, type PartnershipOfPartner } from '#http';
import { parseId } from '#kernel';
import {
  PartnerCustomerDto,
  PartnerCustomerPage,
  PartnerCustomersQuery,
  showPartnerCustomer,
} from './partner-customer.dto.js';
import { ReadPartnerCustomers } from './read-partner-customers.js';

@ApiTags('Partner: customers')
@PartnerAccess()
@ApiParam({ name: 'programId', example: 'prg_01h455vb4pex5vsknk084sn02q' })
@Controller('v1/partner/programs/:programId/customers')
export class PartnerCustomerController {
  constructor(private readonly readPartnerCustomers: ReadPartnerCustomers) {}

  /** Those the company has deleted stay in it, with the reason; ask for the live ones only by `state`. */
  @Get()
  @ApiOperation({ summary: 'List the customers you referred' })
  @ApiOkResponse({ type: PartnerCustomerPage })
  async list(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Query() query: PartnerCustomersQuery,
  ): Promise<PartnerCustomerPage> {
    const customers = await this.readPartnerCustomers.list(partnership, query.state ?? null, query);
    return pageOf(customers, query.limit, (customer) => customer.customerId, showPartnerCustomer);
  }

  @Get(':customerId')
  @ApiOperation({ summary: 'Read one customer you referred' })
  @ApiOkResponse({ type: PartnerCustomerDto })
  async read(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Param('customerId') customerId: string,
  ): Promise<PartnerCustomerDto> {
    const id = parseId('Customer', customerId, 'customerId');
    return showPartnerCustomer(await this.readPartnerCustomers.one(partnership, id));
  }
}
