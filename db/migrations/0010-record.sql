-- The record of a closed meeting: what was sent, what was added later, and the words to search.

create table summary (
  org_id uuid not null,
  meeting_id uuid not null,
  words text not null,
  made_at timestamptz not null,
  primary key (org_id, meeting_id),
  foreign key (org_id, meeting_id) references meeting on delete cascade
);

create table remark (
  org_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  by_id uuid not null,
  words text not null check (length(trim(words)) between 1 and 20000),
  at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, meeting_id) references meeting on delete cascade,
  foreign key (org_id, by_id) references person
);
create index remark_by_meeting on remark (org_id, meeting_id);

create table record_text (
  org_id uuid not null,
  meeting_id uuid not null,
  part text not null check (part in ('note', 'private note', 'point', 'entry', 'commitment', 'next step', 'opportunity', 'remark', 'preparation')),
  part_id text not null,
  owner_id uuid,
  manager_id uuid not null,
  rep_id uuid not null,
  co_coach_id uuid,
  held_at timestamptz not null,
  words text not null,
  search tsvector generated always as (to_tsvector('simple', words)) stored,
  primary key (org_id, meeting_id, part, part_id),
  foreign key (org_id, meeting_id) references meeting on delete cascade
);
create index record_text_search on record_text using gin (search);
create index record_text_by_pair on record_text (org_id, rep_id, manager_id, held_at);
comment on column record_text.owner_id is 'Set on private notes: only this person finds them.';
