-- The pipeline now, and its whole past as dated changes.

create table account (
  org_id uuid not null references organisation on delete cascade,
  id uuid not null,
  source text not null,
  external_id text not null,
  name text not null,
  sector text,
  location text,
  parent_name text,
  employees integer,
  annual_revenue_minor bigint,
  founded_in integer,
  primary key (org_id, id),
  unique (org_id, source, external_id)
);
create index account_by_name on account (org_id, lower(name));

create table product (
  org_id uuid not null references organisation on delete cascade,
  id uuid not null,
  source text not null,
  external_id text not null,
  name text not null,
  series text,
  list_price_minor bigint,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  primary key (org_id, id),
  unique (org_id, source, external_id)
);

create table stage (
  org_id uuid not null references organisation on delete cascade,
  id uuid not null,
  name text not null check (length(trim(name)) between 1 and 200),
  position smallint not null,
  outcome text not null default 'open' check (outcome in ('open', 'won', 'lost')),
  primary key (org_id, id)
);
create unique index stage_by_name on stage (org_id, lower(name));

create table import_run (
  org_id uuid not null references organisation on delete cascade,
  id uuid not null,
  what text not null check (what in ('people', 'products', 'accounts', 'opportunities', 'quotas', 'changes')),
  source text not null,
  file_name text not null,
  state text not null check (state in ('uploaded', 'checking', 'needs_answers', 'checked', 'applying', 'applied', 'failed', 'cancelled')),
  settings jsonb not null default '{}',
  file_path text,
  file_bytes bigint,
  file_sha256 text,
  rows_total integer not null default 0,
  rows_done integer not null default 0,
  rows_new integer not null default 0,
  rows_changed integer not null default 0,
  rows_same integer not null default 0,
  rows_failed integer not null default 0,
  problem text,
  created_by uuid,
  created_at timestamptz not null,
  finished_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, created_by) references person on delete set null (created_by)
);

create table import_row (
  org_id uuid not null,
  run_id uuid not null,
  line integer not null,
  outcome text not null check (outcome in ('failed', 'warned')),
  reason text not null,
  cells text[] not null,
  primary key (org_id, run_id, line),
  foreign key (org_id, run_id) references import_run on delete cascade
);
comment on table import_row is 'Only the rows somebody should look at: those that failed, and those taken with a warning.';

create table opportunity (
  org_id uuid not null references organisation on delete cascade,
  id uuid not null,
  source text not null,
  external_id text not null,
  name text not null,
  owner_id uuid not null,
  account_id uuid,
  product_id uuid,
  stage_id uuid not null,
  outcome text not null default 'open' check (outcome in ('open', 'won', 'lost')),
  amount_minor bigint,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  close_on date,
  forecast_category text,
  next_step text,
  created_at timestamptz not null,
  last_change_at timestamptz not null,
  import_run_id uuid,
  primary key (org_id, id),
  unique (org_id, source, external_id),
  foreign key (org_id, owner_id) references person,
  foreign key (org_id, account_id) references account,
  foreign key (org_id, product_id) references product,
  foreign key (org_id, stage_id) references stage
);
create index opportunity_by_owner on opportunity (org_id, owner_id, outcome, close_on);
create index opportunity_by_change on opportunity (org_id, owner_id, last_change_at);
comment on column opportunity.amount_minor is 'Null when the source gives none: an open deal is then valued at its product''s list price. Zero is zero.';
comment on column opportunity.close_on is 'Expected close while open, actual close once won or lost.';
comment on column opportunity.created_at is 'The earliest instant from which the opportunity is known to have existed.';

-- Append-only. before and after hold text as the field would be written: ids, minor units, ISO dates.
create table opportunity_change (
  org_id uuid not null,
  opportunity_id uuid not null,
  at timestamptz not null,
  field text not null check (field in ('created', 'name', 'owner', 'account', 'product', 'stage', 'amount', 'close_on', 'forecast_category', 'next_step')),
  before text,
  after text,
  source text not null,
  import_run_id uuid,
  primary key (org_id, opportunity_id, at, field),
  foreign key (org_id, opportunity_id) references opportunity on delete cascade
);
comment on table opportunity_change is 'Field history. Each field''s first row has before = null; the value on day D is the last after with at <= D.';
