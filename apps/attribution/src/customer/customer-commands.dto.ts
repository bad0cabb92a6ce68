import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Length, Matches, ValidateIf } from 'class-validator';
import { DeletionBody, IfGiven, IsMailAddress, IsTime } from '#http';
import { parseId } from '#kernel';
import type { CustomerDraft } from './add-customer.js';
import type { NewAttribution } from './assign-customer.js';

const PAID = ['keep', 'move'] as const;
const COMMISSIONS = ['keep', 'reverse'] as const;

export class AddCustomerBody {
  @ApiProperty({
    maxLength: 500,
    description: "Your platform's own key; later events under it are this customer's",
  })
  @IsString()
  @Length(1, 500)
  customerKey!: string;

  @ApiPropertyOptional({ format: 'email' })
  @IfGiven()
  @IsMailAddress()
  email?: string;

  @ApiProperty({ example: 'psh_01h455vb4pex5vsknk084sn02q', description: 'Who referred the customer' })
  @IsString()
  partnershipId!: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Now when left out' })
  @IfGiven()
  @IsTime()
  signedUpAt?: string;

  @ApiProperty({ maxLength: 1000, description: 'Shown to the partner' })
  @IsString()
  @Length(1, 1000)
  @Matches(/\S/, { message: 'must say why' })
  reason!: string;
}

export class AssignCustomerBody {
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'psh_01h455vb4pex5vsknk084sn02q',
    description: 'Whose the customer is; null: nobody’s',
  })
  @ValidateIf((_body: unknown, value: unknown) => value !== null)
  @IsString()
  partnershipId!: string | null;

  @ApiProperty({ maxLength: 1000, description: 'Shown to the partners concerned' })
  @IsString()
  @Length(1, 1000)
  @Matches(/\S/, { message: 'must say why' })
  reason!: string;

  @ApiPropertyOptional({
    enum: PAID,
    default: 'keep',
    description:
      'keep: events whose commissions are paid stay where they are; move: they move too, and the amount is ' +
      'taken from the balance of whom it was paid to',
  })
  @IfGiven()
  @IsIn(PAID)
  paid?: (typeof PAID)[number];
}

export class DeleteCustomerBody extends DeletionBody {
  @ApiProperty({
    enum: COMMISSIONS,
    description: 'What becomes of the commissions earned by this customer',
  })
  @IsIn(COMMISSIONS)
  commissions!: (typeof COMMISSIONS)[number];
}

export const draftOf = (body: AddCustomerBody): CustomerDraft => ({
  customerKey: body.customerKey,
  email: body.email ?? null,
  partnershipId: parseId('Partnership', body.partnershipId, 'partnershipId'),
  signedUpAt: body.signedUpAt === undefined ? null : new Date(body.signedUpAt),
  reason: body.reason,
});

export const attributionOf = (body: AssignCustomerBody): NewAttribution => ({
  partnershipId:
    body.partnershipId === null ? null : parseId('Partnership', body.partnershipId, 'partnershipId'),
  reason: body.reason,
  paid: body.paid ?? 'keep',
});
