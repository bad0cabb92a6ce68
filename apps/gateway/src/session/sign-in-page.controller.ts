import { Controller, Get, Header, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { AppConfig, SecretBox } from '#config';
import { PublicAccess, readSignInToken } from '#http';

/**
 * Where a sign-in mail's link leads. It changes nothing, because mail scanners open links too: the
 * partner's app, or the person, exchanges the token by a POST.
 */
@ApiExcludeController()
@Controller('sign-in')
export class SignInPageController {
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
    const isOurs = typeof token === 'string' && readSignInToken(this.secretBox, token) !== null;
    return page(isOurs ? this.#exchange(token) : '<p>This link is broken. Ask for a new one.</p>');
  }

  /** The token's MAC was checked, so it holds no character that HTML or a shell would read. */
  #exchange(token: string): string {
    const url = new URL('/v1/sessions', this.config.publicUrl).href;
    return `<p>Your app exchanges this link's token once, within 15 minutes:</p>
<pre>curl -X POST ${url} -H 'content-type: application/json' -d '{"token":"${token}"}'</pre>`;
  }
}

const page = (content: string) => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Sign in to Fairlead</title>
<style>body{font:1rem system-ui;max-width:48rem;margin:4rem auto;padding:0 1rem}pre{white-space:pre-wrap}</style>
<h1>Sign in to Fairlead</h1>
${content}
</html>
`;
