import { randomUUIDv7 } from 'node:crypto';
import { fromString, fromUUID, toUUID } from 'typeid-js';
import { InvalidField } from './errors.js';

/** Public prefix of every kind of object (TypeID: prefix, underscore, 26 base32 characters). */
const ID_PREFIXES = {
  Company: 'cmp',
  ApiKey: 'key',
  Operator: 'opr',
  Integration: 'int',
  IntegrationSecret: 'isc',
  Program: 'prg',
  Group: 'grp',
  Offer: 'ofr',
  Override: 'ovr',
  Partner: 'prt',
  Person: 'per',
  Member: 'mbr',
  TeamInvitation: 'tin',
  TeamChange: 'tch',
  SignIn: 'sgn',
  Session: 'ses',
  Application: 'app',
  Invitation: 'inv',
  LinkRequest: 'lrq',
  Partnership: 'psh',
  Pipeline: 'ppl',
  Referral: 'rfl',
  Link: 'lnk',
  Click: 'clk',
  Code: 'cod',
  CodeAssignment: 'cas',
  Visitor: 'vis',
  WebhookRequest: 'req',
  WebhookConflict: 'wcf',
  Event: 'evt',
  Batch: 'bat',
  Customer: 'cus',
  Assignment: 'asg',
  Decision: 'dec',
  Evaluation: 'evl',
  Commission: 'com',
  PostingGroup: 'pgr',
  Payout: 'pyt',
  PayoutBatch: 'pbt',
  Notice: 'ntc',
  Email: 'eml',
  Reveal: 'rvl',
  Intervention: 'itv',
} as const;

export type IdKind = keyof typeof ID_PREFIXES;

declare const kind: unique symbol;

/** A UUIDv7 in canonical lower-case text, branded with the kind of object it names. */
export type Id<K extends IdKind> = string & { readonly [kind]: K };

/** A fresh, time-ordered id (RFC 9562, UUIDv7). */
export function newId<K extends IdKind>(_kind: K): Id<K> {
  return randomUUIDv7() as string as Id<K>;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Brands a UUID read from our own database or queue. Throws a TypeError on anything else. */
export function asId<K extends IdKind>(_kind: K, uuid: string): Id<K> {
  if (!UUID.test(uuid)) throw new TypeError(`not a UUID: ${JSON.stringify(uuid).slice(0, 60)}`);
  return uuid as Id<K>;
}

/** The id as the public API shows it, for example `com_01h455vb4pex5vsknk084sn02q`. */
export function publicId<K extends IdKind>(kindName: K, id: Id<K>): string {
  return fromUUID(id, ID_PREFIXES[kindName]);
}

/**
 * Reads an id that a caller sent.
 * @throws InvalidInput `id.malformed` when it is not an id of that kind
 */
export function parseId<K extends IdKind>(kindName: K, text: string, field = 'id'): Id<K> {
  const prefix = ID_PREFIXES[kindName];
  try {
    return toUUID(fromString(text, prefix)) as Id<K>;
  } catch {
    throw new InvalidField('id.malformed', field, `must be an id that starts with "${prefix}_"`);
  }
}
