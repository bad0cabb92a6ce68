/** An e-mail address as a partner may see it: enough to recognise a customer by, not to write to it. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@');
  const first = email.codePointAt(0);
  return at < 1 || first === undefined ? '***' : `${String.fromCodePoint(first)}***${email.slice(at)}`;
}
