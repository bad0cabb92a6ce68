/** Shown for a slug that no link has: a typing error, or a link that was never made. */
export const NO_SUCH_LINK_PAGE = page(
  'This link does not exist',
  'Please check it for a typing error, or ask whoever gave it to you for a new one.',
);

/** Shown when the link is not in memory and cannot be looked up right now; the browser tries again by itself. */
export const TRY_AGAIN_PAGE = page(
  'One moment, please',
  'We could not open this link just now. This page tries again by itself in a few seconds.',
  '<meta http-equiv="refresh" content="5">',
);

function page(title: string, text: string, head = ''): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">${head}
<title>${title}</title>
<style>body{font:1.1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto;padding:0 1rem}</style>
<h1>${title}</h1>
<p>${text}</p>
</html>
`;
}
