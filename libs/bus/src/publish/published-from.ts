import { TOPOLOGY } from '#contracts';

/** The topology as rows of an event type and one of its consumers. */
const SUBSCRIPTIONS = Object.entries(TOPOLOGY)
  .flatMap(([type, { consumers }]) => consumers.map((consumer) => `('${type}', '${consumer}')`))
  .join(', ');

/**
 * Publishes the rows of `source` within a statement: two common table expressions, `published` and
 * `delivered`. For a hot path that stores facts and their events in one round trip; tell
 * `Publisher.announce` once it is committed.
 *
 * @param source a common table expression of the statement with the columns company_id, event_id, type,
 *   occurred_at, correlation_id, causation_id and data (jsonb)
 */
export const publishedFrom = (source: string): string => `
  published as (
    insert into bus.event (company_id, event_id, type, occurred_at, correlation_id, causation_id, data)
    select company_id, event_id, type, occurred_at, correlation_id, causation_id, data from ${source}
    returning company_id, event_id, type
  ), delivered as (
    insert into bus.delivery (company_id, event_id, consumer, event_type)
    select e.company_id, e.event_id, s.consumer, e.type
      from published e join (values ${SUBSCRIPTIONS}) as s (type, consumer) on s.type = e.type
  )`;
