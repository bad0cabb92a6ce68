import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsBoolean, IsIn, IsString, Length, Matches } from 'class-validator';
import { IfGiven } from '#http';
import { type Answer, FIELD_TYPES, type FieldType, type FormField } from './form-field.js';

/** A name for the API, chosen by the company. */
export const IsKey = () =>
  applyDecorators(
    IsString(),
    Matches(/^[a-z][a-z0-9_]{0,39}$/, {
      message: 'must be lower-case letters, digits and "_", starting with a letter, at most 40',
    }),
  );

export class FormFieldDto {
  @ApiProperty({ example: 'company_size' })
  @IsKey()
  key!: string;

  @ApiProperty({ example: 'How many people work there?', maxLength: 200 })
  @IsString()
  @Length(1, 200)
  @Matches(/\S/, { message: 'must not be blank' })
  label!: string;

  @ApiProperty({ enum: FIELD_TYPES })
  @IsIn(FIELD_TYPES)
  type!: FieldType;

  @ApiPropertyOptional({ default: false })
  @IfGiven()
  @IsBoolean()
  required?: boolean;

  @ApiPropertyOptional({ maxLength: 500 })
  @IfGiven()
  @IsString()
  @Length(1, 500)
  help?: string;

  @ApiPropertyOptional({ type: [String], description: 'With type "choice": what may be answered' })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @Length(1, 100, { each: true })
  choices?: string[];
}

export class FormFieldViewDto {
  @ApiProperty()
  key!: string;

  @ApiProperty()
  label!: string;

  @ApiProperty({ enum: FIELD_TYPES })
  type!: FieldType;

  @ApiProperty()
  required!: boolean;

  @ApiProperty({ type: String, nullable: true })
  help!: string | null;

  @ApiProperty({ type: [String] })
  choices!: readonly string[];
}

/** An answer with the label it was asked by. */
export class AnswerDto {
  @ApiProperty()
  key!: string;

  @ApiProperty()
  label!: string;

  @ApiProperty({ oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] })
  value!: Answer['value'];
}

export const fieldOf = ({ key, label, type, required, help, choices }: FormFieldDto): FormField => ({
  key,
  label,
  type,
  isRequired: required ?? false,
  help: help ?? null,
  choices: choices ?? [],
});

export const showField = ({ isRequired, ...field }: FormField): FormFieldViewDto => ({
  ...field,
  required: isRequired,
});
