import type { Migration } from '#database';

/** What facts of before say by having no such field. */
const DEFAULTS = {
  'customer.signed_up': '{"codes": []}',
  'order.placed': '{"codes": [], "lines": []}',
  'order.fulfilled': '{"lineKeys": null}',
} as const;

const TABLES = ['bus.event', 'bus.event_revision', 'bus.delivery'];

/** Facts that somebody still has to hear of, or may by a replay, get the fields that facts have had since. */
export const FACT_MIGRATIONS: readonly Migration[] = [
  {
    name: '20261121_25_tracking_older_facts',
    up: [
      // The owner of the tables reads every company's rows for this once.
      ...TABLES.map((table) => `alter table ${table} no force row level security`),
      ...Object.entries(DEFAULTS).flatMap(([type, fields]) => [
        `update bus.event e set data = '${fields}'::jsonb || data where ${isToBeHeard(type)}`,
        `update bus.event_revision e set data = '${fields}'::jsonb || data where ${isToBeHeard(type)}`,
      ]),
      ...TABLES.map((table) => `alter table ${table} force row level security`),
    ],
  },
];

function isToBeHeard(type: string): string {
  return `exists (select from bus.delivery d
    where (d.company_id, d.event_id) = (e.company_id, e.event_id) and d.event_type = '${type}'
      and d.state <> 'done')`;
}
