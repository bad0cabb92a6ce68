import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsObject, ValidateNested } from 'class-validator';
import { publicId } from '#kernel';
import { FormFieldDto, FormFieldViewDto, showField } from '../form/form-field.dto.js';
import type { ApplicationForm } from './application-form.js';

export class ApplicationFormBody {
  @ApiProperty({
    type: [FormFieldDto],
    description: 'In the order in which they are asked; none: asks for nothing',
  })
  @IsArray()
  @ArrayMaxSize(50)
  @IsObject({ each: true, message: 'must be objects' })
  @ValidateNested({ each: true })
  @Type(() => FormFieldDto)
  fields!: FormFieldDto[];
}

export class ApplicationFormDto {
  @ApiProperty({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  programId!: string;

  @ApiProperty({ type: 'integer', description: 'Counts up from 1; 0 where there is none yet' })
  version!: number;

  @ApiProperty({ type: [FormFieldViewDto] })
  fields!: FormFieldViewDto[];

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  publishedAt!: string | null;
}

export const showForm = ({
  programId,
  version,
  fields,
  publishedAt,
}: ApplicationForm): ApplicationFormDto => ({
  programId: publicId('Program', programId),
  version,
  fields: fields.map(showField),
  publishedAt: publishedAt?.toISOString() ?? null,
});
