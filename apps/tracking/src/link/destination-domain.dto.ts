import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsString, MaxLength } from 'class-validator';

const DOMAINS = {
  type: [String],
  maxItems: 100,
  example: ['shop.example'],
  description: 'Each stands for itself and all domains below it. None: a link may lead anywhere.',
} satisfies ApiPropertyOptions;

export class DestinationDomainsBody {
  @ApiProperty(DOMAINS)
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(253, { each: true })
  domains!: string[];
}

export class DestinationDomainsDto {
  @ApiProperty(DOMAINS)
  domains!: string[];
}
