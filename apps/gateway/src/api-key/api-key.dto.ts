import { ApiProperty } from '@nestjs/swagger';
import { ArrayMinSize, ArrayUnique, IsArray, IsIn } from 'class-validator';
import { COMPANY_SCOPES, type CompanyScope, IsName, PageType } from '#http';
import { publicId } from '#kernel';
import type { ApiKey } from './api-key.js';
import type { CreatedApiKey } from './create-api-key.js';

export class CreateApiKeyBody {
  @ApiProperty({ maxLength: 100, example: 'Shop backend' })
  @IsName(100)
  name!: string;

  @ApiProperty({ enum: COMPANY_SCOPES, isArray: true, description: 'What the key may do' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(COMPANY_SCOPES, { each: true })
  scopes!: CompanyScope[];
}

export class ApiKeyDto {
  @ApiProperty({ example: 'key_01h455vb4pex5vsknk084sn02q' })
  readonly id!: string;

  @ApiProperty()
  readonly name!: string;

  @ApiProperty({ enum: COMPANY_SCOPES, isArray: true })
  readonly scopes!: readonly CompanyScope[];

  @ApiProperty({
    example: 'company:mbr_01h455vb4pex5vsknk084sn02q',
    description: 'Who made it. A key outlives the membership of its maker: revoke those of somebody who left',
  })
  readonly createdBy!: string;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ type: String, nullable: true, format: 'date-time', description: 'Exact to a minute' })
  readonly lastUsedAt!: string | null;

  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  readonly revokedAt!: string | null;
}

export class CreatedApiKeyDto extends ApiKeyDto {
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'flk_01h455vb4pex5vsknk084sn02q.Zm9v…',
    description:
      'The key itself, shown this once: send it as `Authorization: Bearer flk_…`. Null when the request ' +
      'repeats an Idempotency-Key; then revoke this key and create another.',
  })
  readonly secret!: string | null;
}

export class ApiKeyPage extends PageType(ApiKeyDto) {}

export function showApiKey(key: ApiKey): ApiKeyDto {
  return {
    id: publicId('ApiKey', key.apiKeyId),
    name: key.name,
    scopes: key.scopes,
    createdBy: key.createdBy,
    createdAt: key.createdAt.toISOString(),
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  };
}

export function showCreatedApiKey({ key, token }: CreatedApiKey): CreatedApiKeyDto {
  return Object.assign(showApiKey(key), { secret: token });
}
