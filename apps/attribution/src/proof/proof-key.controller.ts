import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { JWK } from 'jose';
import { PublicAccess } from '#http';
import { ProofKeysDto } from './proof.dto.js';
import { ProofKey } from './proof-key.js';

/** For whoever was handed a proof. */
@ApiTags('Proofs')
@PublicAccess()
@Controller('v1/proof-keys')
export class ProofKeyController {
  constructor(private readonly proofKey: ProofKey) {}

  @Get()
  @Header('cache-control', 'public, max-age=3600')
  @ApiOperation({ summary: 'The keys that proofs are signed with, as a JWK set (RFC 7517)' })
  @ApiOkResponse({ type: ProofKeysDto })
  async list(): Promise<{ readonly keys: readonly JWK[] }> {
    return { keys: [await this.proofKey.publicJwk()] };
  }
}
