import { type Migration, tenantTable } from '#database';

const LIVE_DEAL = `kind = 'deal' and state in ('pending', 'open')`;

/** Leads and deals, what a program asks for with them, and the way each of them went. */
export const REFERRALS: readonly Migration[] = [
  {
    name: '20261121_12_approvals_pipelines',
    up: [
      // A version is never changed: what was submitted under it stays readable by it.
      `create table approvals.referral_pipeline (
        company_id uuid not null,
        pipeline_id uuid not null,
        program_id uuid not null,
        kind text not null check (kind in ('lead', 'deal')),
        group_id uuid,
        version int not null check (version > 0),
        stages jsonb not null check (jsonb_array_length(stages) > 0),
        fields jsonb not null,
        review text not null check (review in ('manual', 'automatic')),
        protection_days int check (protection_days between 1 and 730),
        actor text not null,
        published_at timestamptz not null,
        primary key (company_id, pipeline_id),
        unique nulls not distinct (company_id, program_id, kind, group_id, version),
        foreign key (company_id, program_id) references approvals.program,
        foreign key (company_id, program_id, group_id)
          references approvals.program_group (company_id, program_id, group_id),
        check ((kind = 'deal') = (protection_days is not null))
      )`,
      ...tenantTable('approvals.referral_pipeline'),
      'grant select, insert on approvals.referral_pipeline to fairlead_approvals',
    ],
  },
  {
    name: '20261121_13_approvals_referrals',
    up: [
      `create table approvals.referral (
        company_id uuid not null,
        referral_id uuid not null,
        kind text not null check (kind in ('lead', 'deal')),
        program_id uuid not null,
        partnership_id uuid not null,
        partner_id uuid not null,
        source text not null check (source in ('partner', 'company')),
        state text not null check (state in ('pending', 'open', 'declined', 'won', 'lost', 'expired')),
        stage text not null,
        stage_name text not null,
        decline_code text,
        reason text,
        rival_id uuid,
        contact_name text,
        contact_email text check (contact_email = lower(contact_email)),
        contact_phone text,
        account_name text,
        account_key text,
        account_domain text,
        note text,
        answers jsonb not null,
        amount bigint check (amount >= 0),
        currency text,
        expected_close_on date,
        customer_key text,
        revision int not null default 0,
        submitted_at timestamptz not null,
        approved_at timestamptz,
        closed_at timestamptz,
        expires_at timestamptz,
        primary key (company_id, referral_id),
        foreign key (company_id, partnership_id) references approvals.partnership,
        foreign key (company_id, program_id) references approvals.program,
        check ((amount is null) = (currency is null)),
        check ((state = 'declined') = (decline_code is not null)),
        check ((state in ('won', 'lost')) = (closed_at is not null)),
        check ((state = 'won') = (customer_key is not null)),
        check (state not in ('declined', 'lost') or reason is not null),
        check (kind = 'lead' or (account_key is not null and expires_at is not null)),
        check (kind = 'deal' or (contact_email is not null and expires_at is null))
      )`,
      'create index referral_of_company on approvals.referral (company_id, kind, referral_id)',
      `create index referral_of_partnership on approvals.referral (company_id, partnership_id, kind, referral_id)`,
      // Who came first keeps the person or the account, whatever arrives at the same moment.
      `create unique index referral_lead_person on approvals.referral (company_id, contact_email)
         where kind = 'lead' and state in ('pending', 'open', 'won')`,
      `create unique index referral_deal_account on approvals.referral (company_id, account_key) where ${LIVE_DEAL}`,
      `create unique index referral_deal_domain on approvals.referral (company_id, account_domain)
         where ${LIVE_DEAL}`,
      `create index referral_expiry on approvals.referral (expires_at) where ${LIVE_DEAL}`,
      `create table approvals.referral_step (
        company_id uuid not null,
        referral_id uuid not null,
        step_no int not null check (step_no > 0),
        partnership_id uuid not null,
        step text not null,
        stage_name text,
        note text,
        side text not null check (side in ('partner', 'company', 'fairlead')),
        actor text not null,
        at timestamptz not null,
        primary key (company_id, referral_id, step_no),
        foreign key (company_id, referral_id) references approvals.referral
      )`,
      ...tenantTable('approvals.referral', { partnership: 'partnership_id', passes: ['bus'] }),
      ...tenantTable('approvals.referral_step', { partnership: 'partnership_id' }),
      'grant select, insert, update on approvals.referral to fairlead_approvals',
      'grant select, insert on approvals.referral_step to fairlead_approvals',
      // The sweeper's role learns which companies have registrations to end, and nothing else of them.
      'grant usage on schema approvals to fairlead_bus',
      'grant select (company_id, kind, state, expires_at) on approvals.referral to fairlead_bus',
      // Without the person: what waits for an approval is nobody's to read yet.
      `create view approvals.published_referral with (security_barrier) as
         select company_id, referral_id, kind, program_id, partnership_id, state, stage, submitted_at
           from approvals.referral`,
      'grant select on approvals.published_referral to fairlead_approvals',
    ],
  },
  {
    name: '20261121_13_approvals_referrals_by_state',
    // The company's queue of what waits, among all that is long decided.
    up: ['create index referral_by_state on approvals.referral (company_id, kind, state, referral_id)'],
  },
  {
    name: '20261121_13_approvals_referrals_by_contact',
    up: ['create index referral_by_contact on approvals.referral (company_id, contact_email)'],
  },
];
