-- A commitment's state may be counted by the leader above; its words are the pair's.

create table commitment (
  org_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  manager_id uuid not null,
  rep_id uuid not null,
  co_coach_id uuid,
  owner_id uuid not null,
  due_on date not null,
  hangs_on text not null default 'action' check (hangs_on in ('action', 'opportunity', 'pipeline gap', 'activity', 'skill')),
  opportunity_id uuid,
  created_by uuid not null,
  created_at timestamptz not null,
  manager_confirmed_at timestamptz,
  rep_confirmed_at timestamptz,
  withdrawn_at timestamptz,
  outcome text check (outcome in ('kept', 'partly', 'missed', 'dropped')),
  outcome_at timestamptz,
  outcome_by uuid,
  settled_in uuid,
  version integer not null default 1,
  primary key (org_id, id),
  foreign key (org_id, meeting_id) references meeting,
  foreign key (org_id, settled_in) references meeting,
  foreign key (org_id, owner_id) references person,
  foreign key (org_id, opportunity_id) references opportunity on delete set null (opportunity_id),
  check (owner_id in (manager_id, rep_id)),
  check ((outcome is null) = (outcome_at is null)),
  check (hangs_on = 'opportunity' or opportunity_id is null)
);
create index commitment_by_pair on commitment (org_id, rep_id, manager_id, created_at);
create index commitment_by_owner on commitment (org_id, owner_id, due_on);
create index commitment_by_meeting on commitment (org_id, meeting_id);

create table commitment_words (
  org_id uuid not null,
  commitment_id uuid not null,
  manager_id uuid not null,
  rep_id uuid not null,
  co_coach_id uuid,
  words text not null check (length(trim(words)) between 1 and 2000),
  hangs_words text not null default '' check (length(hangs_words) <= 500),
  outcome_words text not null default '' check (length(outcome_words) <= 2000),
  primary key (org_id, commitment_id),
  foreign key (org_id, commitment_id) references commitment on delete cascade
);
