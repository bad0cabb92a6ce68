/**
 * Decisions of before on orders, and what of them somebody still has to hear, get the fields that subjects have
 * had since: they may be decided again.
 */
export const OLDER_DECISIONS: readonly string[] = [
  // The owner of the tables reads every company's rows for this once.
  'alter table attribution.decision no force row level security',
  'alter table bus.event no force row level security',
  'alter table bus.delivery no force row level security',
  `update attribution.decision set subject_facts = '{"kind": "order", "lines": []}'::jsonb || subject_facts
     where subject_kind = 'order' and not subject_facts ? 'lines'`,
  `update bus.event e set data = jsonb_set(data, '{subject,lines}', '[]')
     where type = 'attribution.decided' and data->'subject'->>'kind' = 'order' and not data->'subject' ? 'lines'
       and exists (select from bus.delivery d
         where (d.company_id, d.event_id) = (e.company_id, e.event_id) and d.state <> 'done')`,
  'alter table attribution.decision force row level security',
  'alter table bus.event force row level security',
  'alter table bus.delivery force row level security',
];
