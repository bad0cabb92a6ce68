import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsDefined,
  IsInt,
  IsISO8601,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { IfGiven, IsMailAddress, IsName } from '#http';
import { type Money, parseAmount, parseCurrency } from '#kernel';
import { accountDomainOf } from './claim.js';
import type { ReferralDraft } from './referral-draft.js';

const A_DAY = { message: 'must be a day such as "2026-09-30"' };

export const IsDay = () =>
  applyDecorators(IsISO8601({ strict: true }, A_DAY), Matches(/^\d{4}-\d\d-\d\d$/, A_DAY));

const NOT_BLANK = { message: 'must not be blank' };

export class MoneyBody {
  @ApiProperty({ type: 'integer', minimum: 0, description: 'Minor units', example: 250_000 })
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  amount!: number;

  @ApiProperty({ example: 'EUR' })
  @IsString()
  currency!: string;
}

class ContactBody {
  @ApiPropertyOptional({ maxLength: 200 })
  @IfGiven()
  @IsName(200)
  name?: string;

  @ApiPropertyOptional({ maxLength: 50 })
  @IfGiven()
  @IsString()
  @Length(1, 50)
  @Matches(/^[+\d][\d\s()./-]*$/, { message: 'must be a phone number such as "+49 30 123456"' })
  phone?: string;
}

export class LeadContactBody extends ContactBody {
  @ApiProperty({ maxLength: 254, example: 'ada@acme.example' })
  @IsMailAddress()
  email!: string;
}

export class DealContactBody extends ContactBody {
  @ApiPropertyOptional({ maxLength: 254, example: 'ada@acme.example' })
  @IfGiven()
  @IsMailAddress()
  email?: string;
}

class AccountBody {
  @ApiPropertyOptional({ maxLength: 253, example: 'acme.example', description: 'Domain of its website' })
  @IfGiven()
  @IsString()
  @MaxLength(253)
  @Matches(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i, {
    message: 'must be a domain such as "acme.example", without "https://"',
  })
  domain?: string;
}

const NAMED = /[\p{L}\p{N}]/u;

export class LeadAccountBody extends AccountBody {
  @ApiPropertyOptional({ maxLength: 200, example: 'ACME Inc.' })
  @IfGiven()
  @IsString()
  @Length(1, 200)
  @Matches(NAMED, NOT_BLANK)
  name?: string;
}

export class DealAccountBody extends AccountBody {
  @ApiProperty({ maxLength: 200, example: 'ACME Inc.' })
  @IsString()
  @Length(1, 200)
  @Matches(NAMED, NOT_BLANK)
  name!: string;
}

class SubmissionBody {
  @ApiPropertyOptional({ maxLength: 2000, description: 'What the company should know' })
  @IfGiven()
  @IsString()
  @Length(1, 2000)
  note?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] },
    description: "Answers to the form's fields, by key",
    example: { company_size: 40 },
  })
  @IfGiven()
  @IsObject()
  answers?: Record<string, unknown>;
}

export class SubmitLeadBody extends SubmissionBody {
  @ApiProperty()
  @IsDefined({ message: 'must name a person: { email, name, phone }' })
  @IsObject({ message: 'must be an object' })
  @ValidateNested()
  @Type(() => LeadContactBody)
  contact!: LeadContactBody;

  @ApiPropertyOptional()
  @IfGiven()
  @IsObject({ message: 'must be an object' })
  @ValidateNested()
  @Type(() => LeadAccountBody)
  account?: LeadAccountBody;

  @ApiPropertyOptional({ type: MoneyBody, description: 'What it may be worth' })
  @IfGiven()
  @IsObject({ message: 'must be an object' })
  @ValidateNested()
  @Type(() => MoneyBody)
  worth?: MoneyBody;
}

export class RegisterDealBody extends SubmissionBody {
  @ApiProperty()
  @IsDefined({ message: 'must name an account: { name, domain }' })
  @IsObject({ message: 'must be an object' })
  @ValidateNested()
  @Type(() => DealAccountBody)
  account!: DealAccountBody;

  @ApiPropertyOptional()
  @IfGiven()
  @IsObject({ message: 'must be an object' })
  @ValidateNested()
  @Type(() => DealContactBody)
  contact?: DealContactBody;

  @ApiProperty({ type: MoneyBody })
  @IsDefined({ message: 'must say what the deal is worth: { amount, currency }' })
  @IsObject({ message: 'must be an object' })
  @ValidateNested()
  @Type(() => MoneyBody)
  worth!: MoneyBody;

  @ApiPropertyOptional({ format: 'date', example: '2026-09-30' })
  @IfGiven()
  @IsDay()
  expectedCloseOn?: string;
}

export const worthOf = ({ amount, currency }: MoneyBody): Money => ({
  amount: parseAmount(amount, 'worth.amount'),
  currency: parseCurrency(currency, 'worth.currency'),
});

export const leadDraft = (body: SubmitLeadBody): ReferralDraft => ({
  kind: 'lead',
  contact: contactOf(body.contact),
  account: accountOf(body.account),
  worth: body.worth ? worthOf(body.worth) : null,
  expectedCloseOn: null,
  note: body.note ?? null,
  answers: body.answers ?? {},
});

export const dealDraft = (body: RegisterDealBody): ReferralDraft => ({
  kind: 'deal',
  contact: contactOf(body.contact),
  account: accountOf(body.account),
  worth: worthOf(body.worth),
  expectedCloseOn: body.expectedCloseOn ?? null,
  note: body.note ?? null,
  answers: body.answers ?? {},
});

const contactOf = (body: LeadContactBody | DealContactBody | undefined) => ({
  name: body?.name ?? null,
  email: body?.email?.toLowerCase() ?? null,
  phone: body?.phone ?? null,
});

const accountOf = (body: LeadAccountBody | DealAccountBody | undefined) => ({
  name: body?.name ?? null,
  domain: body?.domain === undefined ? null : accountDomainOf(body.domain),
});
