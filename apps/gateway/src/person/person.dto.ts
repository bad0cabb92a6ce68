import { ApiProperty } from '@nestjs/swagger';

import { IsName, publicAccountId, TEAM_ROLES, type TeamRole } from '#http';
import { publicId } from '#kernel';
import type { Membership, Person } from './person.js';

export class RenamePersonBody {
  @ApiProperty({ maxLength: 200, example: 'Ada Lovelace' })
  @IsName(200)
  name!: string;
}

export class MembershipDto {
  @ApiProperty({ example: 'mbr_01h455vb4pex5vsknk084sn02q' })
  readonly memberId!: string;

  @ApiProperty({
    example: 'cmp_01h455vb4pex5vsknk084sn02q',
    description: 'Send it as `Fairlead-Account` to act for this company (`cmp_…`) or partner (`prt_…`)',
  })
  readonly accountId!: string;

  @ApiProperty({ enum: ['company', 'partner'] })
  readonly kind!: 'company' | 'partner';

  @ApiProperty()
  readonly name!: string;

  @ApiProperty({ enum: TEAM_ROLES })
  readonly role!: TeamRole;
}

export class PersonDto {
  @ApiProperty({ example: 'per_01h455vb4pex5vsknk084sn02q' })
  readonly id!: string;

  @ApiProperty()
  readonly name!: string;

  @ApiProperty()
  readonly email!: string;

  @ApiProperty({ type: [MembershipDto] })
  readonly memberships!: readonly MembershipDto[];
}

export function showPerson(person: Person): PersonDto {
  return {
    id: publicId('Person', person.personId),
    name: person.name,
    email: person.email,
    memberships: person.memberships.map(showMembership),
  };
}

const showMembership = ({ memberId, account, accountName, role }: Membership): MembershipDto => ({
  memberId: publicId('Member', memberId),
  accountId: publicAccountId(account),
  kind: account.kind,
  name: accountName,
  role,
});
