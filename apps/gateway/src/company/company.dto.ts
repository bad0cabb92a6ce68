import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsUrl, MaxLength } from 'class-validator';
import { IfGiven, IsMailAddress, IsName, PageType } from '#http';
import { publicId } from '#kernel';
import type { CompanyAccount, CompanyProfile } from './company.js';

const WEB = { protocols: ['http', 'https'], require_protocol: true, require_tld: false };

export class CreateCompanyBody {
  @ApiProperty({ maxLength: 200, example: 'Acme GmbH' })
  @IsName(200)
  name!: string;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'Where a visitor of a dead link goes' })
  @IsOptional()
  @IsUrl(WEB)
  @MaxLength(2000)
  fallbackUrl: string | null = null;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsUrl(WEB)
  @MaxLength(2000)
  supportUrl: string | null = null;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsMailAddress()
  supportEmail: string | null = null;
}

export class ChangeCompanyBody {
  @ApiPropertyOptional({ maxLength: 200 })
  @IfGiven()
  @IsName(200)
  name?: string;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsUrl(WEB)
  @MaxLength(2000)
  fallbackUrl?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsUrl(WEB)
  @MaxLength(2000)
  supportUrl?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @IsMailAddress()
  supportEmail?: string | null;
}

export class CompanyDto implements CompanyProfile {
  @ApiProperty({ example: 'cmp_01h455vb4pex5vsknk084sn02q' })
  readonly id!: string;

  @ApiProperty()
  readonly name!: string;

  @ApiProperty({ type: String, nullable: true })
  readonly fallbackUrl!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly supportUrl!: string | null;

  @ApiProperty({ type: String, nullable: true })
  readonly supportEmail!: string | null;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;
}

export class CompanyPage extends PageType(CompanyDto) {}

export function showCompany(company: CompanyAccount): CompanyDto {
  const { companyId, createdAt, ...profile } = company;
  return { id: publicId('Company', companyId), ...profile, createdAt: createdAt.toISOString() };
}
