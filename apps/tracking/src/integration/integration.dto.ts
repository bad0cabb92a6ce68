import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Length, Matches, MaxLength } from 'class-validator';
import { IfGiven, PageType } from '#http';
import { FULFILMENT_POLICIES, type FulfilmentPolicy } from '#contracts';
import { INTEGRATION_KINDS, type IntegrationKind } from './integration.js';

const POLICY =
  'When an order is earned: `none` when it is paid (default of stripe), `first` at its first fulfilment (default of native), `lines` line by line as they are fulfilled, `complete` when all of it is. Applies to orders from now on.';
const SECRET = "Stripe's own signing secret of the webhook endpoint; only for kind stripe";

export class ConnectIntegrationBody {
  @ApiProperty({ enum: INTEGRATION_KINDS })
  @IsIn(INTEGRATION_KINDS)
  kind!: IntegrationKind;

  @ApiProperty({ example: 'Web shop' })
  @IsString()
  @Length(1, 100)
  name!: string;

  @ApiPropertyOptional({ enum: FULFILMENT_POLICIES, description: POLICY })
  @IfGiven()
  @IsIn(FULFILMENT_POLICIES)
  fulfilmentPolicy?: FulfilmentPolicy;

  @ApiPropertyOptional({ description: `${SECRET}. May be added later.`, example: 'whsec_…' })
  @IfGiven()
  @IsString()
  @MaxLength(200)
  @Matches(/^whsec_[\x21-\x7e]{10,}$/, { message: 'must be the text that starts with whsec_' })
  secret?: string;
}

export class ChangeIntegrationBody {
  @ApiPropertyOptional()
  @IfGiven()
  @IsString()
  @Length(1, 100)
  name?: string;

  @ApiPropertyOptional({ enum: FULFILMENT_POLICIES, description: POLICY })
  @IfGiven()
  @IsIn(FULFILMENT_POLICIES)
  fulfilmentPolicy?: FulfilmentPolicy;
}

export class AddSecretBody {
  @ApiPropertyOptional({ description: `${SECRET}, and required there`, example: 'whsec_…' })
  @IfGiven()
  @IsString()
  @MaxLength(200)
  @Matches(/^whsec_[\x21-\x7e]{10,}$/, { message: 'must be the text that starts with whsec_' })
  secret?: string;
}

export class SecretDto {
  @ApiProperty({ example: 'isc_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty()
  createdAt!: string;
}

export class NewSecretDto extends SecretDto {
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Shown this once. Null when you sent it yourself.',
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  })
  secret!: string | null;
}

export class IntegrationDto {
  @ApiProperty({ example: 'int_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({ enum: INTEGRATION_KINDS })
  kind!: IntegrationKind;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: FULFILMENT_POLICIES, description: 'In force now' })
  fulfilmentPolicy!: FulfilmentPolicy;

  @ApiProperty({ description: 'Where the platform sends its webhooks' })
  ingestUrl!: string;

  @ApiProperty({ type: [SecretDto], description: 'Secrets in force; any of them may sign' })
  secrets!: SecretDto[];

  @ApiProperty()
  createdAt!: string;
}

export class ConnectedIntegrationDto extends IntegrationDto {
  @ApiProperty({ type: NewSecretDto, nullable: true })
  newSecret!: NewSecretDto | null;
}

export class IntegrationPage extends PageType(IntegrationDto) {}
