import { ApiProperty } from '@nestjs/swagger';
import { PageType } from '#http';
import { publicId } from '#kernel';
import { maskEmail } from './mask-email.js';
import type { VisibleCustomer } from './visible-customers.js';

export class PartnerCustomerDto {
  @ApiProperty({ example: 'cus_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({ type: String, nullable: true, example: 'j***@example.com', description: 'Masked' })
  email!: string | null;

  @ApiProperty({ format: 'date-time', description: 'The signup or order since which the customer is yours' })
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
}

export class PartnerCustomerPage extends PageType(PartnerCustomerDto) {}

export function showPartnerCustomer(customer: VisibleCustomer): PartnerCustomerDto {
  return {
    id: publicId('Customer', customer.customerId),
    email: customer.email === null ? null : maskEmail(customer.email),
    customerSince: customer.boundAt.toISOString(),
    signedUpAt: customer.signedUpAt?.toISOString() ?? null,
    firstOrderAt: customer.firstPaidAt?.toISOString() ?? null,
  };
}
