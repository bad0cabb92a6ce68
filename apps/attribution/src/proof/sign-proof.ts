import { Injectable } from '@nestjs/common';
import { FlattenedSign } from 'jose';
import { AppConfig } from '#config';
import type { PartnershipOfPartner } from '#http';
import { Clock, publicId } from '#kernel';
import type { TraceDto } from '../trace/trace.dto.js';
import { ALGORITHM, ProofKey } from './proof-key.js';
import type { ProofDto } from './proof.dto.js';

const TYPE = 'fairlead-trace+json';

/**
 * Signs a trace as the partner was shown it, so that they can show it to others: a flattened JSON Web
 * Signature (RFC 7515, section 7.2.2) that anybody checks against `GET /v1/proof-keys`.
 */
@Injectable()
export class SignProof {
  constructor(
    private readonly proofKey: ProofKey,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {}

  /** @param about the public id of the customer or commission that the trace explains */
  async execute(partnership: PartnershipOfPartner, about: string, trace: TraceDto): Promise<ProofDto> {
    const statement = {
      issuer: this.config.publicUrl,
      issuedAt: this.clock.now().toISOString(),
      programId: publicId('Program', partnership.programId),
      partnershipId: publicId('Partnership', partnership.partnershipId),
      about,
      trace,
    };
    const { kid } = await this.proofKey.publicJwk();
    const {
      payload,
      protected: header,
      signature,
    } = await new FlattenedSign(new TextEncoder().encode(JSON.stringify(statement)))
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, ...(kid === undefined ? {} : { kid }) })
      .sign(this.proofKey.private);
    if (header === undefined) throw new Error('the signature has no header');
    return { payload, protected: header, signature };
  }
}
