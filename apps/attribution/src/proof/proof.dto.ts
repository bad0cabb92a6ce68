import { ApiProperty } from '@nestjs/swagger';

export class ProofDto {
  @ApiProperty({
    description: 'What is said, base64url: JSON with issuer, issuedAt, programId, about, trace',
  })
  payload!: string;

  @ApiProperty({ description: 'The signed header, base64url: algorithm, type and key id' })
  protected!: string;

  @ApiProperty({ description: 'Base64url' })
  signature!: string;
}

export class ProofKeyDto {
  @ApiProperty({ example: 'OKP' })
  kty!: string;

  @ApiProperty({ example: 'Ed25519' })
  crv!: string;

  @ApiProperty({ example: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' })
  x!: string;

  @ApiProperty()
  kid!: string;

  @ApiProperty({ example: 'sig' })
  use!: string;

  @ApiProperty({ example: 'Ed25519' })
  alg!: string;
}

export class ProofKeysDto {
  @ApiProperty({ type: [ProofKeyDto] })
  keys!: ProofKeyDto[];
}
