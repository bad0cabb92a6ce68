import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Idempotent, type IdempotentRequest, OperatorAccess } from '#http';
import { UnbindIdentityBody } from './oidc.dto.js';
import { UnbindIdentity } from './unbind-identity.js';

@ApiTags('Operations: people')
@Controller('v1/ops/identities')
export class IdentityController {
  constructor(private readonly unbindIdentity: UnbindIdentity) {}

  @Post('unbind')
  @HttpCode(204)
  @OperatorAccess('admin')
  @ApiOperation({ summary: 'Let somebody sign in by another account at the OpenID Connect issuer' })
  @ApiNoContentResponse()
  unbind(@Body() { email }: UnbindIdentityBody, @Idempotent() request: IdempotentRequest): Promise<void> {
    return this.unbindIdentity.execute(email, request);
  }
}
