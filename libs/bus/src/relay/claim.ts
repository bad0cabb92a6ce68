import type { EventType, Service } from '#contracts';
import type { RoleStatements } from '#database';
import { asId } from '#kernel';
import type { BusTiming } from '../options.js';
import type { Batch } from '../queues/batch-job.js';

/** Companies visited by one claim at the most; the next claim goes on after them. */
const COMPANIES_PER_CLAIM = 100;
export const FIRST_COMPANY = '00000000-0000-0000-0000-000000000000';

export interface Claim {
  /** Another relay of this consumer was claiming at this moment: nothing was. */
  readonly isContended: boolean;
  readonly batches: readonly Batch[];
  readonly hasFullBatch: boolean;
  /** Nothing claimed since too much is under way already. */
  readonly isFull: boolean;
  /** More may be ready: claim again, after this company. */
  readonly hasMore: boolean;
  readonly after: string;
}

interface ClaimRow {
  readonly is_mine: boolean;
  readonly room: number;
  readonly share: number;
  readonly companies: number;
  readonly last_company: string | null;
  readonly most: number;
  readonly batches: { readonly batch_id: string; readonly size: number; readonly companies: string[] }[];
}

/**
 * Claims ready and due deliveries of one event type for one consumer, in batches, companies taking turns. A
 * lock lets one relay at a time claim for a consumer, so that the bounds hold across processes.
 *
 * @param after the company to start after
 */
export async function claimDeliveries(
  statements: RoleStatements,
  consumer: Service,
  eventType: EventType,
  after: string,
  timing: BusTiming,
): Promise<Claim> {
  const { sentAtMost, openBatchesAtMost, batchSize, leaseMs } = timing;
  const [row] = await statements.query<ClaimRow>(CLAIM, [
    consumer,
    eventType,
    after,
    COMPANIES_PER_CLAIM,
    sentAtMost,
    openBatchesAtMost,
    batchSize,
    leaseMs,
  ]);
  if (!row) throw new Error('the claim returned no row');
  const claimed = row.batches.reduce((sum, batch) => sum + batch.size, 0);
  const isRoundOver = row.companies < COMPANIES_PER_CLAIM;
  const wasCut = claimed > 0 && (row.most >= row.share || claimed >= row.room);
  return {
    isContended: !row.is_mine,
    batches: row.batches.map((batch) => ({
      batchId: asId('Batch', batch.batch_id),
      eventType,
      companies: batch.companies.map((id) => asId('Company', id)),
    })),
    hasFullBatch: row.batches.some((batch) => batch.size >= batchSize),
    isFull: row.room <= 0,
    hasMore: row.room <= 0 || wasCut || !isRoundOver || after !== FIRST_COMPANY,
    after: isRoundOver ? FIRST_COMPANY : (row.last_company ?? FIRST_COMPANY),
  };
}

/**
 * `company` hops from one company with ready rows to the next on the index, however long their backlogs
 * are; each gets an equal share of the room. Suspects (generation above 1) get a batch of their own.
 * Rows need no lock of their own: the claim lock keeps other relays away, and a row that is no longer ready
 * when it is updated is left alone. That check is a CASE so that the planner takes each row by its address: by
 * the index of ready rows, of which it believes there are few, it compares every one with every other.
 */
const CLAIM = `
with recursive claimer as materialized (
  select pg_try_advisory_xact_lock(hashtext('fairlead.bus.claim'), hashtext($1)) as is_mine
), room as (
  select case when (select is_mine from claimer) then least($5::int - count(*), ($6::int - count(distinct batch_id)) * $7::int)::int else 0 end as rows
    from bus.delivery where consumer = $1 and state = 'sent'
), company as (
  (select company_id, 1 as place from bus.delivery
    where (select rows from room) > 0
      and consumer = $1 and event_type = $2 and state = 'ready' and company_id > $3::uuid
    order by company_id limit 1)
  union all
  select next.company_id, c.place + 1 from company c cross join lateral (
    select d.company_id from bus.delivery d
     where d.consumer = $1 and d.event_type = $2 and d.state = 'ready' and d.company_id > c.company_id
     order by d.company_id limit 1) next
   where c.place < $4
), share as (
  select ceil((select rows from room)::numeric / greatest(count(*), 1))::int as rows from company
), chosen as materialized (
  select d.*, row_number() over (partition by d.company_id order by d.due_at) as turn
    from company c cross join lateral (
      select d.ctid as row_id, d.company_id, d.generation, d.due_at from bus.delivery d
       where d.consumer = $1 and d.event_type = $2 and d.state = 'ready'
         and d.company_id = c.company_id and d.due_at <= now()
       order by d.due_at limit (select greatest(rows, 0) from share)) d
   order by turn limit (select greatest(rows, 0) from room)
), ordinary as (
  select row_id, (row_number() over (order by turn, company_id) - 1) / $7::int as batch_no
    from chosen where generation = 1
), batch as (
  select batch_no, gen_random_uuid() as batch_id from (select distinct batch_no from ordinary) b
), placed as (
  select o.row_id, b.batch_id from ordinary o join batch b using (batch_no)
  union all
  select row_id, gen_random_uuid() from chosen where generation > 1
), claimed as (
  update bus.delivery d
     set state = 'sent', batch_id = p.batch_id, lease_until = now() + $8 * interval '1 millisecond'
    from placed p
   where d.ctid = p.row_id and case d.state when 'ready' then true else false end
   returning d.batch_id, d.company_id
)
select (select is_mine from claimer) as is_mine,
       (select rows from room) as room,
       (select rows from share) as share,
       (select count(*)::int from company) as companies,
       (select company_id from company order by company_id desc limit 1) as last_company,
       (select coalesce(max(turn), 0)::int from chosen) as most,
       (select coalesce(json_agg(b), '[]') from (
          select batch_id, count(*)::int as size, json_agg(distinct company_id) as companies
            from claimed group by batch_id) b) as batches`;
