import { Body, Controller, Get, HttpCode, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import {
  Company,
  CompanyAccess,
  type CompanyPrincipal,
  Idempotent,
  type IdempotentRequest,
  pageOf,
  PageQuery,
} from '#http';
import { parseCurrency, parseId } from '#kernel';
import { CancelPayouts } from './cancel-payouts.js';
import { CreatePayoutBatch } from './create-payout-batch.js';
import { ExportPayouts } from './export-payouts.js';
import { PayPayouts } from './pay-payouts.js';
import { CancelPayoutBody, MarkPaidBody, PartnerPayoutsQuery, PayoutPage, showPayout } from './payout.dto.js';
import {
  CreatePayoutBatchBody,
  PayoutBatchDto,
  PayoutBatchPage,
  showPayoutBatch,
} from './payout-batch.dto.js';
import { ReadPayouts } from './read-payouts.js';

const idOf = (text: string) => parseId('PayoutBatch', text, 'payoutBatchId');

@ApiTags('Payouts')
@Controller('v1/payout-batches')
export class PayoutBatchController {
  constructor(
    private readonly createPayoutBatch: CreatePayoutBatch,
    private readonly payPayouts: PayPayouts,
    private readonly cancelPayouts: CancelPayouts,
    private readonly readPayouts: ReadPayouts,
    private readonly exportPayouts: ExportPayouts,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Take every payable balance of a currency that reaches a threshold into a payout',
  })
  @CompanyAccess('payouts:write')
  @ApiCreatedResponse({ type: PayoutBatchDto })
  async create(
    @Company() company: CompanyPrincipal,
    @Body() { currency, threshold = 1, programId }: CreatePayoutBatchBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<PayoutBatchDto> {
    const draft = {
      programId: programId === undefined ? null : parseId('Program', programId, 'programId'),
      currency: parseCurrency(currency),
      threshold: BigInt(threshold),
    };
    return showPayoutBatch(await this.createPayoutBatch.execute(company, draft, request));
  }

  @Get()
  @ApiOperation({ summary: 'List payout batches, newest first' })
  @CompanyAccess('reports:read')
  @ApiOkResponse({ type: PayoutBatchPage })
  async list(@Company() company: CompanyPrincipal, @Query() query: PageQuery): Promise<PayoutBatchPage> {
    const batches = await this.readPayouts.batches(company.companyId, query);
    return pageOf(batches, query.limit, (batch) => batch.payoutBatchId, showPayoutBatch);
  }

  @Get(':payoutBatchId')
  @ApiOperation({ summary: 'Read a payout batch: what is open, paid and cancelled of it' })
  @CompanyAccess('reports:read')
  @ApiOkResponse({ type: PayoutBatchDto })
  async read(
    @Company() company: CompanyPrincipal,
    @Param('payoutBatchId') id: string,
  ): Promise<PayoutBatchDto> {
    return showPayoutBatch(await this.readPayouts.batch(company.companyId, idOf(id)));
  }

  @Get(':payoutBatchId/payouts')
  @ApiOperation({ summary: 'List the payouts of a batch' })
  @CompanyAccess('reports:read')
  @ApiOkResponse({ type: PayoutPage })
  async payouts(
    @Company() { companyId }: CompanyPrincipal,
    @Param('payoutBatchId') id: string,
    @Query() query: PartnerPayoutsQuery,
  ): Promise<PayoutPage> {
    const { payoutBatchId } = await this.readPayouts.batch(companyId, idOf(id));
    const filter = { companyId, payoutBatchId, partnershipId: null, state: query.state ?? null };
    const payouts = await this.readPayouts.ofCompany(filter, query);
    return pageOf(payouts, query.limit, (payout) => payout.payoutId, showPayout);
  }

  @Get(':payoutBatchId/export')
  @ApiOperation({ summary: 'Download a batch as CSV: whom to pay how much' })
  @CompanyAccess('reports:read')
  @ApiProduces('text/csv')
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  async export(
    @Company() company: CompanyPrincipal,
    @Param('payoutBatchId') id: string,
  ): Promise<StreamableFile> {
    const csv = await this.exportPayouts.execute(company.companyId, idOf(id));
    return new StreamableFile(csv, {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="${id}.csv"`,
    });
  }

  @Post(':payoutBatchId/mark-paid')
  @HttpCode(200)
  @ApiOperation({ summary: 'Record that you have paid all payouts of a batch that are still open' })
  @CompanyAccess('payouts:write')
  @ApiOkResponse({ type: PayoutBatchDto })
  async markPaid(
    @Company() company: CompanyPrincipal,
    @Param('payoutBatchId') id: string,
    @Body() body: MarkPaidBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<PayoutBatchDto> {
    return showPayoutBatch(await this.payPayouts.batch(company, idOf(id), body.externalReference, request));
  }

  @Post(':payoutBatchId/cancel')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Cancel all payouts of a batch that are still open: their amounts are payable again',
  })
  @CompanyAccess('payouts:write')
  @ApiOkResponse({ type: PayoutBatchDto })
  async cancel(
    @Company() company: CompanyPrincipal,
    @Param('payoutBatchId') id: string,
    @Body() body: CancelPayoutBody,
    @Idempotent() request: IdempotentRequest,
  ): Promise<PayoutBatchDto> {
    return showPayoutBatch(await this.cancelPayouts.batch(company, idOf(id), body.reason, request));
  }
}
