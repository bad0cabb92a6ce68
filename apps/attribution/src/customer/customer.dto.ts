import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';
import { IfGiven, PageQuery, PageType } from '#http';
import { publicId } from '#kernel';
import type { CompanyCustomer } from './list-customers.js';

export class CustomersQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only the customer whom your platform calls so' })
  @IfGiven()
  @IsString()
  @Length(1, 500)
  customerKey?: string;
}

export class CustomerBindingDto {
  @ApiProperty({ example: 'psh_01h455vb4pex5vsknk084sn02q' })
  partnershipId!: string;

  @ApiProperty({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  programId!: string;

  @ApiProperty({ format: 'date-time' })
  boundAt!: string;

  @ApiProperty({ enum: ['signup', 'order'], description: 'What bound the customer' })
  byKind!: string;

  @ApiProperty({ description: 'Your key of that order, or of the customer who signed up' })
  byKey!: string;
}

export class CustomerDto {
  @ApiProperty({ example: 'cus_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({ description: "Your platform's own key" })
  customerKey!: string;

  @ApiProperty({ type: String, nullable: true })
  email!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  signedUpAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  firstOrderAt!: string | null;

  @ApiProperty({ type: CustomerBindingDto, nullable: true, description: 'Whom the customer belongs to' })
  binding!: CustomerBindingDto | null;
}

export class CustomerPage extends PageType(CustomerDto) {}

export function showCustomer(customer: CompanyCustomer): CustomerDto {
  const { binding } = customer;
  return {
    id: publicId('Customer', customer.customerId),
    customerKey: customer.customerKey,
    email: customer.email,
    signedUpAt: customer.signedUpAt?.toISOString() ?? null,
    firstOrderAt: customer.firstPaidAt?.toISOString() ?? null,
    binding: binding && {
      partnershipId: publicId('Partnership', binding.partnershipId),
      programId: publicId('Program', binding.programId),
      boundAt: binding.boundAt.toISOString(),
      byKind: binding.byKind,
      byKey: binding.byKey,
    },
  };
}
