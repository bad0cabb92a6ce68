import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { AppConfig, SecretBox } from '#config';
import { PublicAccess, readProgramInvitationToken } from '#http';

/**
 * Where an invitation mail's link leads. It changes nothing, because mail scanners open links too: who is invited
 * signs in and applies by a POST.
 */
@ApiExcludeController()
@Controller('invitation')
export class InvitationPageController {
  constructor(
    private readonly config: AppConfig,
    private readonly secretBox: SecretBox,
  ) {}

  @Get()
  @PublicAccess()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  @Header('referrer-policy', 'no-referrer')
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
  show(@Query('token') token: unknown): string {
    const isOurs = typeof token === 'string' && readProgramInvitationToken(this.secretBox, token) !== null;
    return page(isOurs ? this.#steps(token) : '<p>This link is broken. Ask the company for a new one.</p>');
  }

  /** The token's MAC was checked, so it holds no character that HTML or a shell would read. */
  #steps(token: string): string {
    const url = (path: string) => new URL(path, this.config.publicUrl).href;
    return `<p>Your app reads the invitation, signs you in with the address it was sent to, and applies:</p>
<pre>curl ${url(`/v1/invitations/${token}`)}
curl -X POST ${url('/v1/partner/applications')} -H 'authorization: Bearer …' -H 'content-type: application/json' \\
  -d '{"programId":"prg_…","invitationToken":"${token}"}'</pre>`;
  }
}

const page = (content: string) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>An invitation to a partner program</title>
<style>body{font:1rem system-ui;max-width:48rem;margin:4rem auto;padding:0 1rem}pre{white-space:pre-wrap}</style>
<h1>You are invited to a partner program</h1>
${content}
</html>
`;
