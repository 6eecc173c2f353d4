-- What happens in the room. Rows, never one document written back whole.

create table section_timing (
  org_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  section_id uuid not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  started_by uuid not null,
  primary key (org_id, id),
  foreign key (org_id, meeting_id) references meeting on delete cascade,
  foreign key (org_id, section_id) references section,
  check (ended_at is null or ended_at >= started_at)
);
create unique index section_timing_running on section_timing (org_id, meeting_id) where ended_at is null;
create index section_timing_by_meeting on section_timing (org_id, meeting_id, started_at);

-- owner_id null: the shared notes of the pair. Otherwise that person's private notes.
create table note_doc (
  org_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  owner_id uuid,
  created_at timestamptz not null,
  primary key (org_id, id),
  unique nulls not distinct (org_id, meeting_id, owner_id),
  foreign key (org_id, meeting_id) references meeting on delete cascade,
  foreign key (org_id, owner_id) references person
);

create table note_update (
  org_id uuid not null,
  doc_id uuid not null,
  seq bigint generated always as identity,
  update bytea not null,
  by_id uuid not null,
  at timestamptz not null,
  primary key (org_id, doc_id, seq),
  foreign key (org_id, doc_id) references note_doc on delete cascade
);

-- The words of each section at close, for reading, search and print.
create table note_text (
  org_id uuid not null,
  doc_id uuid not null,
  section_id uuid not null,
  words text not null,
  primary key (org_id, doc_id, section_id),
  foreign key (org_id, doc_id) references note_doc on delete cascade,
  foreign key (org_id, section_id) references section
);

create table entry (
  org_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  by_id uuid not null,
  side text not null check (side in ('working', 'not working')),
  about text not null check (about in ('process', 'people')),
  theme text check (length(theme) <= 100),
  words text not null check (length(trim(words)) between 1 and 2000),
  created_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (org_id, id),
  foreign key (org_id, meeting_id) references meeting on delete cascade,
  foreign key (org_id, by_id) references person
);
create index entry_by_meeting on entry (org_id, meeting_id);

create table pivot (
  org_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  section_id uuid not null,
  choice text not null check (choice in ('inform', 'praise')),
  by_id uuid not null,
  at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, meeting_id) references meeting on delete cascade,
  foreign key (org_id, section_id) references section
);
create index pivot_by_meeting on pivot (org_id, meeting_id, at);

-- Asked for when a month's result was missed more than once in a row.
create table next_step (
  org_id uuid not null,
  id uuid not null,
  meeting_id uuid not null,
  months_missed smallint not null check (months_missed >= 1),
  words text not null check (length(trim(words)) between 1 and 2000),
  by_id uuid not null,
  at timestamptz not null,
  primary key (org_id, id),
  foreign key (org_id, meeting_id) references meeting on delete cascade
);
create index next_step_by_meeting on next_step (org_id, meeting_id);

-- The opportunities talked about, as they stood: the next meeting starts from this list.
create table listed_opportunity (
  org_id uuid not null,
  meeting_id uuid not null,
  opportunity_id uuid not null,
  list text not null check (list in ('new', 'existing')),
  name text not null,
  stage text not null,
  amount_minor bigint,
  currency text not null,
  close_on date,
  words text not null default '' check (length(words) <= 2000),
  version integer not null default 1,
  primary key (org_id, meeting_id, opportunity_id),
  foreign key (org_id, meeting_id) references meeting on delete cascade,
  foreign key (org_id, opportunity_id) references opportunity on delete cascade
);
