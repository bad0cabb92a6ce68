export interface OneTimeLink {
  readonly title: string;
  /** Where the token is exchanged. */
  readonly url: string;
  readonly validFor: string;
  /** What to send there; null when the link is not ours. A checked token holds nothing that HTML or a shell reads. */
  readonly body: Readonly<Record<string, string>> | null;
}

/** A page that leads to the issuer, where mails do not sign in. */
export const invitationAtIssuerPage = (title: string, url: URL): string =>
  pageOf(
    title,
    `<p>You join by signing in with the address that this invitation was sent to.</p>
<p><a href="${url.href}">Sign in and join</a></p>`,
  );

/** A page that says how to use a link's token, once. */
export function oneTimeLinkPage({ title, url, validFor, body }: OneTimeLink): string {
  const content = body
    ? `<p>Your app exchanges this link's token once, within ${validFor}:</p>
<pre>curl -X POST ${url} -H 'content-type: application/json' -d '${JSON.stringify(body)}'</pre>`
    : '<p>This link is broken. Ask for a new one.</p>';
  return pageOf(title, content);
}

const pageOf = (title: string, content: string): string => `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${title}</title>
<style>body{font:1rem system-ui;max-width:48rem;margin:4rem auto;padding:0 1rem}pre{white-space:pre-wrap}</style>
<h1>${title}</h1>
${content}
</html>
`;
