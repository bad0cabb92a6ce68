import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import {
  Company,
  CompanyAccess,
  type CompanyPrincipal,
  Idempotent,
  type IdempotentRequest,
  pageOf,
  PageQuery,
} from '#http';
import { parseId } from '#kernel';
import { AddCustomer } from './add-customer.js';
import { AssignCustomer } from './assign-customer.js';
import { AssignmentPage, showAssignment } from './assignment.dto.js';
import {
  AddCustomerBody,
  AssignCustomerBody,
  attributionOf,
  DeleteCustomerBody,
  draftOf,
} from './customer-commands.dto.js';
import { CustomerDto, CustomerPage, CustomersQuery, showCustomer } from './customer.dto.js';
import { DeleteCustomer } from './delete-customer.js';
import { ListAssignments } from './list-assignments.js';
import { ListCustomers } from './list-customers.js';

@ApiTags('Customers')
@Controller('v1/customers')
export class CustomerController {
  constructor(
    private readonly listCustomers: ListCustomers,
    private readonly listAssignments: ListAssignments,
    private readonly addCustomer: AddCustomer,
    private readonly assignCustomer: AssignCustomer,
    private readonly deleteCustomer: DeleteCustomer,
  ) {}

  @Get()
  @ApiOperation({ summary: 'List your customers, newest first' })
  @CompanyAccess('reports:read')
  @ApiOkResponse({ type: CustomerPage })
  async list(@Company() company: CompanyPrincipal, @Query() query: CustomersQuery): Promise<CustomerPage> {
    const only = { customerKey: query.customerKey ?? null, state: query.state ?? null };
    const customers = await this.listCustomers.execute(company.companyId, only, query);
    return pageOf(customers, query.limit, (customer) => customer.customerId, showCustomer);
  }

  /** A customer whom a partner sent you by other ways than a link, code, lead or deal. */
  @Post()
  @ApiOperation({ summary: 'Add a customer by hand and credit a partner' })
  @CompanyAccess('customers:write')
  @ApiCreatedResponse({ type: CustomerDto })
  async add(
    @Company() company: CompanyPrincipal,
    @Body() body: AddCustomerBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<CustomerDto> {
    return showCustomer(await this.addCustomer.execute(company, draftOf(body), request));
  }

  @Get(':customerId')
  @ApiOperation({ summary: 'Read one of your customers' })
  @CompanyAccess('reports:read')
  @ApiOkResponse({ type: CustomerDto })
  async read(@Company() company: CompanyPrincipal, @Param('customerId') id: string): Promise<CustomerDto> {
    const customerId = parseId('Customer', id, 'customerId');
    return showCustomer(await this.listCustomers.one(company.companyId, customerId));
  }

  @Get(':customerId/assignments')
  @ApiOperation({ summary: 'List what you said by hand about whose a customer is, newest first' })
  @CompanyAccess('reports:read')
  @ApiOkResponse({ type: AssignmentPage })
  async assignments(
    @Company() company: CompanyPrincipal,
    @Param('customerId') id: string,
    @Query() query: PageQuery,
  ): Promise<AssignmentPage> {
    const customerId = parseId('Customer', id, 'customerId');
    const assignments = await this.listAssignments.execute(company.companyId, customerId, query);
    return pageOf(assignments, query.limit, ({ assignmentId }) => assignmentId, showAssignment);
  }

  /** Every event of the customer is decided again by your word; both partners see it in their traces. */
  @Post(':customerId/attribution')
  @ApiOperation({ summary: 'Say by hand whose a customer is' })
  @HttpCode(200)
  @CompanyAccess('customers:write')
  @ApiOkResponse({ type: CustomerDto })
  async assign(
    @Company() company: CompanyPrincipal,
    @Param('customerId') id: string,
    @Body() body: AssignCustomerBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<CustomerDto> {
    const customerId = parseId('Customer', id, 'customerId');
    return showCustomer(await this.assignCustomer.execute(company, customerId, attributionOf(body), request));
  }

  /** The customer stays on record with the reason, and its partner sees both; it cannot be undone. */
  @Post(':customerId/deletion')
  @ApiOperation({ summary: 'Delete a customer with a reason' })
  @HttpCode(200)
  @CompanyAccess('customers:write')
  @ApiOkResponse({ type: CustomerDto })
  async delete(
    @Company() company: CompanyPrincipal,
    @Param('customerId') id: string,
    @Body() { reason, note, commissions }: DeleteCustomerBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<CustomerDto> {
    const customerId = parseId('Customer', id, 'customerId');
    const deletion = { reason, note: note ?? null, commissions };
    return showCustomer(await this.deleteCustomer.execute(company, customerId, deletion, request));
  }
}
