import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsEmail, IsString, Matches, MaxLength } from 'class-validator';
import { IfGiven } from '#http';
import { publicId } from '#kernel';
import type { PartnerAccount } from './partner.js';

export class SignUpBody {
  @ApiProperty({ maxLength: 200, example: 'Ada Lovelace' })
  @IsString()
  @Matches(/\S/, { message: 'must not be blank' })
  @MaxLength(200)
  name!: string;

  @ApiProperty({ maxLength: 254, example: 'ada@example.org' })
  @IsEmail()
  @MaxLength(254)
  email!: string;
}

export class SignInLinkBody {
  @ApiProperty({ maxLength: 254, example: 'ada@example.org' })
  @IsEmail()
  @MaxLength(254)
  email!: string;
}

/** The same whatever is behind an address. */
export class SignInLinkSentDto {
  @ApiProperty({
    example: 'If that address can sign in, a link is on its way. It works once, for 15 minutes.',
  })
  readonly message!: string;
}

export class ChangePartnerBody {
  @ApiPropertyOptional({ maxLength: 200 })
  @IfGiven()
  @IsString()
  @Matches(/\S/, { message: 'must not be blank' })
  @MaxLength(200)
  name?: string;

  @ApiPropertyOptional({ description: 'Notices also come by e-mail' })
  @IfGiven()
  @IsBoolean()
  wantsEmail?: boolean;
}

export class PartnerDto {
  @ApiProperty({ example: 'prt_01h455vb4pex5vsknk084sn02q' })
  readonly id!: string;

  @ApiProperty()
  readonly name!: string;

  @ApiProperty()
  readonly email!: string;

  @ApiProperty()
  readonly wantsEmail!: boolean;
}

export function showPartner({ partnerId, ...profile }: PartnerAccount): PartnerDto {
  return { id: publicId('Partner', partnerId), ...profile };
}
