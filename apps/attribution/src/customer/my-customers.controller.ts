import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { pageOf, PageQuery, PartnerAccess, PartnershipOf, type PartnershipOfPartner } from '#http';
import { parseId } from '#kernel';
import { MyCustomerDto, MyCustomerPage, showMyCustomer } from './my-customers.dto.js';
import { ReadMyCustomers } from './read-my-customers.js';

@ApiTags('Partner: customers')
@PartnerAccess()
@ApiParam({ name: 'programId', example: 'prg_01h455vb4pex5vsknk084sn02q' })
@Controller('v1/partner/programs/:programId/customers')
export class MyCustomersController {
  constructor(private readonly readMyCustomers: ReadMyCustomers) {}

  @Get()
  @ApiOperation({ summary: 'List the customers you referred' })
  @ApiOkResponse({ type: MyCustomerPage })
  async list(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Query() query: PageQuery,
  ): Promise<MyCustomerPage> {
    const customers = await this.readMyCustomers.page(partnership, query);
    return pageOf(customers, query.limit, (customer) => customer.customerId, showMyCustomer);
  }

  @Get(':customerId')
  @ApiOperation({ summary: 'Read one customer you referred' })
  @ApiOkResponse({ type: MyCustomerDto })
  async one(
    @PartnershipOf() partnership: PartnershipOfPartner,
    @Param('customerId') customerId: string,
  ): Promise<MyCustomerDto> {
    const id = parseId('Customer', customerId, 'customerId');
    return showMyCustomer(await this.readMyCustomers.one(partnership, id));
  }
}
