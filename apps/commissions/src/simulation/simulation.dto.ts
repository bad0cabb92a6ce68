import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { FULFILMENT_POLICIES, type FulfilmentPolicy, SUBJECT_KINDS, type SubjectKind } from '#contracts';
import { IfGiven, IsTime } from '#http';

const MOST = Number.MAX_SAFE_INTEGER;

export class SimulatedLineDto {
  @ApiPropertyOptional({ type: String, example: 'desk-01' })
  @IfGiven()
  @IsString()
  @Length(1, 200)
  productKey?: string;

  @ApiPropertyOptional({ type: String, example: 'furniture' })
  @IfGiven()
  @IsString()
  @Length(1, 200)
  categoryKey?: string;

  @ApiProperty({ description: 'Minor units, without tax and shipping' })
  @IsInt()
  @Min(0)
  @Max(MOST)
  amount!: number;
}

export class SimulatedSubjectDto {
  @ApiProperty({ enum: SUBJECT_KINDS })
  @IsIn(SUBJECT_KINDS)
  kind!: SubjectKind;

  @ApiPropertyOptional({ description: 'Of an order (needed), lead or deal; minor units', example: 10_000 })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(MOST)
  amount?: number;

  @ApiPropertyOptional({ description: 'Needed with an amount', example: 'EUR' })
  @IfGiven()
  @IsString()
  currency?: string;

  @ApiPropertyOptional({ description: 'Part of the amount of an order', default: 0 })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(MOST)
  tax?: number;

  @ApiPropertyOptional({ description: 'Part of the amount of an order', default: 0 })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(MOST)
  shipping?: number;

  @ApiPropertyOptional({ description: 'What was refunded of an order', default: 0 })
  @IfGiven()
  @IsInt()
  @Min(0)
  @Max(MOST)
  refunded?: number;

  @ApiPropertyOptional({ type: [SimulatedLineDto], description: 'Of an order' })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(100)
  @IsObject({ each: true, message: 'must be objects' })
  @ValidateNested({ each: true })
  @Type(() => SimulatedLineDto)
  lines?: SimulatedLineDto[];

  @ApiPropertyOptional({ enum: FULFILMENT_POLICIES, default: 'none', description: 'Of an order' })
  @IfGiven()
  @IsIn(FULFILMENT_POLICIES)
  fulfilmentPolicy?: FulfilmentPolicy;

  @ApiPropertyOptional({ format: 'date-time', description: 'When all of an order was fulfilled' })
  @IfGiven()
  @IsTime()
  fulfilledAt?: string;

  @ApiPropertyOptional({ description: 'Of an action (needed): its name', example: 'trial started' })
  @IfGiven()
  @IsString()
  @Length(1, 100)
  action?: string;
}

export class SimulatedClickDto {
  @ApiProperty({ example: 'psh_01h455vb4pex5vsknk084sn02q' })
  @IsString()
  partnershipId!: string;

  @ApiProperty({ format: 'date-time' })
  @IsTime()
  clickedAt!: string;
}

export class SimulatedCustomerDto {
  @ApiPropertyOptional({ format: 'date-time' })
  @IfGiven()
  @IsTime()
  signedUpAt?: string;

  @ApiPropertyOptional({ format: 'date-time' })
  @IfGiven()
  @IsTime()
  firstPaidAt?: string;
}

export class SimulateBody {
  @ApiProperty({ type: SimulatedSubjectDto })
  @IsObject({ message: 'must be an object' })
  @ValidateNested()
  @Type(() => SimulatedSubjectDto)
  subject!: SimulatedSubjectDto;

  @ApiPropertyOptional({ format: 'date-time', description: 'When it happens; left out: now' })
  @IfGiven()
  @IsTime()
  occurredAt?: string;

  @ApiPropertyOptional({ type: [SimulatedClickDto], description: 'All clicks of the visitor' })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(100)
  @IsObject({ each: true, message: 'must be objects' })
  @ValidateNested({ each: true })
  @Type(() => SimulatedClickDto)
  clicks?: SimulatedClickDto[];

  @ApiPropertyOptional({ type: [String], description: 'Partnerships whose discount codes were used' })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  codesOf?: string[];

  @ApiPropertyOptional({ description: 'The partnership that the customer belongs to already' })
  @IfGiven()
  @IsString()
  boundTo?: string;

  @ApiPropertyOptional({ description: 'The partnership that submitted the lead or deal (needed for these)' })
  @IfGiven()
  @IsString()
  submittedBy?: string;

  @ApiPropertyOptional({
    example: 'cus_01h455vb4pex5vsknk084sn02q',
    description: 'Whose order it would be: with what is known of them, and what their orders took of caps',
  })
  @IfGiven()
  @IsString()
  customerId?: string;

  @ApiPropertyOptional({ type: SimulatedCustomerDto, description: 'Instead: of a customer yet to come' })
  @IfGiven()
  @IsObject({ message: 'must be an object' })
  @ValidateNested()
  @Type(() => SimulatedCustomerDto)
  customer?: SimulatedCustomerDto;
}
