import { asId, type Id, InvalidField, parseId, publicId } from '#kernel';

/** A company or a partner: what people are members of, and act for. */
export type Account =
  | { readonly kind: 'company'; readonly id: Id<'Company'> }
  | { readonly kind: 'partner'; readonly id: Id<'Partner'> };

/** The account's id in the public API: `cmp_…` or `prt_…`. */
export function publicAccountId(account: Account): string {
  return account.kind === 'company' ? publicId('Company', account.id) : publicId('Partner', account.id);
}

/** @throws InvalidInput `id.malformed` */
export function parseAccount(text: string, field: string): Account {
  if (text.startsWith('cmp_')) return { kind: 'company', id: parseId('Company', text, field) };
  if (text.startsWith('prt_')) return { kind: 'partner', id: parseId('Partner', text, field) };
  throw new InvalidField(
    'id.malformed',
    field,
    'must be the id of a company (cmp_…) or of a partner (prt_…)',
  );
}

/** The account of a row of ours. */
export function accountOf(kind: Account['kind'], id: string): Account {
  return kind === 'company' ? { kind, id: asId('Company', id) } : { kind, id: asId('Partner', id) };
}
