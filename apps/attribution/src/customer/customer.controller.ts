import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Company, CompanyAccess, type CompanyPrincipal, pageOf } from '#http';
import { CustomerPage, CustomersQuery, showCustomer } from './customer.dto.js';
import { ListCustomers } from './list-customers.js';

@ApiTags('Customers')
@Controller('v1/customers')
export class CustomerController {
  constructor(private readonly listCustomers: ListCustomers) {}

  @Get()
  @ApiOperation({ summary: 'List your customers, newest first' })
  @CompanyAccess('reports:read')
  @ApiOkResponse({ type: CustomerPage })
  async list(@Company() company: CompanyPrincipal, @Query() query: CustomersQuery): Promise<CustomerPage> {
    const customers = await this.listCustomers.execute(company.companyId, query.customerKey ?? null, query);
    return pageOf(customers, query.limit, (customer) => customer.customerId, showCustomer);
  }
}
