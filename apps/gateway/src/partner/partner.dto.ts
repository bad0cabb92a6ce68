import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean } from 'class-validator';
import { IfGiven, IsMailAddress, IsName } from '#http';
import { publicId } from '#kernel';
import type { PartnerAccount } from './partner.js';

export class ChangePartnerBody {
  @ApiPropertyOptional({ maxLength: 200 })
  @IfGiven()
  @IsName(200)
  name?: string;

  @ApiPropertyOptional({
    maxLength: 254,
    description: 'Where notices go: the address of somebody in the team',
  })
  @IfGiven()
  @IsMailAddress()
  email?: string;

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

  @ApiProperty({ description: 'Where notices go' })
  readonly email!: string;

  @ApiProperty()
  readonly wantsEmail!: boolean;
}

export function showPartner({ partnerId, ...profile }: PartnerAccount): PartnerDto {
  return { id: publicId('Partner', partnerId), ...profile };
}
