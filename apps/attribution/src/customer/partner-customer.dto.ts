import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IfGiven, PageQuery, PageType } from '#http';
import { publicId } from '#kernel';
import { CUSTOMER_STATES, type CustomerState } from './company-customer.js';
import { CustomerDeletionDto, showDeletion } from './customer.dto.js';
import { maskEmail } from './mask-email.js';
import type { VisibleCustomer } from './visible-customers.js';

export class PartnerCustomersQuery extends PageQuery {
  @ApiPropertyOptional({ enum: CUSTOMER_STATES, description: 'Both when left out' })
  @IfGiven()
  @IsIn(CUSTOMER_STATES)
  state?: CustomerState;
}

export class PartnerCustomerDto {
  @ApiProperty({ example: 'cus_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({ type: String, nullable: true, example: 'j***@example.com', description: 'Masked' })
  email!: string | null;

  @ApiProperty({ format: 'date-time', description: 'Since when the customer is yours' })
  customerSince!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  signedUpAt!: string | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'The first order known; null while none is shipped',
  })
  firstOrderAt!: string | null;

  @ApiProperty({ enum: CUSTOMER_STATES })
  state!: CustomerState;

  @ApiProperty({
    type: CustomerDeletionDto,
    nullable: true,
    description: 'Why the company deleted the customer; ask it through Messages if that does not say enough',
  })
  deletion!: CustomerDeletionDto | null;
}

export class PartnerCustomerPage extends PageType(PartnerCustomerDto) {}

export function showPartnerCustomer(customer: VisibleCustomer): PartnerCustomerDto {
  return {
    id: publicId('Customer', customer.customerId),
    email: customer.email === null ? null : maskEmail(customer.email),
    customerSince: customer.boundAt.toISOString(),
    signedUpAt: customer.signedUpAt?.toISOString() ?? null,
    firstOrderAt: customer.firstPaidAt?.toISOString() ?? null,
    state: customer.deletion ? 'deleted' : 'live',
    deletion: customer.deletion && showDeletion(customer.deletion),
  };
}
