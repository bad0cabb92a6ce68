import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { REFERRAL_KINDS, type ReferralKind } from '#contracts';
import { IfGiven, IsName, PageQuery, PageType } from '#http';
import { publicId } from '#kernel';
import { fieldOf, FormFieldDto, FormFieldViewDto, IsKey, showField } from '../form/form-field.dto.js';
import {
  type Pipeline,
  type PipelineSettings,
  type PublishedPipeline,
  REVIEW_MODES,
  type ReviewMode,
} from './pipeline.js';

export class StageDto {
  @ApiProperty({ example: 'qualified' })
  @IsKey()
  key!: string;

  @ApiProperty({ example: 'Qualified', maxLength: 80 })
  @IsName(80)
  name!: string;
}

export class PublishPipelineBody {
  @ApiProperty({ enum: REFERRAL_KINDS })
  @IsIn(REFERRAL_KINDS)
  kind!: ReferralKind;

  @ApiPropertyOptional({
    example: 'grp_01h455vb4pex5vsknk084sn02q',
    description: 'For the partners of this group; left out: of every group without a pipeline of its own',
  })
  @IfGiven()
  @IsString()
  groupId?: string;

  @ApiProperty({ type: [StageDto], description: 'In order; closed won and closed lost always follow' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @IsObject({ each: true, message: 'must be objects' })
  @ValidateNested({ each: true })
  @Type(() => StageDto)
  stages!: StageDto[];

  @ApiPropertyOptional({ type: [FormFieldDto], description: 'Asked beside contact and account' })
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(50)
  @IsObject({ each: true, message: 'must be objects' })
  @ValidateNested({ each: true })
  @Type(() => FormFieldDto)
  fields?: FormFieldDto[];

  @ApiPropertyOptional({
    enum: REVIEW_MODES,
    default: 'manual',
    description: 'automatic: what is submitted is open at once',
  })
  @IfGiven()
  @IsIn(REVIEW_MODES)
  review?: ReviewMode;

  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: 730,
    description: 'Deals only, and required there: days a deal keeps its account from other partners',
  })
  @IfGiven()
  @IsInt()
  @Min(1)
  @Max(730)
  protectionDays?: number;
}

export class PipelinesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: REFERRAL_KINDS })
  @IfGiven()
  @IsIn(REFERRAL_KINDS)
  kind?: ReferralKind;
}

/** What a partner has to fill in, and what will become of it. */
export class ReferralFormDto {
  @ApiProperty({ enum: REFERRAL_KINDS })
  kind!: ReferralKind;

  @ApiProperty({ type: 'integer', description: '0: the built-in pipeline' })
  version!: number;

  @ApiProperty({ type: [FormFieldViewDto] })
  fields!: FormFieldViewDto[];

  @ApiProperty({ type: [StageDto] })
  stages!: StageDto[];

  @ApiProperty({ enum: REVIEW_MODES })
  review!: ReviewMode;

  @ApiProperty({ type: 'integer', nullable: true })
  protectionDays!: number | null;
}

export class PipelineDto extends ReferralFormDto {
  @ApiProperty({ example: 'ppl_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  programId!: string;

  @ApiProperty({ type: String, nullable: true, description: 'null: every group without one of its own' })
  groupId!: string | null;

  @ApiProperty({ format: 'date-time' })
  publishedAt!: string;
}

export class PipelinePage extends PageType(PipelineDto) {}

export function settingsOf(body: PublishPipelineBody): PipelineSettings {
  const [first, ...rest] = body.stages;
  if (!first) throw new TypeError('a pipeline without a stage passed validation');
  return {
    stages: [first, ...rest],
    fields: (body.fields ?? []).map(fieldOf),
    review: body.review ?? 'manual',
    protectionDays: body.protectionDays ?? null,
  };
}

export const showForm = (pipeline: Pipeline): ReferralFormDto => formOf(pipeline);

export function showPipeline(pipeline: PublishedPipeline): PipelineDto {
  return {
    id: publicId('Pipeline', pipeline.pipelineId),
    programId: publicId('Program', pipeline.programId),
    groupId: pipeline.groupId && publicId('Group', pipeline.groupId),
    ...formOf(pipeline),
    publishedAt: pipeline.publishedAt.toISOString(),
  };
}

function formOf(pipeline: Pipeline) {
  return {
    kind: pipeline.kind,
    version: pipeline.version,
    fields: pipeline.fields.map(showField),
    stages: pipeline.stages.map(({ key, name }) => ({ key, name })),
    review: pipeline.review,
    protectionDays: pipeline.protectionDays,
  };
}
