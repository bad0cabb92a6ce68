import { ApiProperty } from '@nestjs/swagger';
import { IsIn } from 'class-validator';
import { IsName, OPERATOR_ROLES, type OperatorRole, PageType } from '#http';
import { publicId } from '#kernel';
import type { AddedOperator } from './add-operator.js';
import type { OperatorAccount } from './operator.js';

export class AddOperatorBody {
  @ApiProperty({ maxLength: 100, example: 'Night shift' })
  @IsName(100)
  name!: string;

  @ApiProperty({ enum: OPERATOR_ROLES, description: 'A stronger role may do all that a weaker one may' })
  @IsIn(OPERATOR_ROLES)
  role!: OperatorRole;
}

export class OperatorDto {
  @ApiProperty({ example: 'opr_01h455vb4pex5vsknk084sn02q' })
  readonly id!: string;

  @ApiProperty()
  readonly name!: string;

  @ApiProperty({ enum: OPERATOR_ROLES })
  readonly role!: OperatorRole;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ type: String, nullable: true, format: 'date-time' })
  readonly revokedAt!: string | null;
}

export class AddedOperatorDto extends OperatorDto {
  @ApiProperty({
    type: String,
    nullable: true,
    example: 'flo_Zm9v…',
    description: 'The token itself, shown this once. Null when the request repeats an Idempotency-Key.',
  })
  readonly secret!: string | null;
}

export class OperatorPage extends PageType(OperatorDto) {}

export function showOperator(operator: OperatorAccount): OperatorDto {
  return {
    id: publicId('Operator', operator.operatorId),
    name: operator.name,
    role: operator.role,
    createdAt: operator.createdAt.toISOString(),
    revokedAt: operator.revokedAt?.toISOString() ?? null,
  };
}

export function showAddedOperator({ operator, token }: AddedOperator): AddedOperatorDto {
  return Object.assign(showOperator(operator), { secret: token });
}
