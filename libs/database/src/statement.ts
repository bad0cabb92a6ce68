import { escapeLiteral, type PoolClient } from 'pg';
import type { DatabaseRole } from './scope.js';

/** A value that node-postgres can bind. Arrays become PostgreSQL arrays; JSON must be passed as text. */
export type SqlValue = string | number | bigint | boolean | Date | Buffer | null | readonly SqlValue[];

/** What runs statements: a transaction, or `Database.statements`, where each is one by itself. */
export interface Statements {
  query<Row>(text: string, parameters?: readonly SqlValue[]): Promise<Row[]>;
}

/** A constant text with its parameters, as one role runs it. */
export interface Statement {
  /** A plan depends on the role through row-level security: each role has its own prepared statement. */
  readonly name: string;
  readonly text: string;
  readonly parameters: readonly SqlValue[];
}

const namesOf = new Map<DatabaseRole, Map<string, string>>();

export function statementOf(role: DatabaseRole, text: string, parameters: readonly SqlValue[]): Statement {
  let names = namesOf.get(role);
  if (!names) namesOf.set(role, (names = new Map()));
  let name = names.get(text);
  if (name === undefined) names.set(text, (name = `${role}_${names.size}`));
  return { name, text, parameters };
}

const preparedOn = new WeakMap<PoolClient, Set<string>>();

/** Runs a statement; the connection keeps it prepared. */
export async function run<Row>(client: PoolClient, statement: Statement): Promise<Row[]> {
  const { name, text, parameters } = statement;
  const result = await client.query({ name, text, values: [...parameters] });
  const prepared = preparedOn.get(client);
  if (prepared) prepared.add(name);
  else preparedOn.set(client, new Set([name]));
  return result.rows as Row[];
}

/** Whether `runAfter` can be used: the connection has the statement, and a text can carry its parameters. */
export const canRunAfter = (client: PoolClient, { name, parameters }: Statement): boolean =>
  preparedOn.get(client)?.has(name) === true && !parameters.some(hasNul);

/**
 * Runs `preamble` and a prepared statement in one round trip: each message costs both sides a wake-up, more
 * than most statements themselves.
 */
export async function runAfter<Row>(
  client: PoolClient,
  preamble: string,
  { name, parameters }: Statement,
): Promise<Row[]> {
  const values = parameters.length === 0 ? '' : `(${parameters.map(literal).join(', ')})`;
  const results: unknown = await client.query(`${preamble}; execute ${name}${values}`);
  return (results as { rows: Row[] }[]).at(-1)?.rows ?? [];
}

/** PostgreSQL refuses NUL in a bound text, but would take it for the end of a statement's. */
const hasNul = (value: SqlValue): boolean =>
  typeof value === 'string' ? value.includes('\0') : isList(value) && value.some(hasNul);

const isList = (value: SqlValue): value is readonly SqlValue[] => Array.isArray(value);

const literal = (value: SqlValue): string => (value === null ? 'null' : escapeLiteral(textOf(value)));

/** As PostgreSQL reads a value of whichever type the statement's parameter has. */
function textOf(value: Exclude<SqlValue, null>): string {
  if (isList(value)) return `{${value.map(elementOf).join(',')}}`;
  if (value instanceof Date) return value.toISOString();
  if (Buffer.isBuffer(value)) return `\\x${value.toString('hex')}`;
  return String(value);
}

function elementOf(value: SqlValue): string {
  if (value === null) return 'null';
  if (isList(value)) return textOf(value);
  return `"${textOf(value).replaceAll(/["\\]/g, '\\$&')}"`;
}
