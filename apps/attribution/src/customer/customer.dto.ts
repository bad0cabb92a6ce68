import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Length } from 'class-validator';
import { DELETION_REASONS } from '#contracts';
import { IfGiven, PageQuery, PageType } from '#http';
import { publicId } from '#kernel';
import { type CompanyCustomer, CUSTOMER_STATES, type CustomerState } from './company-customer.js';

export class CustomersQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only the customer whom your platform calls so' })
  @IfGiven()
  @IsString()
  @Length(1, 500)
  customerKey?: string;

  @ApiPropertyOptional({ enum: CUSTOMER_STATES, description: 'Both when left out' })
  @IfGiven()
  @IsIn(CUSTOMER_STATES)
  state?: CustomerState;
}

export class CustomerBindingDto {
  @ApiProperty({ example: 'psh_01h455vb4pex5vsknk084sn02q' })
  partnershipId!: string;

  @ApiProperty({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  programId!: string;

  @ApiProperty({ format: 'date-time' })
  boundAt!: string;

  @ApiProperty({
    enum: ['signup', 'order', 'lead', 'deal', 'action', 'manual'],
    description: 'What bound the customer; manual: you said so',
  })
  byKind!: string;

  @ApiProperty({
    description:
      'Your key of that order or action, or of the customer who signed up; the id of a lead or deal',
  })
  byKey!: string;
}

export class CustomerAssignmentDto {
  @ApiProperty({ description: 'What you gave as the reason' })
  reason!: string;

  @ApiProperty({ example: 'company:key_01h455vb4pex5vsknk084sn02q' })
  assignedBy!: string;

  @ApiProperty({ format: 'date-time' })
  assignedAt!: string;
}

export class CustomerDeletionDto {
  @ApiProperty({ enum: DELETION_REASONS })
  reason!: string;

  @ApiProperty({ type: String, nullable: true, description: "The company's own words" })
  note!: string | null;

  @ApiProperty({ format: 'date-time' })
  deletedAt!: string;
}

export class CustomerDto {
  @ApiProperty({ example: 'cus_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({ description: "Your platform's own key" })
  customerKey!: string;

  @ApiProperty({ type: String, nullable: true })
  email!: string | null;

  @ApiProperty({ enum: CUSTOMER_STATES })
  state!: CustomerState;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  signedUpAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  firstOrderAt!: string | null;

  @ApiProperty({ type: CustomerBindingDto, nullable: true, description: 'Whom the customer belongs to' })
  binding!: CustomerBindingDto | null;

  @ApiProperty({
    type: CustomerAssignmentDto,
    nullable: true,
    description: 'What you last said by hand about whose it is; null while the events decide',
  })
  assignment!: CustomerAssignmentDto | null;

  @ApiProperty({ type: CustomerDeletionDto, nullable: true })
  deletion!: CustomerDeletionDto | null;
}

export class CustomerPage extends PageType(CustomerDto) {}

export function showCustomer(customer: CompanyCustomer): CustomerDto {
  const { binding, assignment, deletion } = customer;
  return {
    id: publicId('Customer', customer.customerId),
    customerKey: customer.customerKey,
    email: customer.email,
    state: deletion ? 'deleted' : 'live',
    signedUpAt: customer.signedUpAt?.toISOString() ?? null,
    firstOrderAt: customer.firstPaidAt?.toISOString() ?? null,
    binding: binding && {
      partnershipId: publicId('Partnership', binding.partnershipId),
      programId: publicId('Program', binding.programId),
      boundAt: binding.boundAt.toISOString(),
      byKind: binding.byKind,
      byKey: binding.byKey,
    },
    assignment: assignment && {
      reason: assignment.reason,
      assignedBy: assignment.actor,
      assignedAt: assignment.assignedAt.toISOString(),
    },
    deletion: deletion && showDeletion(deletion),
  };
}

export const showDeletion = ({
  reason,
  note,
  deletedAt,
}: NonNullable<CompanyCustomer['deletion']>): CustomerDeletionDto => ({
  reason,
  note,
  deletedAt: deletedAt.toISOString(),
});
