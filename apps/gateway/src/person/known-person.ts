import type { Transaction } from '#database';
import { asId, type Id, newId } from '#kernel';

/**
 * The person behind an address that was just proven; a new one under this name when nobody is. Holds the row,
 * so that what follows happens once for one person.
 * @param person `email` in lower case
 */
export async function knownPerson(
  tx: Transaction,
  person: { readonly email: string; readonly name: string },
  now: Date,
): Promise<Id<'Person'>> {
  const [known] = await tx.query<{ person_id: string }>(
    `insert into access.person (person_id, email, name, created_at) values ($1, $2, $3, $4)
     on conflict (email) do update set email = excluded.email returning person_id`,
    [newId('Person'), person.email, person.name, now],
  );
  return asId('Person', known?.person_id ?? '');
}
