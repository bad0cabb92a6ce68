import { ApiProperty } from '@nestjs/swagger';
import { publicId } from '#kernel';
import { FormFieldViewDto, showField } from '../form/form-field.dto.js';
import type { ApplicationRequirements } from './read-requirements.js';

export class TermsToAcceptDto {
  @ApiProperty({ type: 'integer', description: 'Send it as acceptTermsVersion to accept it while applying' })
  version!: number;

  @ApiProperty()
  text!: string;
}

export class OwnInvitationDto {
  @ApiProperty({ type: String, nullable: true })
  message!: string | null;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
}

export class ApplicationRequirementsDto {
  @ApiProperty({ example: 'prg_01h455vb4pex5vsknk084sn02q' })
  programId!: string;

  @ApiProperty()
  programName!: string;

  @ApiProperty()
  companyName!: string;

  @ApiProperty({ type: [FormFieldViewDto], description: 'What to answer, in this order' })
  fields!: FormFieldViewDto[];

  @ApiProperty({ description: 'Whether the country must be given' })
  countryNeeded!: boolean;

  @ApiProperty({ type: TermsToAcceptDto, nullable: true, description: 'null: the program has no terms' })
  terms!: TermsToAcceptDto | null;

  @ApiProperty({ type: OwnInvitationDto, nullable: true, description: 'null: you are not invited' })
  invitation!: OwnInvitationDto | null;
}

export function showRequirements(requirements: ApplicationRequirements): ApplicationRequirementsDto {
  const { programId, programName, companyName, fields, isCountryNeeded, terms, invitation } = requirements;
  return {
    programId: publicId('Program', programId),
    programName,
    companyName,
    fields: fields.map(showField),
    countryNeeded: isCountryNeeded,
    terms,
    invitation: invitation && {
      message: invitation.message,
      expiresAt: invitation.expiresAt.toISOString(),
    },
  };
}
