import { type Migration, tenantTable } from '#database';

/** Links that partners ask for, and what the company said. */
export const LINK_REQUESTS: readonly Migration[] = [
  {
    name: '20261121_11_approvals_link_requests',
    up: [
      `create table approvals.link_request (
        company_id uuid not null,
        link_request_id uuid not null,
        partnership_id uuid not null,
        program_id uuid not null,
        partner_id uuid not null,
        destination_url text,
        note text,
        state text not null check (state in ('pending', 'granted', 'refused', 'withdrawn')),
        requested_at timestamptz not null,
        closed_at timestamptz,
        closed_by text,
        reason text,
        link_id uuid,
        primary key (company_id, link_request_id),
        foreign key (company_id, partnership_id) references approvals.partnership,
        check ((state = 'pending') = (closed_at is null)),
        check ((state = 'granted') = (link_id is not null)),
        check (state <> 'refused' or reason is not null)
      )`,
      `create unique index link_request_pending on approvals.link_request
         (company_id, partnership_id, coalesce(destination_url, '')) where state = 'pending'`,
      'create index link_request_of_company on approvals.link_request (company_id, link_request_id)',
      `create index link_request_of_partnership on approvals.link_request
         (company_id, partnership_id, link_request_id)`,
      ...tenantTable('approvals.link_request', { partnership: 'partnership_id' }),
      'grant select, insert, update on approvals.link_request to fairlead_approvals',
    ],
  },
];
