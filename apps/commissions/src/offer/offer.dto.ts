import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import { IfGiven, IsName, IsTime, PageType } from '#http';
import { publicId } from '#kernel';
import { describeOffer, offerRuleJson, type OfferRuleJson, type OfferVersion, RULE_FIELDS } from '#rules';
import { backDatedText, currentVersion, type Offer } from './offer.js';
import { OfferRuleDto } from './offer-rule.dto.js';

export class ReviseOfferBody {
  @ApiProperty({ type: OfferRuleDto })
  @IsObject({ message: `must be an object with ${RULE_FIELDS.join(', ')}` })
  rule!: object;

  @ApiPropertyOptional({ format: 'date-time', description: 'Left out: now' })
  @IfGiven()
  @IsTime()
  effectiveFrom?: string;
}

export class CreateOfferBody extends ReviseOfferBody {
  @ApiProperty({ maxLength: 200, example: '20 % in the first year' })
  @IsName(200)
  name!: string;
}

export class OfferVersionDto {
  @ApiProperty({ example: 1 })
  version!: number;

  @ApiProperty({ format: 'date-time' })
  effectiveFrom!: string;

  @ApiProperty({ description: 'The rule in words, made from the rule' })
  text!: string;

  @ApiProperty({ type: OfferRuleDto })
  rule!: OfferRuleJson;
}

export class OfferDto {
  @ApiProperty({ example: 'ofr_01h455vb4pex5vsknk084sn02q' })
  id!: string;

  @ApiProperty()
  programId!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ type: OfferVersionDto, nullable: true, description: 'In force now; null before the first' })
  current!: OfferVersionDto | null;

  @ApiProperty({ type: [OfferVersionDto], description: 'Oldest first; never changed' })
  versions!: OfferVersionDto[];

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What an offer with an earlier `effectiveFrom` than its making does not pay for',
  })
  notice!: string | null;
}

export class OfferPage extends PageType(OfferDto) {}

export function showOffer(offer: Offer, now: Date): OfferDto {
  const current = currentVersion(offer, now);
  return {
    id: publicId('Offer', offer.offerId),
    programId: publicId('Program', offer.programId),
    name: offer.name,
    current: current && showVersion(current),
    versions: offer.versions.map(showVersion),
    createdAt: offer.createdAt.toISOString(),
    notice: backDatedText(offer),
  };
}

function showVersion({ version, effectiveFrom, rule }: OfferVersion): OfferVersionDto {
  return {
    version,
    effectiveFrom: effectiveFrom.toISOString(),
    text: describeOffer(rule),
    rule: offerRuleJson(rule),
  };
}
