import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import { IfGiven } from '#http';

const EXAMPLE_TYPES = { purchase: 'order.placed' };
const EXAMPLE_FIELDS = { 'order.id': 'purchase.reference', timestamp: 'created_at' };

export class MappingBody {
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: "The platform's own event type → ours",
    example: EXAMPLE_TYPES,
  })
  @IfGiven()
  @IsObject()
  types?: Record<string, unknown>;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description:
      'Our field → dotted path in the body. Tried before the documented path, which stays as the fallback.',
    example: EXAMPLE_FIELDS,
  })
  @IfGiven()
  @IsObject()
  fields?: Record<string, unknown>;
}

export class MappingDto {
  @ApiProperty({ description: '0: the documented format; each change counts up and is kept' })
  version!: number;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: EXAMPLE_TYPES,
  })
  types!: Record<string, string>;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: EXAMPLE_FIELDS,
  })
  fields!: Record<string, string>;

  @ApiProperty({ type: String, nullable: true })
  createdAt!: string | null;
}
